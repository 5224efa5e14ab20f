"""`python -m press.cli` → the command `charter`."""

import sys

from press.cli import main

sys.exit(main())
