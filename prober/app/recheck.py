"""A stored suspect probed again: a new sealed case that refers to the old one, never a change of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path

from prober.app.check import CheckOptions, Listener, check
from prober.models.case import Case
from prober.ports import Browser
from prober.store.reading import load_case
from prober.store.verify import manifest_digest
from prober.verdicts.change import compare


async def recheck(
    path: Path, options: CheckOptions, browser: Browser, listeners: tuple[Listener, ...] = ()
) -> tuple[Case, Path]:
    """Probe the suspect of a stored case once more, with the same scenario and the same identities.

    Args:
        options: how to reach it now; scenario, seed and matter are those of the stored case.

    Returns:
        The new case, whose `earlier` says what changed, and its folder; it lies beside the old one.

    Raises:
        StoreError, BrokenCase: there is no such case. SuspectRefused: it may not be probed (any more).
    """
    old, manifest, output = await asyncio.to_thread(_before, path)
    wanted = replace(
        options,
        scenario=old.scenario,
        seed=old.seed,
        matter=old.matter,
        output=output,
        earlier=partial(compare, old, manifest=manifest),
    )
    case = await check(old.url, wanted, browser, listeners)
    return case, output / case.id


def _before(path: Path) -> tuple[Case, str, Path]:
    """The stored case, the hash of its hash list, and the folder in which it lies."""
    folder = path.resolve() if path.is_dir() else path.resolve().parent
    return load_case(folder), manifest_digest(folder), folder.parent
