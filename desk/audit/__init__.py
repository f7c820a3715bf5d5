"""Measures the built site as readers get it: behind the real nginx, in a real Chromium."""
