"""Sheets of records that are no books, one module a room."""
