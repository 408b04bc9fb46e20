"""Households and pledges as pages show them."""
