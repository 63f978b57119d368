"""What is written when a run ends or is interrupted: summary page, tables, files for pipelines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from prober import __version__
from prober.app.run import Run
from prober.errors import StoreError
from prober.models.base import Noun
from prober.models.case import Mark
from prober.models.run import Finished, Skipped
from prober.reporting.annotate import Caption, framed
from prober.reporting.run_files import write_csv, write_junit, write_sarif, write_skipped
from prober.reporting.run_page import render_run
from prober.reporting.run_summary import RunSummary, fill
from prober.reporting.text import defang, harmless
from prober.store.depot import Depot

PICTURES = 48  # thumbnails in the summary; more would make it slow to open
THUMBNAIL = 320  # pixels wide


@dataclass(frozen=True)
class Wanted:
    """Further files that the user asked for. fail_on: the verdicts that count as failures."""

    fail_on: frozenset[str] = frozenset({"fraudulent"})
    junit: Path | None = None
    sarif: Path | None = None


def summarise(run: Run, seconds: float = 0.0) -> RunSummary:
    """The run in small."""
    duplicates, unusable = run.state.skipped_counts()
    summary = RunSummary(
        name=Path(run.request.list).name if run.request.list != "-" else "standard input",
        folder=str(run.folder),
        target=run.request.target,
        started_at=run.state.get("started_at"),
        seconds=seconds,
        total=run.state.totals()[0],
        duplicates=duplicates,
        unusable=unusable,
    )
    return fill(summary, run.state.finished())


class RunReport(Noun):
    """`prober/run/1`: the one object that `prober run --json` prints and the API gives.

    results, summary: files. resume: how to go on where the run was interrupted.
    """

    schema_: Literal["prober/run/1"] = Field(default="prober/run/1", alias="schema")
    target: str
    folder: str
    results: str
    summary: str
    total: int
    done: int
    left: int
    duplicates: int
    unusable: int
    refused: int
    failed: int
    verdicts: dict[str, int]
    obstacles: dict[str, int]
    seconds: float
    interrupted: bool
    resume: str | None

    model_config = Noun.model_config | {"populate_by_name": True}


def report_of(summary: RunSummary, *, interrupted: bool, again: str) -> RunReport:
    """See `RunReport`. again: how to resume."""
    folder, counts = Path(summary.folder), summary.counts
    return RunReport(
        target=summary.target, folder=summary.folder, results=str(folder / "results.jsonl"),
        summary=str(folder / "summary.html"), total=summary.total, done=summary.done, left=summary.left,
        duplicates=summary.duplicates, unusable=summary.unusable, refused=counts["refused"], failed=counts["failed"],
        verdicts={word: counts[word] for word in ("fraudulent", "suspicious", "inconclusive", "no_fraud_found")},
        obstacles=dict(summary.obstacles.most_common()), seconds=summary.seconds, interrupted=interrupted,
        resume=again if interrupted else None,
    )  # fmt: skip


def write_summary(run: Run, summary: RunSummary, wanted: Wanted) -> None:
    """`summary.html`, `summary.csv`, `skipped.jsonl` and what else was asked for.

    Raises StoreError when one of them cannot be written; the results are kept all the same.
    """
    try:
        write_csv(run.folder / "summary.csv", run.state.finished())
        write_skipped(run.folder / "skipped.jsonl", _skipped(run))
        if wanted.junit is not None:
            name = f"prober {summary.target} {summary.name}"
            write_junit(wanted.junit, name, run.state.finished(), dict(summary.counts), wanted.fail_on)
        if wanted.sarif is not None:
            write_sarif(wanted.sarif, run.request.list, __version__, run.state.finished(), wanted.fail_on)
        page = render_run(
            summary, lambda one: thumbnail(run.folder, one, run.request.options.evidence), PICTURES, version=__version__
        )
        (run.folder / "summary.html").write_text(page, encoding="utf-8", errors="replace")
    except OSError as problem:
        raise StoreError(
            f"Could not write {problem.filename or run.folder}: {problem.strerror}. The results are kept in "
            f"{run.folder / 'results.jsonl'}; free the space, then --resume writes the summary again."
        ) from problem


def thumbnail(folder: Path, one: Finished, evidence: str = "") -> bytes | None:
    """A JPEG of the screenshot with the claim marked, None where there is none. evidence: where cases were brought."""
    lights = one.highlights
    file = folder / one.case_id / lights.picture
    if not (lights.picture and one.case_id) or not file.resolve().is_relative_to(folder.resolve()):
        return None
    marks = (Mark(what="fine", box=lights.box),) if lights.box else ()
    caption = Caption(
        address=defang(one.url, 60), line=harmless(lights.amount or "", 40), exhibit=lights.exhibit, tags={}
    )
    try:
        there = evidence and not file.exists()
        picture = Depot(evidence).read(one.case_id, lights.picture) if there else file.read_bytes()
        return framed(picture, caption, marks, lights.shown, ratio=1.1, width=THUMBNAIL)
    except (OSError, ValueError, StoreError):  # a missing or broken picture is for `prober verify` to say
        return None


def _skipped(run: Run) -> Iterator[Skipped]:
    yield from run.state.skipped()
    for one in run.state.finished():
        if one.outcome == "refused":
            yield Skipped(one.line, one.url, "refused", one.reason)
