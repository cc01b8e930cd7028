"""The administration pages: people, collections, keys, the audit trail, health, backups, settings."""
