"""Tools of editors and operators: scaffolds, summaries, imports, audits, the web editor.

May import `portal`; no code of a build imports it.
"""
