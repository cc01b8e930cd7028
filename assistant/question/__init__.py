"""A question read: what kind of answer it wants, about what, within which documents."""
