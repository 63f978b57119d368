"""One suspect from address to sealed case."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from prober import __version__
from prober.app.cut_off import CutOff
from prober.app.intake import admit
from prober.app.remember import Memory
from prober.app.traces import keep_traces
from prober.app.visits import strip_token, visit_for
from prober.app.warm import warm
from prober.catalog import all_scenarios, choose, load_scenario
from prober.errors import BrowserError, ProberError, StoreError
from prober.guard.suspect import Suspect
from prober.identities.make import make_identities
from prober.models.case import Case, Earlier, Environment, Host, Probe
from prober.models.custody import Matter
from prober.models.events import CaseFinished, CaseOpened, Event, Notice, ProbeFinished, StepTaken
from prober.models.identity import Identity
from prober.models.page import Snapshot
from prober.models.scenario import Scenario
from prober.plan.arms import Arm, next_arms
from prober.ports import Browser, Visit
from prober.probe import Brief, Clock, Task, probe
from prober.store.folder import CaseFolder
from prober.store.keys import load_or_make
from prober.store.seal import SIGNATURE, seal
from prober.store.stamp import ask as ask_for_stamp
from prober.verdicts import judge

Listener = Callable[[Event], None]
MAX_IDENTITIES = 6
WORTHWHILE = 0.1  # of a case's budget: with less left no further probe is begun
LATE = 1.0  # seconds after which a probe that should have ended is cut off


@dataclass(frozen=True)
class CheckOptions:
    """What a user may choose for one case.

    among: what 'auto' chooses from, () for all there are. timeout: seconds of real time for one probe.
    case_timeout: the same for the whole case, None for 2.5 times that.
    resolve: host -> address. seed: for the identities, None draws one.
    earlier: what the finished case says of the one that it re-checks. recall: tell what was met before; not where
    the asker may not see every case.
    index: `postgresql://` URL of the index that many machines share, '' for the one beside the cases.
    evidence: URL of the place to which the case is brought when it is sealed, '' when it stays in `output`.
    tsa: address of an RFC 3161 time-stamping authority, '' for none; tsa_chain: its certificates in PEM.
    """

    scenario: str = "auto"
    among: tuple[str, ...] = ()
    output: Path = Path("reports")
    allow_private: bool = False
    profile: str = "auto"
    proxy: str = ""
    exit_country: str = ""
    referer: str = ""
    resolve: dict[str, str] = field(default_factory=dict)
    timeout: float = 60.0
    case_timeout: float | None = None
    virtual_time: bool = True
    seed: int | None = None
    visits: int | None = None
    attended: float = 0.0
    matter: Matter = field(default_factory=Matter)
    earlier: Callable[[Case], Earlier] | None = None
    recall: bool = True
    index: str = ""
    evidence: str = ""
    tsa: str = ""
    tsa_chain: Path | None = None

    @property
    def budget(self) -> float:
        """Seconds of real time for the whole case."""
        return self.case_timeout if self.case_timeout is not None else 2.5 * self.timeout


async def check(given: str, options: CheckOptions, browser: Browser, listeners: tuple[Listener, ...] = ()) -> Case:
    """Probe one suspect and judge it.

    Args:
        given: the URL as the user gave it, defanged or not.

    Returns:
        The judged case; its folder is `options.output / case.id`.

    Raises:
        UsageError: the address is malformed, official or private; the scenario is unknown.
        StoreError: the case folder cannot be written.
    """
    suspect = admit(given, allow_private=options.allow_private, pap=options.matter.pap)
    fixed = load_scenario(options.scenario) if options.scenario != "auto" else None
    folder = await asyncio.to_thread(CaseFolder.create, options.output, suspect.url)
    case = _Case(given, suspect, fixed, options, browser, folder, listeners)
    return await case.run()


class _Case:
    """The state of one case while its probes run."""

    def __init__(
        self,
        given: str,
        suspect: Suspect,
        fixed: Scenario | None,
        options: CheckOptions,
        browser: Browser,
        folder: CaseFolder,
        listeners: tuple[Listener, ...],
    ) -> None:
        self.given, self.suspect, self.options, self.browser, self.folder = given, suspect, options, browser, folder
        self.listeners = (folder.listen, *listeners)
        self.scenario = fixed
        self.memory = Memory(options.output, options.index, options.evidence, recall=options.recall)
        self.seed = options.seed if options.seed is not None else random.SystemRandom().getrandbits(48)
        self.identities: tuple[Identity, ...] = ()
        self.probes: list[Probe] = []
        self.hosts: dict[tuple[str, int], Host] = {}
        self.clock = Clock(now=lambda: datetime.now(UTC), tick=time.monotonic)
        self.started, self.start = self.clock.now(), self.clock.tick()
        self.final_url = ""
        self.agent = ""
        self.started_arms = 0
        self.lost = False  # the browser died
        # The words of reading are loaded while the first page is on its way.
        self.warming = asyncio.ensure_future(asyncio.to_thread(warm, options.scenario))

    async def run(self) -> Case:
        self._tell(
            CaseOpened(
                case_id=self.folder.id,
                url=self.suspect.url,
                scenario=self.scenario.name if self.scenario else "auto",
                exit=self.options.proxy or "direct",
            )
        )
        host = self.suspect.host
        direct, mapped = not self.options.proxy, self.options.resolve.get(host, "")
        self._notices(await self.memory.of_host(self.folder.id, self.suspect.url, direct=direct, mapped=mapped))
        await self._probe_all()
        record = self._record()
        assert self.scenario is not None
        record = record.model_copy(update={"verdict": judge(record, self.scenario)})
        if self.options.earlier is not None:
            record = record.model_copy(update={"earlier": await asyncio.to_thread(self.options.earlier, record)})
        await asyncio.to_thread(self.folder.write_case, record)
        await self._seal()
        self._notices(await asyncio.to_thread(self.memory.keep, record, self.folder.path))
        self._tell(CaseFinished(case=record, case_dir=str(self.folder.path)))
        return record

    def _notices(self, notices: tuple[Notice, ...]) -> None:
        for notice in notices:
            self._tell(notice)

    async def _probe_all(self) -> None:
        """Run arms until planning asks for no more; the second sets out when the first begins to ask."""
        running: dict[asyncio.Task[None], Arm] = {}
        asked = asyncio.Event()
        try:
            for arm in self._arms(()):
                running[asyncio.create_task(self._run_arm(arm, asked))] = arm
            while running:
                waiter = asyncio.create_task(asked.wait())
                done, _ = await asyncio.wait({*running, waiter}, return_when=asyncio.FIRST_COMPLETED)
                waiter.cancel()
                for task in done - {waiter}:
                    running.pop(task)  # type: ignore[arg-type]
                    await task
                if asked.is_set() and self.started_arms == 1 and running and self._visits > 1:
                    asked.clear()
                    second = Arm("identity", 1, self._profile, "a second, different identity")
                    running[asyncio.create_task(self._run_arm(second, asyncio.Event()))] = second
                    continue
                asked.clear()
                if not running:
                    for arm in self._arms(tuple(self.probes)):
                        running[asyncio.create_task(self._run_arm(arm, asyncio.Event()))] = arm
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _arms(self, probes: tuple[Probe, ...]) -> tuple[Arm, ...]:
        if self.lost or (probes and self._left < WORTHWHILE * self.options.budget):
            return ()
        if self._mute(probes):
            self.suspect = self.suspect.model_copy(update={"url": _secure(self.suspect.url), "assumed_scheme": False})
            return (Arm("identity", 0, self._profile, "nobody answers at http, and no scheme was given: https"),)
        token = strip_token(self.suspect.url) != self.suspect.url
        scenario = self.scenario or load_scenario("kz-fines")
        return next_arms(probes, scenario, profile=self._profile, visits=self._visits, token=token)

    def _mute(self, probes: tuple[Probe, ...]) -> bool:
        """The address was given without a scheme, and nobody answered at the one that was taken."""
        silent = bool(probes) and probes[-1].steps and probes[-1].steps[0].failure in {"refused", "timeout"}
        return self.suspect.assumed_scheme and bool(silent)

    @property
    def _left(self) -> float:
        """Seconds left of the case's budget."""
        return self.options.budget - (self.clock.tick() - self.start)

    @property
    def _profile(self) -> str:
        if self.options.profile != "auto":
            return self.options.profile
        return self.scenario.profile if self.scenario else "phone"

    @property
    def _visits(self) -> int:
        return self.options.visits or (self.scenario.visits if self.scenario else 6)

    def _brief(self, arm: Arm) -> Brief:
        async def brief(snapshot: Snapshot) -> tuple[Scenario, Identity]:
            await asyncio.shield(self.warming)
            if self.scenario is None:
                text = " ".join(block.text for block in snapshot.blocks if block.visible)[:20_000]
                among = self.options.among
                offered = tuple(load_scenario(name) for name in among) if among else all_scenarios()
                name = choose(offered, url=snapshot.url or self.suspect.url, lang=snapshot.lang, text=text)
                name = name if not among or name in among else among[0]
                self.scenario = load_scenario(name)
            if not self.identities:
                self.identities = make_identities(self.scenario, self.seed, MAX_IDENTITIES)
            return self.scenario, self.identities[arm.identity % MAX_IDENTITIES]

        return brief

    async def _run_arm(self, arm: Arm, asked: asyncio.Event) -> None:
        self.started_arms += 1
        name = f"P{self.started_arms}"
        seconds = max(min(self.options.timeout, self._left), 0.5)
        scenario = self.scenario or load_scenario("kz-fines")
        visit = visit_for(scenario, arm, self.suspect, self.options, seconds)
        url = strip_token(self.suspect.url) if arm.strip_token else self.suspect.url
        task = Task(
            case_id=self.folder.id,
            name=name,
            arm=arm.name,
            url=url,
            profile=arm.profile,
            brief=self._brief(arm),
            country=self.options.exit_country,
            deadline=seconds,
            tries=arm.tries,
            attended=self.options.attended,
            why=arm.why,
            asking=asked.set,
            whole_pages=name == "P1",
        )
        cut = CutOff(task, self.clock)
        try:
            async with asyncio.timeout(seconds + LATE):
                await self._walk(visit, task, cut)
        except TimeoutError:
            if not cut.ended:
                self._probed(await cut.finished())
        except BrowserError:
            if not self.probes:
                raise
            self.lost = True  # what was seen until the browser died is judged

    async def _walk(self, visit: Visit, task: Task, cut: CutOff) -> None:
        async with self.browser.visit(visit) as session:
            try:
                async for event in probe(session, task, self.folder, self.clock):
                    cut.hear(event)
                    if isinstance(event, StepTaken):
                        self.final_url = self.final_url or event.step.url
                    if isinstance(event, ProbeFinished):
                        self._probed(event)
                    else:
                        self._tell(event)
                if task.whole_pages:
                    traces = await session.traces()
                    self.agent = traces.agent
                    keep_traces(traces, self.folder, task.name, self.final_url)
                    exhibits = self.folder.exhibits
                    self._notices(await asyncio.to_thread(self.memory.of_exhibits, self.folder.id, exhibits))
            finally:
                for host in session.hosts():
                    self.hosts[host.name, host.port] = _merged(self.hosts.get((host.name, host.port)), host)

    def _probed(self, event: ProbeFinished) -> None:
        self.probes.append(event.probe)
        self._tell(event)

    def _tell(self, event: Event) -> None:
        for listener in self.listeners:
            listener(event)

    async def _seal(self) -> None:
        """Seal the case; without the outside time stamp where the authority does not answer."""
        tsa, signer = self.options.tsa, await asyncio.to_thread(load_or_make)
        chain = await asyncio.to_thread(self._chain)
        stamp = (lambda sums: ask_for_stamp(tsa, sums)) if tsa else None
        try:
            await asyncio.to_thread(seal, self.folder.path, signer, stamp, chain)
        except StoreError as problem:
            if not tsa or not (self.folder.path / SIGNATURE).exists():
                raise
            self._tell(Notice(case_id=self.folder.id, text=f"{problem.message} The case is sealed without it."))

    def _chain(self) -> bytes:
        """The stamping authority's certificates; a file that is gone by now costs no seal."""
        try:
            return self.options.tsa_chain.read_bytes() if self.options.tsa_chain else b""
        except OSError as problem:
            text = f"{self.options.tsa_chain} could not be read: {problem.strerror}. The stamp is kept without it."
            self._tell(Notice(case_id=self.folder.id, text=text))
            return b""

    def _record(self) -> Case:
        scenario = self.scenario
        if scenario is None:
            raise ProberError(
                "The case ended before a scenario was chosen; this is a fault of prober, please report it."
            )
        return Case(
            id=self.folder.id,
            url=self.suspect.url,
            given=self.given,
            final_url=self.final_url or self.suspect.url,
            scenario=scenario.name,
            scenario_version=scenario.version,
            seed=self.seed,
            started_at=self.started,
            seconds=round(self.clock.tick() - self.start, 3),
            environment=Environment(
                prober=__version__,
                browser=self.browser.version,
                profile=self._profile,
                agent=self.agent,
                locale=scenario.locale,
                timezone=scenario.timezone,
                proxy=_host_only(self.options.proxy),
                exit_country=self.options.exit_country,
                virtual_time=self.options.virtual_time,
                ocr=self.browser.ocr,
            ),
            probes=tuple(sorted(self.probes, key=lambda p: p.started_at)),
            exhibits=self.folder.exhibits,
            hosts=tuple(self.hosts.values()),
            matter=self.options.matter,
        )


def _secure(url: str) -> str:
    """The same address over https."""
    return "https" + url.removeprefix("http")


def _host_only(proxy: str) -> str:
    """The proxy without its credentials."""
    parts = urlsplit(proxy)
    return f"{parts.scheme}://{parts.hostname}:{parts.port}" if parts.hostname else proxy


def _merged(old: Host | None, new: Host) -> Host:
    if old is None:
        return new
    addresses = tuple(dict.fromkeys((*old.addresses, *new.addresses)))
    return new.model_copy(update={"addresses": addresses, "requests": old.requests + new.requests})


async def events_of(given: str, options: CheckOptions, browser: Browser) -> AsyncIterator[Event]:
    """The same as `check`, as a stream of events ending in CaseFinished."""
    queue: asyncio.Queue[Event | None] = asyncio.Queue()
    task = asyncio.create_task(check(given, options, browser, (queue.put_nowait,)))
    task.add_done_callback(lambda _: queue.put_nowait(None))
    try:
        while (event := await queue.get()) is not None:
            yield event
        await task
    finally:
        task.cancel()
