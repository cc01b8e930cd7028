"""The duties of all documents as one matrix, and what a person asks of it."""
