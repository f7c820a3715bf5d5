"""The search index and its files, from the pages as they were written.

May import `library` and what it imports; knows nothing of templates or of how results look.
"""
