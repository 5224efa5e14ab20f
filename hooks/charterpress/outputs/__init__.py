"""Views → bytes: HTML, PDF, feeds, data, images, styles and the search index."""
