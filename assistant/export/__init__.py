"""Writers of standard files. Each turns rows into bytes; none of them lets text from a document become a formula."""
