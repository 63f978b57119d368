"""A stored suspect probed again: a new sealed case that refers to the old one, never a change of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from prober.app.check import CheckOptions, Listener, check
from prober.models.case import Case, Earlier
from prober.ports import Browser
from prober.store.reading import load_case
from prober.store.verify import manifest_digest
from prober.verdicts.change import compare


async def recheck(
    path: Path,
    options: CheckOptions,
    browser: Browser,
    listeners: tuple[Listener, ...] = (),
    status: Callable[[str], str] = lambda url: "",
) -> tuple[Case, Path]:
    """Probe the suspect of a stored case once more, with the same scenario and the same identities.

    Args:
        options: how to reach it now; scenario, seed and matter are those of the stored case.
        status: asked about the address of a page that is gone: the registry's word for a domain taken out of the
            DNS ('clientHold'), '' where it says nothing or may not be asked.

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
        earlier=partial(compared, old, manifest, status),
    )
    case = await check(old.url, wanted, browser, listeners)
    return case, output / case.id


def compared(old: Case, manifest: str, status: Callable[[str], str], new: Case) -> Earlier:
    """Compared, and where the page is gone with the name, why the name is gone."""
    earlier = compare(old, new, manifest=manifest)
    held = status(new.url) if earlier.state == "gone" and earlier.how in ("dns", "refused", "parked") else ""
    return earlier.model_copy(update={"how": f"registrar hold: {held}"}) if held else earlier


def _before(path: Path) -> tuple[Case, str, Path]:
    """The stored case, the hash of its hash list, and the folder in which it lies."""
    folder = path.resolve() if path.is_dir() else path.resolve().parent
    return load_case(folder), manifest_digest(folder), folder.parent
