"""MkDocs ↔ site: the only room that knows MkDocs."""

import gc

USUAL_THRESHOLDS = gc.get_threshold()
"""What a preview goes back to, which runs for hours."""
# A build keeps nearly all that it makes to the end, its modules first of all: there is little to collect.
gc.set_threshold(200_000, 20, 20)
