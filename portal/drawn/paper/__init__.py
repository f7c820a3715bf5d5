"""Printed sheets, typeset by Typst: handouts of guides, booklets of topics, evening sheets.

Python gives the content as JSON; the templates beside this file define the layout.
"""
