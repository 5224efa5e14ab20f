"""What changed and what it is called: matching, classes, numbers, redlines and frozen releases."""
