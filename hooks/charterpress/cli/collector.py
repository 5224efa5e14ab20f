"""Looks for memory that can be freed less often, from before the first module is imported: nearly all that a
command makes, its own classes among it, it keeps to the end."""

import gc

gc.set_threshold(200_000, 20, 20)
