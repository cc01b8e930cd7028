"""Writers of papers: each turns papers into the bytes of standard files; text from a document never becomes a formula or markup."""
