"""What a run came to: counts, what was claimed, what stood in the way, and what to do next. Pure data."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from prober.models.run import Finished

OUTCOMES = ("fraudulent", "suspicious", "inconclusive", "no_fraud_found", "failed", "refused")
WORDS = {
    "fraudulent": "fraudulent", "suspicious": "suspicious", "inconclusive": "inconclusive",
    "no_fraud_found": "no fraud found", "failed": "prober failed", "refused": "refused",
}  # fmt: skip
SLOWEST, ROWS, ACCUSED = 8, 2000, 200

# How an obstacle is counted aloud: '41 behind a captcha'.
OBSTACLES = {
    "captcha": "behind a captcha", "login": "behind a log-in", "blocked": "blocked us", "geo": "shut to our country",
    "unreachable": "did not answer", "timeout": "took too long", "no_form": "without a form to fill",
    "bound_to_link": "tied to a personal link", "input_refused": "refused our input by themselves",
    "parked": "parked", "maintenance": "under maintenance", "gone": "gone", "error_page": "showed an error", "error": "answered with an error",
    "rate_limit": "limited our rate", "browser_crash": "stopped the browser", "prober_failed": "failed in prober",
    "empty": "showed an empty page", "budget": "used up their visits", "otp": "asked for a code",
}  # fmt: skip


@dataclass
class RunSummary:
    """The whole run in small; lists are cut at their limits, counts are not."""

    name: str
    folder: str
    target: str
    started_at: str = ""
    seconds: float = 0.0
    total: int = 0
    duplicates: int = 0
    unusable: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    obstacles: Counter[str] = field(default_factory=Counter)
    scenarios: Counter[str] = field(default_factory=Counter)
    accused: list[Finished] = field(default_factory=list)
    slowest: list[Finished] = field(default_factory=list)
    rows: list[Finished] = field(default_factory=list)
    servers: list[tuple[str, int]] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Suspects that are finished."""
        return sum(self.counts.values())

    @property
    def left(self) -> int:
        """Suspects still to probe."""
        return self.total - self.done


def fill(summary: RunSummary, finished: Iterable[Finished]) -> RunSummary:
    """Count and pick over all that is done, in one pass."""
    slowest: list[tuple[float, int, Finished]] = []
    kept: dict[str, list[Finished]] = {outcome: [] for outcome in OUTCOMES}
    servers: Counter[str] = Counter()
    for number, one in enumerate(finished):
        summary.counts[one.outcome] += 1
        if one.scenario:
            summary.scenarios[one.scenario] += 1
        if one.obstacle and one.outcome in ("inconclusive", "failed"):
            summary.obstacles[one.obstacle] += 1
        if one.outcome in ("fraudulent", "suspicious"):
            servers.update(one.highlights.addresses)
        push = heapq.heappush if len(slowest) < SLOWEST else heapq.heappushpop
        push(slowest, (one.seconds, -number, one))
        group = kept.setdefault(one.outcome, [])
        if len(group) < ROWS:
            group.append(one)
    summary.slowest = [one for _, _, one in sorted(slowest, reverse=True)]
    summary.rows = [one for group in kept.values() for one in group][:ROWS]
    summary.accused = (kept["fraudulent"] + kept["suspicious"])[:ACCUSED]
    summary.servers = [(server, count) for server, count in servers.most_common(10) if count > 1]
    return summary


def obstacle_words(obstacle: str, count: int) -> str:
    """'41 behind a captcha'."""
    return f"{count} {OBSTACLES.get(obstacle, obstacle.replace('_', ' '))}"


def many(count: int, thing: str) -> str:
    """'1 duplicate', '3 duplicates'."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def next_steps(summary: RunSummary) -> list[str]:
    """What a person should do now, most urgent first."""
    counts, obstacles, steps = summary.counts, summary.obstacles, []
    if summary.left > 0:
        steps.append(f"Still to do: {summary.left}; run the same command with --resume.")
    if counts["fraudulent"]:
        steps.append(
            f"Have a second person look at what is fraudulent ({counts['fraudulent']}; prober review), then send "
            "the reports: prober report CASE writes them."
        )
    if counts["suspicious"]:
        steps.append(f"Look at the pictures of what is suspicious ({counts['suspicious']}) and decide by hand.")
    people = obstacles["captcha"] + obstacles["login"] + obstacles["otp"]
    if people:
        steps.append(f"A person is needed for {people}: prober check URL --attended opens a window at the wall.")
    far = obstacles["blocked"] + obstacles["geo"] + obstacles["rate_limit"]
    if far:
        steps.append(f"Shut out from {far}: try an exit in the victims' country with --proxy and --exit-country.")
    gone = obstacles["unreachable"] + obstacles["timeout"] + obstacles["maintenance"]
    if gone:
        steps.append(f"No answer from {gone}: run again in a day; scam sites sleep and wake.")
    if obstacles["browser_crash"]:
        steps.append(f"Parked, as the browser died under them: {obstacles['browser_crash']}; look by hand.")
    if counts["failed"]:
        steps.append(
            f"prober itself failed at {counts['failed']}; their reasons are in results.jsonl, please report them."
        )
    if summary.unusable or counts["refused"]:
        steps.append(f"Rows not probed: {summary.unusable + counts['refused']}; skipped.jsonl names each line and why.")
    return steps or ["Nothing: every suspect was probed and none accused anybody. This is not a clearance."]
