"""`prober demo --example`: one whole case of a practice site with report, letters and exports, to be looked at."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from prober.app.check import CheckOptions, check
from prober.app.dossiers import ReportOptions, make_letters, make_report, write_exports
from prober.browser.engine import open_engine
from prober.cli.faults import told
from prober.errors import UsageError
from prober.lab.server import serve
from prober.models.custody import Matter
from prober.store.seal import SUMS, list_hashes

SITE = "iin-random"  # its report has everything: an official name, a check digit worked out, a sum, a card form
PORT = 8907  # stands in the addresses of the example
SEED = 2026
MATTER = Matter(
    organisation="Example CERT", role="analyst on duty", number="EX-2026-001", contact="desk@cert.example", tlp="CLEAR"
)


def run_example(*, output: Path, browser: str, no_sandbox: bool) -> int:
    """Make the example anew in a folder, which holds nothing but an older one. Returns 0."""
    with told(as_json=False):
        if output.exists() and any(output.iterdir()) and not (output / "case.json").exists():
            raise UsageError(f"{output} holds other things than an example; name another folder with --output.")
        with tempfile.TemporaryDirectory() as folder, _throwaway_key(Path(folder)):
            made = asyncio.run(_make(Path(folder) / "cases", browser, no_sandbox))
            shutil.rmtree(output, ignore_errors=True)
            shutil.copytree(made, output)
    print(output / "report.html")
    return 0


async def _make(folder: Path, browser: str, no_sandbox: bool) -> Path:
    options = CheckOptions(scenario="kz-fines", output=folder, allow_private=True, seed=SEED, matter=MATTER)
    async with serve(port=PORT) as lab, open_engine(executable=browser, sandbox=not no_sandbox) as engine:
        case = await check(lab.url(SITE), options, engine)
    place = folder / case.id
    report = ReportOptions(pdf=True, browser=browser, sandbox=not no_sandbox)
    # Letters first, so that they carry no PDF, and only one of them: all of it is to stay small.
    for file in await asyncio.to_thread(make_letters, place, report):
        if file.suffix == ".eml" and not file.name.startswith("cert-"):
            file.unlink()
    list_hashes(place / "letters", tuple(file.name for file in (place / "letters").glob("*.eml")), SUMS)
    await asyncio.to_thread(write_exports, place, ("csv", "blocklist", "stix", "intelmq", "thehive"))
    await make_report(place, report)
    return place


@contextlib.contextmanager
def _throwaway_key(folder: Path) -> Iterator[None]:
    """The example is not sealed by the key of whoever makes it: that key vouches for real cases."""
    before = os.environ.get("PROBER_KEYS")
    os.environ["PROBER_KEYS"] = str(folder / "keys")
    try:
        yield
    finally:
        if before is None:
            del os.environ["PROBER_KEYS"]
        else:
            os.environ["PROBER_KEYS"] = before
