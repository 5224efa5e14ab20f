"""The register → its pages, on the screen and on paper."""
