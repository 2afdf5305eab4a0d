"""Proves by attack what the house promises: nothing acknowledged is lost, and no race breaks a rule."""
