"""What a person sees of a run: live on a terminal, a line per suspect in a pipe, a table at the end."""

from __future__ import annotations

import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.live import Live
from rich.table import Table
from rich.text import Text

from prober.cli.show import defang, safe
from prober.models.run import RunEvent, RunNotice, RunStarted, SuspectDone, SuspectRetried, SuspectStarted, SuspectStep
from prober.reporting.run_page import duration, headline
from prober.reporting.run_summary import OUTCOMES, WORDS, RunSummary, many, next_steps, obstacle_words

COLOURS = {
    "fraudulent": "red", "suspicious": "yellow", "inconclusive": "bright_black", "no_fraud_found": "cyan",
    "failed": "magenta", "refused": "bright_black",
}  # fmt: skip
WINDOW = 120.0  # seconds over which the rate is taken
SHOWN = 12  # suspects in work that are listed


class RunShow:
    """A listener to a run's events."""

    def __init__(self, target: str, *, as_json: bool) -> None:
        self.target = target
        self.err = Console(stderr=True, highlight=False)
        self.is_live = self.err.is_terminal and (as_json or sys.stdout.isatty())
        self.lines = Console(stderr=as_json, highlight=False, soft_wrap=True)
        self.counts: Counter[str] = Counter()
        self.total = self.done = 0
        self.name = self.folder = ""
        self.working: dict[str, tuple[str, str, float]] = {}  # id -> address, what it is doing, since when
        self.ends: deque[float] = deque()
        self._live: Live | None = None

    @contextmanager
    def live(self) -> Iterator[None]:
        """While inside, the state is drawn again four times a second where there is a terminal."""
        if not self.is_live:
            yield
            return
        with Live(self, console=self.err, refresh_per_second=4, transient=True) as self._live:
            yield
        self._live = None

    def event(self, event: RunEvent) -> None:
        """Take note, and say it where no live view does."""
        if isinstance(event, RunStarted):
            self._started(event)
        elif isinstance(event, SuspectStarted):
            self.working[event.work.id] = (defang(event.work.url), "opening the page", time.monotonic())
        elif isinstance(event, SuspectStep) and event.id in self.working:
            address, _, since = self.working[event.id]
            self.working[event.id] = (address, event.sentence, since)
        elif isinstance(event, SuspectRetried):
            self.working.pop(event.work.id, None)
            self._say(f"again in {event.delay:.0f} s: {defang(event.work.url)}: {event.why}", "yellow")
        elif isinstance(event, SuspectDone):
            self._done(event)
        elif isinstance(event, RunNotice):
            self._say(f"note: {event.text}", "yellow")

    def _started(self, event: RunStarted) -> None:
        self.name, self.folder, self.total, self.done = event.name, event.folder, event.total, event.done
        self.counts = Counter(event.counts)
        left_out = [many(event.duplicates, "duplicate")] if event.duplicates else []
        left_out += [many(event.unusable, "unusable row")] if event.unusable else []
        before = f", {event.done} done before" if event.done else ""
        how = f"{event.jobs} side by side" if event.jobs else "probed by the queue's workers"
        told = f" ({' and '.join(left_out)} left out)" if left_out else ""
        self.err.print(
            Text(
                f"{many(event.total, 'suspect')}{told}{before}; {how}; results in {event.folder}",
                style="dim",
            )
        )

    def _done(self, event: SuspectDone) -> None:
        self.working.pop(event.work.id, None)
        verdict = event.result.verdict
        outcome = "refused" if event.result.refused else "failed" if event.result.fault else str(verdict["verdict"])
        self.counts[outcome] += 1
        self.done += 1
        self.ends.append(time.monotonic())
        if not self.is_live:
            reason = event.result.refused or str(verdict.get("reason", ""))
            line = f"{WORDS[outcome]:14}  {defang(event.work.url)}  {reason}"
            self.lines.print(Text(safe(line), style=""))

    def _say(self, text: str, style: str) -> None:
        self.err.print(Text(safe(text), style=style))

    def rate(self) -> float:
        """Suspects a second over the last two minutes."""
        now = time.monotonic()
        while self.ends and now - self.ends[0] > WINDOW:
            self.ends.popleft()
        return len(self.ends) / max(1.0, now - self.ends[0]) if len(self.ends) > 1 else 0.0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The live view."""
        share = self.done / self.total if self.total else 1.0
        rate = self.rate()
        left = f"{duration((self.total - self.done) / rate)} left" if rate and self.done < self.total else ""
        width = max(10, min(48, options.max_width - 52))
        full = round(width * share)
        yield Text.assemble(
            ("━" * full, "bold"), ("━" * (width - full), "bright_black"),
            f"  {self.done}/{self.total}  {100 * share:.0f} %", (f"  ·  {60 * rate:.0f} a minute" if rate else "", "dim"),
            (f"  ·  {left}" if left else "", "dim"),
        )  # fmt: skip
        yield _counts_line(self.counts)
        grid = Table.grid(padding=(0, 2))
        grid.add_column(justify="right", style="dim", no_wrap=True)
        grid.add_column(max_width=44, no_wrap=True, overflow="ellipsis")
        grid.add_column(no_wrap=True, overflow="ellipsis", style="dim")
        now = time.monotonic()
        for address, doing, since in list(self.working.values())[:SHOWN]:
            grid.add_row(f"{now - since:.0f} s", Text(safe(address)), Text(safe(doing)))
        yield grid


def _counts_line(counts: Counter[str]) -> Text:
    parts: list[tuple[str, str]] = []
    for word in OUTCOMES:
        if counts[word]:
            parts += [("■ ", COLOURS[word]), (f"{counts[word]} ", "bold"), (f"{WORDS[word]}   ", "")]
    return Text.assemble(*parts)


def show_summary(summary: RunSummary) -> None:
    """The end of a run on standard output."""
    out = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    out.print()
    out.print(Text(headline(summary), style="bold"))
    out.print(_bars(summary, 48))
    if summary.accused:
        table = Table(box=None, header_style="dim", pad_edge=False)
        for heading in ("line", "suspect", "verdict", "claimed", "seconds"):
            table.add_column(heading, overflow="fold", justify="right" if heading in ("line", "seconds") else "left")
        for one in summary.accused[:20]:
            amount = one.highlights.amount or one.highlights.claim[:40]
            cells = (str(one.line), defang(one.url), WORDS[one.outcome], amount, f"{one.seconds:.1f}")
            table.add_row(
                *(Text(safe(cell), style=COLOURS[one.outcome] if at == 2 else "") for at, cell in enumerate(cells))
            )
        out.print(table)
        if len(summary.accused) > 20:
            out.print(
                Text(f"… and {summary.counts['fraudulent'] + summary.counts['suspicious'] - 20} more", style="dim")
            )
        out.print()
    if summary.obstacles:
        told = ", ".join(obstacle_words(word, count) for word, count in summary.obstacles.most_common())
        out.print(Text.assemble(("In the way: ", "bold"), told))
    if summary.slowest:
        slow = summary.slowest[0]
        out.print(Text.assemble(("Slowest: ", "bold"), f"{safe(defang(slow.url))} with {slow.seconds:.1f} s"))
    out.print(Text("Next:", style="bold"))
    for number, step in enumerate(next_steps(summary), start=1):
        out.print(Text(f"  {number}. {step}"))
    out.print(Text(f"\n{summary.folder}/summary.html", style="dim"))


def _bars(summary: RunSummary, width: int) -> Group:
    most = max(summary.counts.values(), default=1)
    lines = []
    for word in OUTCOMES:
        count = summary.counts[word]
        if count:
            bar = "█" * max(1, round(width * count / most))
            lines.append(Text.assemble(f"{WORDS[word]:>15} ", (bar, COLOURS[word]), f" {count}"))
    return Group(*lines, Text())
