"""The walls of the house as plain functions: each answers with what is wrong in what it is shown."""
