"""Vietnamese text, numbers, days, telephone numbers and addresses as written.

Imports nothing of this project; knows nothing of pages, data files or errors for editors.
"""
