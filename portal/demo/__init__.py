"""The example commune, told through actions: never rows put straight into tables."""
