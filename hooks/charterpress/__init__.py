"""Turns the files of a charter into findings, pages and documents. Plain Python, without MkDocs."""
