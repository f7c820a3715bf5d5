"""The tree of a page's Markdown, parsed once, from which site, paper and checks are made.

May import `language`; knows nothing of files, pages or callers.
"""
