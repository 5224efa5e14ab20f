"""Node without Node: the one that Playwright's wheel brings along, which is pinned like every package."""

from pathlib import Path

import playwright

NODE = str(next(Path(playwright.__file__).with_name("driver").glob("node*")))
"""Its program. GitHub's packages need Node 20; a system may have an older one, or none."""
