"""The register as it is shown: lists by letter and area, with how each signatory stands."""
