"""The site's pages and files: bodies, navigation, metadata, feeds, styles, offline lists.

May import every other package of `portal`; knows nothing of MkDocs.
"""
