"""Pictures: checked, repaired by `make fix`, and published in responsive sizes.

May import `library` and what it imports; knows nothing of how pages are rendered.
"""
