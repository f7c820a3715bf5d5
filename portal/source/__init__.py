"""Strict parsing of the files that editors write (YAML, CSV, front matter), and `Problem`.

May import `language` and `system`; knows nothing of the meaning of pages and tables.
"""
