"""Evidence in a bucket and on a share: whole, verifiable after it came back, listed, dropped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from prober.app.delivery import FILE, Delivery
from prober.errors import StoreError, UsageError
from prober.store.depot import Depot
from prober.store.index.index import CaseIndex
from prober.store.index.light import index_case
from prober.store.keys import load_or_make
from prober.store.seal import seal
from prober.store.verify import verify
from tests.factories_case import AT, fraudulent
from tests.store.bucket import bucket


@pytest.fixture(params=["s3", "file"])
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    if request.param == "file":
        yield f"file://{tmp_path}/share/cases"
        return
    with bucket(monkeypatch) as address:
        yield f"{address}/cases"


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PROBER_HOME", str(tmp_path / "home"))
    found, folder = fraudulent(tmp_path / "out")
    seal(folder.path, load_or_make(tmp_path / "keys"))
    index_case(tmp_path / "out", found, folder.path, f"there/{found.id}")
    return folder.path


def here(path: Path) -> bool:
    return path.exists()


def hashes(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {f.relative_to(folder).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def test_a_case_comes_back_as_it_went(url: str, case: Path, tmp_path: Path) -> None:
    depot = Depot(url)
    assert depot.keep(case) == f"{url}/{case.name}"
    assert list(depot.cases()) == [case.name]
    assert json.loads(depot.read(case.name, "case.json"))["id"] == case.name
    back = depot.fetch(case.name, tmp_path / "back")
    assert hashes(back) == hashes(case)
    assert verify(back, {}).intact
    depot.drop(case.name)
    assert list(depot.cases()) == []


def test_what_a_depot_lacks_or_refuses_is_one_sentence(url: str, case: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Could not read"):
        Depot(url).read("nothing", "case.json")
    with pytest.raises(StoreError, match="no case"):
        Depot(url).drop("../x")
    for wrong in ("reports", "nonsense://x/y"):
        with pytest.raises(UsageError):
            Depot(wrong)


async def test_delivery_leaves_nothing_here(url: str, case: Path, tmp_path: Path) -> None:
    assert await Delivery(case.parent, url).bring(case) == f"{url}/{case.name}"
    assert not here(case)
    assert list(Depot(url).cases()) == [case.name]


async def test_what_cannot_be_brought_stays_and_is_brought_later(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hashes(case)
    (tmp_path / "share").write_text("in the way")
    delivery = Delivery(case.parent, f"file://{tmp_path}/share/cases", backoff=0.001)
    assert await delivery.bring(case) == str(case)
    assert (hashes(case), (case.parent / FILE).read_text()) == (before, f"{case.name}\n")
    assert delivery.bring_left() == 1
    (tmp_path / "share").unlink()
    assert delivery.bring_left() == 0
    assert list(Depot(f"file://{tmp_path}/share/cases").cases()) == [case.name]
    assert here(case), "results name it here"
    assert not here(case.parent / FILE)


async def test_a_bucket_that_does_not_exist_is_told(case: Path, monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    with bucket(monkeypatch):
        assert await Delivery(case.parent, "s3://no-such-bucket/x", backoff=0.001).bring(case) == str(case)
    assert "s3://no-such-bucket/x" in caplog.text
    assert here(case)


def test_an_index_is_rebuilt_from_a_depot_and_purges_there(url: str, case: Path, tmp_path: Path) -> None:
    depot = Depot(url)
    depot.keep(case)
    index = CaseIndex(tmp_path / "elsewhere")
    assert index.rebuild(depot) == (1, [])
    assert [row["case_dir"] for row in index.find()] == [f"{url}/{case.name}"]
    assert index.purge(AT + timedelta(days=1), "too old") == [case.name]
    assert list(depot.cases()) == []
    index.close()
