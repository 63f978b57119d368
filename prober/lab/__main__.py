"""`python -m prober.lab`: serves the practice sites until interrupted."""

from __future__ import annotations

import argparse
import asyncio
import contextlib

from prober.lab.server import run


def main() -> None:
    """Reads --port and serves."""
    parser = argparse.ArgumentParser(prog="python -m prober.lab", description="Serve the practice sites on loopback.")
    parser.add_argument("--port", type=int, default=8008, help="0 takes a free one (default: %(default)s)")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run(parser.parse_args().port))


if __name__ == "__main__":
    main()
