"""Everything that a stranger tries, one file for each place that takes an id."""
