"""One tree of a page's Markdown, read once: site, paper and checks are made from it.

May import `language`; knows nothing of files, of pages or of who asks.
"""
