"""Fonts and styles → the fonts and styles that a page is sent."""
