"""Share cards, printed sheets, QR codes and icons, drawn from content and cached by its digest.

May import `library`, `images` and what these import; knows nothing of the site's pages.
"""
