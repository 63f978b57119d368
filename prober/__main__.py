"""`python -m prober` and the `prober` command."""

from __future__ import annotations

from prober.cli.main import main

if __name__ == "__main__":
    main()
