"""`python -m prober.lab`: serves the practice sites until interrupted."""

from __future__ import annotations

import argparse
import asyncio
import contextlib

from prober.lab.catalogue import all_sites
from prober.lab.hostile.catalogue import hostile_sites
from prober.lab.readme import readme
from prober.lab.server import run


def main() -> None:
    """Serves, or prints the README."""
    parser = argparse.ArgumentParser(prog="python -m prober.lab", description="Serve the practice sites on loopback.")
    parser.add_argument("--port", type=int, default=8008, help="0 takes a free one (default: %(default)s)")
    parser.add_argument("--readme", action="store_true", help="print the README made from the catalogue and end")
    parser.add_argument("--hostile", action="store_true", help="serve the sites that attack their visitor as well")
    options = parser.parse_args()
    if options.readme:
        print(readme(all_sites()), end="")
        return
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run(options.port, (*all_sites(), *hostile_sites()) if options.hostile else None))


if __name__ == "__main__":
    main()
