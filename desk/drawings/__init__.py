"""Schematic pictures of phone screens and of what to do, drawn from a description in YAML."""
