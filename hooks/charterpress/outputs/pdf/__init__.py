"""Views → PDF/UA-1 documents, through typst."""
