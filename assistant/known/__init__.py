"""Questions whose answers are known: read, kept in the catalog, asked by a program that stands above this package."""
