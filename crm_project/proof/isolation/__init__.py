"""Proves that a stranger learns nothing of another organization, and changes nothing in it."""
