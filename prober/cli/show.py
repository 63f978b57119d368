"""What a person sees: progress on stderr while it runs, the verdict on stdout at the end."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from prober.app.result import typed_values, verdict_of
from prober.models.case import Case, VerdictClass
from prober.models.events import CaseOpened, Event, Notice, ProbeFinished, ProbeStarted, StepTaken

if TYPE_CHECKING:
    from rich.status import Status

COLOURS = {
    VerdictClass.FRAUDULENT: "bold white on red",
    VerdictClass.SUSPICIOUS: "bold black on yellow",
    VerdictClass.NO_FRAUD_FOUND: "bold white on grey37",
    VerdictClass.INCONCLUSIVE: "bold white on grey37",
}


def safe(text: str) -> str:
    """Text of a page made harmless for a terminal: no control characters, no bidirectional overrides."""
    return "".join(ch if unicodedata.category(ch) not in {"Cc", "Cf", "Cs", "Co"} else " " for ch in text)


def table(headings: tuple[str, ...], rows: list[tuple[str, ...]], styles: tuple[str, ...] = ()) -> None:
    """A table on standard output; plain columns in a pipe."""
    console = Console(width=None if sys.stdout.isatty() else 160)
    grid = Table(box=None, header_style="bold", pad_edge=False)
    for heading in headings:
        grid.add_column(heading, overflow="fold")
    for row in rows:
        grid.add_row(*(Text(safe(cell), style=COLOURS_BY_WORD.get(cell, "")) for cell in row))
    console.print(grid)


COLOURS_BY_WORD = {
    "fraudulent": "bold red", "suspicious": "bold yellow", "as expected": "green", "NOT as expected": "bold red",
}  # fmt: skip


class Show:
    """A listener that tells progress: live on a terminal, a line per event in a pipe."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.err = Console(stderr=True, highlight=False)
        self.status: Status | None = None

    @contextmanager
    def live(self) -> Iterator[None]:
        """While inside, the latest step is shown with a spinner where there is a terminal."""
        if self.quiet or not self.err.is_terminal:
            yield
            return
        with self.err.status("opening the page") as self.status:
            yield
        self.status = None

    def notice(self, text: str) -> None:
        if not self.quiet:
            self.err.print(Text(f"note: {safe(text)}", style="yellow"))

    def event(self, event: Event) -> None:
        if self.quiet:
            return
        line = _line(event)
        if line:
            self.err.print(Text(safe(line), style="dim"))
        if self.status is not None and isinstance(event, StepTaken):
            self.status.update(Text(safe(event.sentence)[:100]))

    def verdict(self, case: Case, case_dir: str) -> None:
        """The class, the reason, the findings and where the evidence lies."""
        out = Console(highlight=False, soft_wrap=True)
        verdict = verdict_of(case)
        word = verdict.verdict.value.replace("_", " ").upper()
        out.print(Text.assemble((f" {word} ", COLOURS[verdict.verdict]), "  ", (safe(defang(case.url)), "bold")))
        out.print(Text(safe(verdict.reason)))
        if verdict.findings:
            out.print()
        for finding in verdict.findings:
            mark = ("▲", "red") if finding.side == "fraud" else ("▼", "green")
            shown = f"  [{', '.join(finding.exhibits)}]" if finding.exhibits else ""
            out.print(Text.assemble((mark[0] + " ", mark[1]), safe(finding.summary), (shown, "dim")))
        out.print()
        for probe in case.probes:
            values = typed_values(probe)
            typed = (
                ", ".join(f"{kind} {value.text}" for kind, value in values.items() if kind not in _QUIET)
                or "nothing typed"
            )
            out.print(
                Text(f"{probe.name} {probe.profile}: {typed} -> {probe.outcome} ({probe.seconds:.1f} s)", style="dim")
            )
        seconds = f"{case.seconds:.1f} s"
        out.print(
            Text(f"{len(case.probes)} visits, {seconds}, scenario {case.scenario}. Evidence: {case_dir}", style="dim")
        )


_QUIET = {"name", "name_given", "name_family", "name_additional", "address", "city", "region", "country", "postcode"}


def _line(event: Event) -> str:
    if isinstance(event, CaseOpened):
        return f"checking {defang(event.url)} " + (
            "over the direct line" if event.exit == "direct" else f"through {event.exit}"
        )
    if isinstance(event, ProbeStarted):
        return f"{event.probe}: {event.why or event.arm}"
    if isinstance(event, StepTaken):
        return f"{event.probe}.{event.step.number}: {event.sentence}"
    if isinstance(event, ProbeFinished):
        return f"{event.probe.name}: {event.probe.outcome} after {event.probe.seconds:.1f} s"
    if isinstance(event, Notice):
        return f"note: {event.text}"
    return ""


def defang(url: str) -> str:
    """The address in a form that nobody clicks by accident: hXXp://a[.]b/."""
    scheme, sep, rest = url.partition("://")
    host, slash, tail = rest.partition("/")
    return f"{scheme.replace('t', 'X')}{sep}{host.replace('.', '[.]')}{slash}{tail}" if sep else url
