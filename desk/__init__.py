"""What only editors and operators run: scaffolds, summaries, imports, audits, the web editor.

May import `portal`; nothing that a build runs imports it.
"""
