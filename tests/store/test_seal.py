"""Tests of sealing, with the public tools that a stranger would use."""

import subprocess
from datetime import UTC, datetime

import pytest

from prober.errors import StoreError
from prober.models.case import Case, Environment
from prober.store.folder import CaseFolder
from prober.store.keys import load_or_make
from prober.store.seal import seal, sha256_of
from prober.store.verify import manifest_digest

AT = datetime(2026, 11, 22, 14, 3, 5, tzinfo=UTC)
URL = "http://fine.example/"


def make(tmp_path, **seal_options):
    folder = CaseFolder.create(tmp_path / "cases", URL, AT)
    exhibits = (folder.add("text", b"a", suffix="txt"), folder.add("text", b"b", suffix="txt"))
    folder.keep_har("P1", {"entries": [{"request": {"url": URL}}]})
    case = Case(
        id=folder.id, url=URL, scenario="kz-fines", seed=7, started_at=AT, exhibits=exhibits,
        environment=Environment(prober="1"),
    )  # fmt: skip
    folder.write_case(case)
    signer = load_or_make(tmp_path / "keys")
    return folder.path, seal(folder.path, signer, **seal_options)


def run(folder, *command):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_sha256sum_and_openssl_agree(tmp_path):
    folder, made = make(tmp_path)
    assert run(folder, "sha256sum", "-c", "--strict", "SHA256SUMS").returncode == 0
    verify = [
        "openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "signer.pem", "-rawin", "-in", "SHA256SUMS",
        "-sigfile", "SHA256SUMS.sig",
    ]  # fmt: skip
    assert "Verified Successfully" in run(folder, *verify).stdout
    der = subprocess.run(
        "openssl pkey -pubin -in signer.pem -outform DER | sha256sum",
        shell=True,
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert der.stdout.split()[0] == made.signer
    assert manifest_digest(folder) == made.manifest == sha256_of(folder / "SHA256SUMS")


def test_everything_observed_is_under_the_seal(tmp_path):
    folder, made = make(tmp_path)
    listed = {line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    assert listed == {
        "case.json", "network.har", "VERIFY.txt", "signer.pem", "exhibits/E01-text.txt", "exhibits/E02-text.txt",
    }  # fmt: skip
    assert made.files == 6 and not made.stamped


def test_a_sealed_case_is_never_sealed_again(tmp_path):
    folder, _ = make(tmp_path)
    with pytest.raises(StoreError, match="sealed already"):
        seal(folder, load_or_make(tmp_path / "keys"))
    with pytest.raises(StoreError, match=r"case\.json"):
        seal(tmp_path, load_or_make(tmp_path / "keys"))


def test_the_instructions_name_the_commands_in_three_languages(tmp_path):
    folder, _ = make(tmp_path)
    text = (folder / "VERIFY.txt").read_text("utf-8")
    for command in ("sha256sum -c SHA256SUMS", "openssl pkeyutl -verify", "openssl ts -verify"):
        assert text.count(command) == 3
    assert all(heading in text for heading in ("ENGLISH", "РУССКИЙ", "ҚАЗАҚША"))
