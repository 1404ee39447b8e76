"""A site in memory while somebody works on it: after an edit only what is new is made."""
