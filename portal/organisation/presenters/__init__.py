"""Accounts, units and roles as their pages show them."""
