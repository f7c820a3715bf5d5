"""The content model of a build: pages, tables, statistics, facts, settings.

May import `language`, `system`, `source` and `document`; knows nothing of how content is shown.
"""
