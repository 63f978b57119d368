"""Tests of zipped cases."""

import zipfile

import pytest

from prober.errors import BrokenCase, StoreError
from prober.store.parcel import pack, unpack
from prober.store.verify import verify
from tests.store.test_seal import make


@pytest.fixture
def parcel(tmp_path):
    folder, _ = make(tmp_path)
    (folder / "report.html").write_text("report")
    return pack(folder, tmp_path / "case.zip")


def test_a_case_comes_back_whole(parcel, tmp_path):
    folder, checked = unpack(parcel, tmp_path / "in", {})
    assert checked.intact and verify(folder, {}).intact
    assert (folder / "report.html").read_text() == "report"
    assert list((tmp_path / "in").iterdir()) == [folder]
    with pytest.raises(StoreError, match="already"):
        unpack(parcel, tmp_path / "in", {})


def test_the_same_case_gives_the_same_zip(parcel, tmp_path):
    folder, _ = unpack(parcel, tmp_path / "in", {})
    assert pack(folder, tmp_path / "again.zip").read_bytes() == parcel.read_bytes()


def rewritten(parcel, change):
    target = parcel.with_name("changed.zip")
    with zipfile.ZipFile(parcel) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            name, data = change(entry.filename, old.read(entry))
            new.writestr(name, data)
    return target


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: (name, data + b" " if name.endswith("network.har") else data),
        lambda name, data: (name.replace("/report.html", "/../../report.html"), data),
        lambda name, data: ("/abs" + name if "report" in name else name, data),
        lambda name, data: ("other/x" if "report" in name else name, data),
        lambda name, data: (name.replace("/report.html", "/exhibits/new"), data),
    ],
)
def test_nothing_is_believed_unseen(parcel, tmp_path, change):
    with pytest.raises(BrokenCase):
        unpack(rewritten(parcel, change), tmp_path / "in", {})
    assert list((tmp_path / "in").iterdir()) == []
    assert not (tmp_path / "report.html").exists()


def test_no_zip_and_no_seal(parcel, tmp_path):
    (tmp_path / "x.zip").write_text("no")
    with pytest.raises(BrokenCase, match="no zip"):
        unpack(tmp_path / "x.zip", tmp_path / "in", {})
    with pytest.raises(StoreError):
        unpack(tmp_path / "missing.zip", tmp_path / "in", {})
    with pytest.raises(StoreError, match="not sealed"):
        pack(tmp_path, tmp_path / "y.zip")
