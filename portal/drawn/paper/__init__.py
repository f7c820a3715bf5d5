"""Sheets of paper, drawn by Typst: handouts of guides, booklets of topics, sheets of evenings.

Python says what stands on a sheet (JSON), the templates beside this file say where.
"""
