"""The search index, made from the built pages.

May import `library` and what it imports; knows nothing of templates or of how results look.
"""
