"""Views and templates → the HTML of pages."""
