"""All content of a build, read once: pages, tables, statistics, facts, settings.

May import `language`, `system`, `source` and `document`; knows nothing of how any of it is shown.
"""
