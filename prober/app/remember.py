"""What earlier cases say about a suspect, and the new case for those to come."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from prober.errors import StoreError
from prober.guard.policy import literal, refuse_address
from prober.guard.resolver import in_daemon_thread, system_lookup
from prober.guard.suspect import registrable_domain
from prober.models.case import Case, Exhibit
from prober.models.events import Notice
from prober.store.index import light
from prober.store.index.marks import Mark, SeenBefore
from prober.store.index.place import index_of
from prober.store.index.rows import exhibit_marks

if TYPE_CHECKING:
    from prober.store.index.index import CaseIndex

LOOK_UP = 2.0  # seconds at most for the suspect's addresses, before it is probed
_SHARES = {"host": "this host", "address": "its address {}", "favicon": "its favicon", "certificate": "its certificate"}


class Memory:
    """The index of a folder of cases, and the shared one at `url`, which then answers. Failures are notices, no faults.

    evidence: URL of the place to which cases are brought; the index names them there. recall: whether it tells at all.
    """

    def __init__(self, output: Path, url: str = "", evidence: str = "", *, recall: bool = True) -> None:
        self.output, self.url, self.evidence, self.recall = output, url, evidence, recall

    async def of_host(self, case_id: str, url: str, *, direct: bool, mapped: str = "") -> tuple[Notice, ...]:
        """Whether host or address of a URL were met before; asked before anything is sent.

        direct: the addresses may be looked up here. mapped: where the user said the host lives.
        """
        if not self.recall or (not self.url and not index_of(self.output).exists()):
            return ()
        host = urlsplit(url).hostname or ""
        marks = [("host", name) for name in dict.fromkeys((host, registrable_domain(host)))]
        addresses = await _addresses(host, mapped) if direct else ()
        return await asyncio.to_thread(self._tell, case_id, (*marks, *(("address", one) for one in addresses)))

    def of_exhibits(self, case_id: str, exhibits: tuple[Exhibit, ...]) -> tuple[Notice, ...]:
        """Whether favicon or certificate were met before; known from the first visit on."""
        return self._tell(case_id, tuple(sorted(exhibit_marks(exhibits))))

    def keep(self, case: Case, folder: Path) -> tuple[Notice, ...]:
        """Put the case into the folder's index and the shared one; a notice for each that failed, for the case is whole."""
        place = f"{self.evidence.rstrip('/')}/{case.id}" if self.evidence else ""
        writers: list[Callable[[], None]] = [lambda: light.index_case(self.output, case, folder, place)]
        if self.url:
            writers.append(lambda: _shared(self.url).put((case, place or str(folder.resolve()))))
        failed = []
        for write in writers:
            try:
                write()
            except StoreError as error:
                failed.append(Notice(case_id=case.id, text=error.message))
        return tuple(failed)

    def _tell(self, case_id: str, marks: tuple[Mark, ...]) -> tuple[Notice, ...]:
        if not self.recall:
            return ()
        try:
            if self.url:
                found = _shared(self.url).seen_before(marks, case_id)
            else:
                found = light.seen_before(self.output, marks, case_id)
        except StoreError as error:
            return (Notice(case_id=case_id, text=error.message),)
        return (Notice(case_id=case_id, text=_words(found)),) if found else ()


def _words(found: tuple[SeenBefore, ...]) -> str:
    """'this host was seen before: fraudulent on 2026-11-22 (CASE)': the strongest kind of mark, its newest cases."""
    kind = next(kind for kind in _SHARES if any(one.kind == kind for one in found))
    same = list({one.case_id: one for one in found if one.kind == kind}.values())
    told = ", ".join(f"{one.verdict.replace('_', ' ')} on {one.at} ({one.case_id})" for one in same[:3])
    return f"{_SHARES[kind].format(same[0].value)} was seen before: {told}"


async def _addresses(host: str, mapped: str) -> tuple[str, ...]:
    """The public addresses of a host; () when it has none or nobody answers soon."""
    with contextlib.suppress(ValueError):
        if literal(host) is not None:
            return (host.strip("[]"),) if refuse_address(host.strip("[]")) is None else ()
    found = [mapped] if mapped else []
    if not found and not host.endswith(".localhost"):
        with contextlib.suppress(OSError, UnicodeError, TimeoutError):
            found = await asyncio.wait_for(in_daemon_thread(system_lookup, host), LOOK_UP)
    return tuple(one for one in found if refuse_address(one) is None)


@lru_cache(maxsize=4)
def _shared(url: str) -> CaseIndex:
    """The connections to a shared index, kept for all cases of this process."""
    from prober.store.index.index import CaseIndex

    return CaseIndex(Path(), url)
