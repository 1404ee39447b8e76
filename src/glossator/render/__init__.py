"""A page becomes HTML."""
