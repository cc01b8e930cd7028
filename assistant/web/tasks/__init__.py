"""The page of tasks: the responsibility matrix of the whole library."""
