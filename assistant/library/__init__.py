"""The documents open for questions: one generation of index and catalog, read part by part."""
