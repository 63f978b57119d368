"""'Seen before?' by host, address, favicon and certificate, in the folder's own index and in a shared one."""

from __future__ import annotations

from pathlib import Path

import pytest

from prober.app import remember
from prober.app.remember import Memory
from prober.models.case import Exhibit
from tests.factories_case import AT, fraudulent

PRINT = "ab" * 32


def exhibit(kind: str, note: str, sha: str = "0" * 64) -> Exhibit:
    return Exhibit(id="E90", kind=kind, file=f"exhibits/E90.{kind}", sha256=sha, size=1, taken_at=AT, note=note)


@pytest.fixture(params=["", "database"])
def memory(request: pytest.FixtureRequest, tmp_path: Path) -> Memory:
    """One that met a fraudulent site before."""
    memory = Memory(tmp_path, request.getfixturevalue("database") if request.param else "")
    case, folder = fraudulent(tmp_path)
    traces = (
        exhibit("favicon", "mmh3 -1255347784 · 318 bytes"),
        exhibit("certificate", f"CN=x · SHA-256 {PRINT} · TLS"),
    )
    assert memory.keep(case.model_copy(update={"exhibits": (*case.exhibits, *traces)}), folder.path) == ()
    return memory


async def told(memory: Memory, url: str, **more: str) -> list[str]:
    return [notice.text for notice in await memory.of_host("NEW", url, direct=True, **more)]


async def test_a_host_and_the_domain_above_it(memory: Memory) -> None:
    assert (
        "this host was seen before: fraudulent on 2026-11-22"
        in (await told(memory, "https://elik-shtraf.example/x"))[0]
    )
    assert await told(memory, "https://pay.elik-shtraf.example/")
    assert await told(memory, "https://other.example/") == []


async def test_nothing_is_told_to_who_may_not_see_every_case(memory: Memory) -> None:
    silent = Memory(memory.output, memory.url, recall=False)
    assert await told(silent, "https://elik-shtraf.example/x") == []
    assert silent.of_exhibits("NEW", (exhibit("certificate", f"CN=x · SHA-256 {PRINT} · TLS"),)) == ()


async def test_an_address_under_another_name(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remember, "refuse_address", lambda address: None)  # the example's address is for documents
    monkeypatch.setattr(remember, "system_lookup", lambda host: ["192.0.2.17"])
    assert "its address 192.0.2.17 was seen before: fraudulent" in (await told(memory, "https://new-name.example/"))[0]
    assert await memory.of_host("NEW", "https://new-name.example/", direct=False) == (), "the exit looks up, not we"


async def test_private_addresses_say_nothing(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remember, "system_lookup", lambda host: ["192.0.2.17", "127.0.0.1"])
    assert await told(memory, "https://new-name.example/") == []


async def test_a_name_that_nobody_knows_is_no_fault(memory: Memory, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(host: str) -> list[str]:
        raise OSError("no such name")

    monkeypatch.setattr(remember, "system_lookup", unknown)
    assert await told(memory, "https://new-name.example/") == []


def test_favicon_and_certificate(memory: Memory) -> None:
    def seen(*found: Exhibit) -> list[str]:
        return [notice.text for notice in memory.of_exhibits("NEW", found)]

    assert "its favicon was seen before" in seen(exhibit("favicon", "mmh3 -1255347784 · 318 bytes", "9" * 64))[0]
    assert "its certificate was seen before" in seen(exhibit("certificate", f"· SHA-256 {PRINT} ·", "9" * 64))[0]
    assert seen(exhibit("favicon", "mmh3 7 · 318 bytes", "9" * 64)) == []


async def test_a_shared_index_out_of_reach_is_a_notice(tmp_path: Path) -> None:
    lost = Memory(tmp_path, "postgresql://user:secret@127.0.0.1:9/none")
    case, folder = fraudulent(tmp_path)
    for notices in (await lost.of_host("NEW", case.url, direct=False), lost.keep(case, folder.path)):
        assert "127.0.0.1:9/none" in notices[0].text
        assert "secret" not in notices[0].text
