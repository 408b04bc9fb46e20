"""Sentences of figures: as pages tell them, and as an official writes them in a report."""
