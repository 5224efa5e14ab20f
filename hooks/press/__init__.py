"""The press: turns a charter's files into findings, pages and documents. Plain Python, without MkDocs."""
