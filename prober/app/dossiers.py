"""Stored cases made into reports and checked against their seals: plugs the store into reporting."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from prober.app.judging import judge_folder
from prober.browser.pdf import print_pdf
from prober.catalog import load_scenario
from prober.models.case import Case, Verdict
from prober.models.custody import Verification
from prober.reporting.dossier import Dossier, Surroundings
from prober.reporting.report import render
from prober.store.folder import write_whole
from prober.store.keys import fingerprint, known_signers
from prober.store.reading import exhibit_bytes, load_case, load_har, load_snapshot
from prober.store.reviews import load_reviews
from prober.store.seal import SIGNER, SUMS, TOKEN, list_hashes
from prober.store.stamp import check as check_stamp
from prober.store.verify import manifest_digest, verify


@dataclass(frozen=True)
class ReportOptions:
    """How a report is wanted. browser, sandbox: for the PDF alone."""

    lang: str = "en"
    edition: Literal["recipient", "internal"] = "recipient"
    include_secrets: bool = False
    pdf: bool = False
    browser: str = ""
    sandbox: bool = True


def open_dossier(path: Path, surroundings: Surroundings | None = None) -> Dossier:
    """A stored case with ports to its evidence, its seal and its reviews.

    Raises:
        StoreError, BrokenCase: the folder is no case or does not read.
        ScenarioError: the case's scenario is not installed.
    """
    folder = _folder(path)
    case = load_case(folder)
    signer, token = folder / SIGNER, folder / TOKEN
    return Dossier(
        case,
        load_scenario(case.scenario),
        exhibit=lambda exhibit: exhibit_bytes(folder, exhibit),
        snapshot=lambda sha: load_snapshot(folder, sha),
        har=lambda: load_har(folder),
        manifest=manifest_digest(folder),
        signer=fingerprint(signer.read_bytes()) if signer.exists() else "",
        stamped_at=check_stamp(folder, SUMS, TOKEN, "tsa-chain.pem").at if token.exists() else None,
        reviews=load_reviews(folder),
        surroundings=surroundings or Surroundings(),
    )


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


async def make_report(path: Path, options: ReportOptions) -> tuple[Path, ...]:
    """Write `report.html` (and `report.pdf`) beside the sealed part of a case, with a hash list of their own."""
    folder, dossier = await asyncio.to_thread(lambda: (_folder(path), open_dossier(path)))
    html = await asyncio.to_thread(render, dossier, options.lang, options.edition, options.include_secrets)
    made = [folder / "report.html"]
    await asyncio.to_thread(write_whole, made[0], html.encode())
    if options.pdf:
        made.append(folder / "report.pdf")
        pdf = await print_pdf(html, browser=options.browser, sandbox=options.sandbox)
        await asyncio.to_thread(write_whole, made[1], pdf)
    await asyncio.to_thread(list_hashes, folder, tuple(file.name for file in made), "report.sha256")
    return tuple(made)


def verify_case(path: Path) -> Verification:
    """Check a case against its seal, and recompute its verdict from the stored snapshots."""
    return verify(path, known_signers(), judge=_judge)


def _judge(path: Path, case: Case) -> Verdict:
    return judge_folder(path, reread=True)[1]
