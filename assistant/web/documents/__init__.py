"""The pages of documents: the list with upload, a document's own page, two side by side."""
