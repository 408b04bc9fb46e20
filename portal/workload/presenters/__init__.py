"""Pages of the room as data."""
