"""Schematic pictures of phone screens and actions, drawn from YAML descriptions."""
