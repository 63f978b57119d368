"""How soon prober answers: `prober --help`, and what importing its parts costs.

python -m benchmarks.startup [--rounds 7] [--json FILE]
"""

from __future__ import annotations

import sys

from benchmarks.common import arguments, finish, machine, middle, run, table

TARGET = 0.3  # seconds for --help
HEAVY = ("playwright", "pydantic", "faker", "rich.live", "PIL", "cryptography", "jinja2")
MODULES = (
    "prober.cli.main",
    "prober.models.case",
    "prober.catalog",
    "prober.identities.make",
    "prober.reading.read",
    "prober.browser.engine",
    "prober.store.seal",
    "prober.app.check",
    "prober.cli.check",
)


def help_seconds(rounds: int) -> list[float]:
    """Real seconds of `prober --help`, whole process, after one run that fills the caches."""
    command = [sys.executable, "-m", "prober", "--help"]
    run(command)
    return [run(command).seconds for _ in range(rounds)]


def import_seconds(module: str, rounds: int) -> float:
    """Median CPU seconds that importing the module takes in a fresh interpreter."""
    code = f"import time; t = time.process_time(); import {module}; print(time.process_time() - t)"
    return middle([float(run([sys.executable, "-c", code]).out or "nan") for _ in range(rounds)])


def heavy_loaded() -> list[str]:
    """Which heavy libraries the command line loads before it knows what to do."""
    code = f"import sys, prober.cli.main; print(*(m for m in {HEAVY!r} if m in sys.modules))"
    return run([sys.executable, "-c", code]).out.split()


def main() -> int:
    """0 when --help is fast and loads nothing heavy, else 1."""
    options = arguments(__doc__.split("\n", 1)[0], rounds=7).parse_args()
    before = machine()
    helps = help_seconds(options.rounds)
    heavy = heavy_loaded()
    imports = {module: import_seconds(module, 3) for module in MODULES}
    print(f"prober --help: median {middle(helps):.2f} s, best {min(helps):.2f} s (target {TARGET})")
    print(f"heavy libraries loaded by it: {', '.join(heavy) or 'none'}\n")
    print(table(("import", "CPU s"), [(name, seconds) for name, seconds in imports.items()]))
    print(f"\n{before['cores']} cores, load average {before['load_1_min']}")
    finish({"machine": before, "help_seconds": helps, "heavy": heavy, "imports": imports}, options.json_file)
    return int(bool(heavy) or min(helps) > TARGET)


if __name__ == "__main__":
    sys.exit(main())
