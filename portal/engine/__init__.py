"""Mechanisms that the rooms declare things to, and that know none of them."""
