"""Meetings as pages show them."""
