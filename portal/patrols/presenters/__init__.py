"""Patrols as pages show them."""
