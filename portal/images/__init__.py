"""Pictures: checked in git, mended by command, and published in the sizes that phones need.

May import `library` and what it imports; knows nothing of the pages that show them.
"""
