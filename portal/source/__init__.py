"""Files that editors write, read strictly: YAML, CSV, front matter, and the problems found there.

May import `language` and `system`; knows nothing of what a page or a table is about.
"""
