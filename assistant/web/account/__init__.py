"""Pages of accounts: logging in and out, the first administrator, one's own password and keys."""
