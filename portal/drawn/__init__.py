"""Cards, paper, QR codes and icons: files that are drawn from content and kept by its digest.

May import `library`, `images` and what these import; knows nothing of the pages of the site.
"""
