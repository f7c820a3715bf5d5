"""Files, caches, processes and downloads: what any program needs.

May import `language`; knows nothing of the site or its content.
"""
