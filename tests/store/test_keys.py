"""Tests of the signing key."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from prober.errors import StoreError
from prober.store import keys


def test_the_key_is_made_once_and_kept_private(tmp_path):
    first, second = keys.load_or_make(tmp_path / "k"), keys.load_or_make(tmp_path / "k")
    assert first.fingerprint == second.fingerprint
    assert stat.S_IMODE((tmp_path / "k" / keys.KEY).stat().st_mode) == 0o600
    assert sorted(file.name for file in (tmp_path / "k").iterdir()) == sorted([keys.KEY, keys.PUBLIC])


def test_two_at_once_end_with_one_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        prints = set(pool.map(lambda _: keys.load_or_make(tmp_path / "k").fingerprint, range(16)))
    assert len(prints) == 1
    assert set(keys.known_signers(tmp_path / "k")) == prints


@pytest.mark.parametrize(
    "set_,expected",
    [({"PROBER_KEYS": "/a"}, "/a"), ({"PROBER_HOME": "/b"}, "/b/keys"), ({"XDG_CONFIG_HOME": "/c"}, "/c/prober/keys")],
)
def test_where_keys_live(monkeypatch, set_, expected):
    for name in ("PROBER_KEYS", "PROBER_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(keys.sys, "platform", "linux")
    for name, value in set_.items():
        monkeypatch.setenv(name, value)
    assert str(keys.keys_home()) == expected


def test_a_broken_key_is_told(tmp_path):
    (tmp_path / keys.KEY).write_text("nonsense")
    with pytest.raises(StoreError, match="PEM"):
        keys.load_or_make(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="PROBER_KEYS"):
        keys.load_or_make(tmp_path / "file")


def test_signers_are_known_by_fingerprint(tmp_path):
    keys.trust(keys.grouped("ab" * 32).upper(), "CERT  of\nX", tmp_path)
    assert keys.known_signers(tmp_path) == {"ab" * 32: "CERT of X"}
    with pytest.raises(StoreError, match="fingerprint"):
        keys.trust("abc", "x", tmp_path)
