"""What happens in the commune, as pages show it."""
