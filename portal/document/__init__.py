"""One tree of a page's Markdown, read once: site, paper and checks are made from it.

May import `portal.language.text` and what describes figures, terms and symbols; knows nothing of files,
of MkDocs' pages or of who asks.
"""
