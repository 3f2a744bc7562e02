"""Backup and restore: one file holds the database, and with it every stored file."""
