"""What a repository needs to be published: what is there, what is missing, what to write."""
