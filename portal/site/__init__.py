"""What stands on pages and beside them: bodies, navigation, metadata, feeds, styles, offline lists.

May import every package but `search` and `checks`' findings; knows nothing of MkDocs.
"""
