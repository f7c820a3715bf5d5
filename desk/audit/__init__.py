"""Audits of the built site, served by nginx and loaded in Chromium."""
