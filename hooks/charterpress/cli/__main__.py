"""`python -m charterpress.cli` → the command `charter`."""

import sys

from charterpress.cli import main

sys.exit(main())
