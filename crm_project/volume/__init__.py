"""Organizations in any number and size, for trying out what a small demo cannot show."""
