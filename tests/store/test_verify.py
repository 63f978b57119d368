"""Tests of verification: every way to tamper is found and named."""

import json
import shutil
import subprocess

import pytest

import prober
from prober.errors import StoreError
from prober.models.case import Verdict, VerdictClass
from prober.store.keys import known_signers, load_or_make
from prober.store.reading import load_case
from prober.store.seal import seal
from prober.store.stamp import query
from prober.store.verify import verify
from tests.store.authority import Authority
from tests.store.test_seal import make


@pytest.fixture
def sealed(tmp_path):
    folder, _ = make(tmp_path)
    return folder


def kinds(folder, **options):
    result = verify(folder, {}, **options)
    assert result.intact == (not result.faults)
    return {(fault.kind, fault.file) for fault in result.faults}


def put(file, data):
    file.chmod(0o644)
    file.write_bytes(data)


def test_an_untouched_case_is_intact(sealed, tmp_path):
    result = verify(sealed, known_signers(tmp_path / "keys"))
    assert result.intact and result.signer_name and result.files == 6 and result.stamp == "none"
    assert any("clock and key alone" in note for note in result.notes)


def test_a_flipped_byte(sealed):
    har = sealed / "network.har"
    data = bytearray(har.read_bytes())
    data[40] ^= 1
    put(har, data)
    assert kinds(sealed) == {("changed", "network.har")}


def test_every_file_counts(sealed):
    for line in (sealed / "SHA256SUMS").read_text().splitlines():
        name = line.split("  ")[1]
        before = (sealed / name).read_bytes()
        put(sealed / name, before + b" ")
        assert ("changed", name) in kinds(sealed), name
        put(sealed / name, before)
    assert kinds(sealed) == set()


def test_a_missing_file(sealed):
    (sealed / "exhibits/E01-text.txt").unlink()
    assert kinds(sealed) == {("missing", "exhibits/E01-text.txt")}


def test_an_added_file(sealed):
    (sealed / "exhibits/E99-text.txt").write_text("planted")
    (sealed / "exhibits/link").symlink_to("/etc/hostname")
    assert kinds(sealed) == {("added", "exhibits/E99-text.txt"), ("added", "exhibits/link")}


def test_what_stands_beside_is_not_added(sealed):
    (sealed / "letters").mkdir()
    (sealed / "letters/a.eml").write_text("x")
    (sealed / "report.html").write_text("x")
    (sealed / "SHA256SUMS.p7s").write_text("x")
    result = verify(sealed, {})
    assert result.intact and any("SHA256SUMS.p7s" in note for note in result.notes)


def test_two_swapped_exhibits(sealed):
    one, two = sealed / "exhibits/E01-text.txt", sealed / "exhibits/E02-text.txt"
    put(one, b"b")
    put(two, b"a")
    assert kinds(sealed) == {("swapped", "exhibits/E01-text.txt"), ("swapped", "exhibits/E02-text.txt")}


def test_a_list_mended_without_the_key(sealed):
    put(sealed / "exhibits/E01-text.txt", b"other")
    sums = subprocess.run(
        "sha256sum $(cut -c67- SHA256SUMS)", shell=True, cwd=sealed, capture_output=True, check=True
    ).stdout
    put(sealed / "SHA256SUMS", sums)
    assert kinds(sealed) == {("signature", "SHA256SUMS.sig"), ("swapped", "exhibits/E01-text.txt")}


def test_sealed_again_by_another_hand(sealed, tmp_path):
    for name in ("SHA256SUMS", "SHA256SUMS.sig", "signer.pem"):
        (sealed / name).unlink()
    seal(sealed, load_or_make(tmp_path / "other"))
    result = verify(sealed, known_signers(tmp_path / "keys"))
    assert result.intact and result.signer_name == ""
    assert any(note.startswith("Signer not known here") for note in result.notes)


def test_no_seal_no_signature_no_folder(sealed, tmp_path):
    (sealed / "SHA256SUMS.sig").unlink()
    assert kinds(sealed) == {("signature", "SHA256SUMS.sig")}
    (sealed / "SHA256SUMS").unlink()
    assert kinds(sealed) == {("no_seal", "SHA256SUMS")}
    with pytest.raises(StoreError):
        verify(tmp_path / "nothing", {})


def test_paths_that_leave_the_folder_are_refused(sealed):
    put(sealed / "SHA256SUMS", (sealed / "SHA256SUMS").read_bytes() + b"0" * 64 + b"  ../../secret\n")
    assert ("changed", "SHA256SUMS") in kinds(sealed)


def test_a_case_dated_anew_after_it_was_stamped(tmp_path):
    authority = Authority(tmp_path)
    folder, made = make(tmp_path, stamp=lambda sums: authority.reply(query(sums)), chain=authority.chain)
    assert made.stamped
    result = verify(folder, {})
    assert result.intact and result.stamp == "good" and result.stamped_at is not None
    token = (folder / "SHA256SUMS.tsr").read_bytes()
    put(folder / "case.json", (folder / "case.json").read_bytes().replace(b"2026-11-22", b"2026-11-01"))
    for name in ("SHA256SUMS", "SHA256SUMS.sig", "SHA256SUMS.tsr"):
        (folder / name).unlink()
    seal(folder, load_or_make(tmp_path / "keys"))  # with the right key: only the token can tell
    (folder / "SHA256SUMS.tsr").write_bytes(token)
    assert kinds(folder) == {("time_stamp", "SHA256SUMS.tsr")}


def judged(folder, sealed_rules, today, today_rules, version=prober.__version__):
    case = load_case(folder)
    world = case.environment.model_copy(update={"prober": version})
    record = case.model_copy(
        update={
            "environment": world,
            "verdict": Verdict(verdict=VerdictClass.FRAUDULENT, reason="r", rules=sealed_rules),
        }
    )
    copy = folder.parent / "copy"
    shutil.copytree(folder, copy)
    for name in ("SHA256SUMS", "SHA256SUMS.sig"):
        (copy / name).unlink()
    put(copy / "case.json", json.dumps(record.model_dump(mode="json", by_alias=True)).encode())
    seal(copy, load_or_make(folder.parent / "keys"))
    return verify(copy, {}, judge=lambda _path, _case: Verdict(verdict=today, reason="r", rules=today_rules))


def test_the_verdict_is_recomputed(sealed):
    result = judged(sealed, "1", VerdictClass.FRAUDULENT, "1")
    assert result.intact and result.judged == "same"


def test_newer_rules_that_judge_differently_are_no_tampering(sealed):
    result = judged(sealed, "1", VerdictClass.SUSPICIOUS, "2")
    assert result.intact and result.judged == "differs" and any("rules (2" in note for note in result.notes)


def test_a_verdict_that_does_not_follow_is_a_fault(sealed):
    result = judged(sealed, "1", VerdictClass.SUSPICIOUS, "1")
    assert [fault.kind for fault in result.faults] == ["verdict"]


def test_another_version_that_reads_differently_is_no_tampering(sealed):
    result = judged(sealed, "1", VerdictClass.SUSPICIOUS, "1", version="0.0.1")
    assert result.intact and result.judged == "differs" and any("prober 0.0.1" in note for note in result.notes)
