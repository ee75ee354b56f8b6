"""python -m interlude.cli: the same as the interlude command."""

import sys

from interlude.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
