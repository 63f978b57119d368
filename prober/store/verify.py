"""Checking a sealed case: every way in which it can contradict its own seal is found and named."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import prober
from prober.errors import BrokenCase, StoreError
from prober.models.case import Case, Verdict
from prober.models.custody import Fault, Verification
from prober.store import stamp
from prober.store.folder import CASE
from prober.store.keys import fingerprint, grouped, signature_holds
from prober.store.reading import load_case, load_snapshot
from prober.store.seal import CHAIN, SIGNATURE, SIGNER, SUMS, TOKEN, is_beside, is_of_the_seal, sha256_of

Judge = Callable[[Path, Case], Verdict]


def verify(path: Path, known: Mapping[str, str], judge: Judge | None = None) -> Verification:
    """Check a case against its seal, and its verdict against today's rules.

    known: fingerprint -> name of the signers that this reader trusts. judge: recomputes the verdict from the
    stored observations. Raises StoreError only when `path` is no folder.
    """
    if not path.is_dir():
        raise StoreError(f"{path} is no case folder. Give the folder that holds {CASE}.")
    if not (path / SUMS).exists():
        fault = Fault(kind="no_seal", file=SUMS, sentence=f"{SUMS} is missing: this case is not sealed.")
        return Verification(case_id=path.name, intact=False, faults=(fault,))
    listed, faults = _listed(path)
    faults += _compare(path, listed)
    signer, signature_faults = _signature(path)
    stamped, stamp_faults = _stamp(path)
    case, record_faults = _record(path, listed)
    faults += [*signature_faults, *stamp_faults, *record_faults]
    notes = list(_notes(path, signer, known, stamped))
    judged: str = "not_recomputed"
    if case is not None and judge is not None:
        judged, fault_or_none, note = _judged(path, case, judge)
        faults += [fault_or_none] if fault_or_none else []
        notes += [note] if note else []
    return Verification.model_validate(
        {
            "case_id": case.id if case else path.name,
            "intact": not faults,
            "faults": faults,
            "files": len(listed),
            "signer": signer,
            "signer_name": known.get(signer, ""),
            "stamp": stamped.result if stamped else "none",
            "stamped_at": stamped.at if stamped else None,
            "judged": judged,
            "notes": notes,
        }
    )


def _listed(path: Path) -> tuple[dict[str, str], list[Fault]]:
    """File -> hash as SHA256SUMS states them, and what is wrong with the list itself."""
    listed: dict[str, str] = {}
    faults = []
    for line in (path / SUMS).read_text("utf-8", "replace").splitlines():
        found = re.fullmatch(r"([0-9a-f]{64}) [ *](.+)", line)
        name = found[2] if found else ""
        if not found or name.startswith("/") or "\\" in name or ".." in name.split("/") or name in listed:
            faults.append(
                Fault(kind="changed", file=SUMS, sentence=f"{SUMS} has a line that cannot be: {line[:100]!r}.")
            )
            continue
        listed[name] = found[1]
    return listed, faults


def _compare(path: Path, listed: dict[str, str]) -> list[Fault]:
    faults = []
    wrong: dict[str, str] = {}
    for name, expected in listed.items():
        file = path / name
        if file.is_symlink() or not file.is_file():
            faults.append(Fault(kind="missing", file=name, sentence=f"{name} is missing."))
        elif (actual := sha256_of(file)) != expected:
            wrong[name] = actual
    owner = {sha: name for name, sha in listed.items()}
    for name, actual in wrong.items():
        if actual in owner:
            sentence = f"{name} was swapped: it has the content that was sealed as {owner[actual]}."
            faults.append(Fault(kind="swapped", file=name, sentence=sentence))
        else:
            faults.append(Fault(kind="changed", file=name, sentence=f"{name} was changed after sealing."))
    for file in sorted(path.rglob("*")):
        name = file.relative_to(path).as_posix()
        if file.is_dir() and not file.is_symlink():
            continue
        if name not in listed and not is_beside(name) and not is_of_the_seal(name):
            faults.append(Fault(kind="added", file=name, sentence=f"{name} was added after sealing."))
    return faults


def _signature(path: Path) -> tuple[str, list[Fault]]:
    """The fingerprint of the signer, and what is wrong with the signature."""
    try:
        pem, signature = (path / SIGNER).read_bytes(), (path / SIGNATURE).read_bytes()
        print_ = fingerprint(pem)
    except (OSError, ValueError):
        sentence = f"{SIGNER} or {SIGNATURE} is missing or unreadable: nobody vouches for {SUMS}."
        return "", [Fault(kind="signature", file=SIGNATURE, sentence=sentence)]
    if signature_holds(pem, (path / SUMS).read_bytes(), signature):
        return print_, []
    sentence = f"The signature does not fit: {SUMS}, {SIGNATURE} or {SIGNER} was changed after sealing."
    return print_, [Fault(kind="signature", file=SIGNATURE, sentence=sentence)]


def _stamp(path: Path) -> tuple[stamp.StampCheck | None, list[Fault]]:
    if not (path / TOKEN).exists():
        return None, []
    checked = stamp.check(path, SUMS, TOKEN, CHAIN)
    if checked.result != "bad":
        return checked, []
    sentence = (
        f"The outside time stamp does not fit this {SUMS} ({checked.detail}): "
        "the case was changed or dated anew after it was stamped."
    )
    return checked, [Fault(kind="time_stamp", file=TOKEN, sentence=sentence)]


def _record(path: Path, listed: dict[str, str]) -> tuple[Case | None, list[Fault]]:
    """The record, and where it contradicts the files: exhibits carry the hash taken when they were taken."""
    try:
        case = load_case(path)
    except (BrokenCase, StoreError) as problem:
        return None, [Fault(kind="record", file=CASE, sentence=problem.message)]
    faults = []
    for exhibit in case.exhibits:
        if exhibit.file in listed and listed[exhibit.file] != exhibit.sha256:
            sentence = f"Exhibit {exhibit.id} ({exhibit.file}) is not the one that {CASE} recorded when it was taken."
            faults.append(Fault(kind="swapped", file=exhibit.file, sentence=sentence))
        elif exhibit.file not in listed:
            sentence = f"Exhibit {exhibit.id} ({exhibit.file}) stands in {CASE} but not under the seal."
            faults.append(Fault(kind="missing", file=exhibit.file, sentence=sentence))
    for sha in {step.snapshot for probe in case.probes for step in probe.steps if step.snapshot}:
        try:
            load_snapshot(path, sha)
        except BrokenCase as problem:
            faults.append(Fault(kind="snapshot", file=f"exhibits/snapshots/{sha}.json.gz", sentence=problem.message))
    return case, faults


def _judged(path: Path, case: Case, judge: Judge) -> tuple[str, Fault | None, str]:
    """Run today's rules over the stored observations; only the same rules must give the same verdict."""
    if case.verdict is None:
        return "not_recomputed", None, "The case carries no verdict."
    try:
        today = judge(path, case)
    except BrokenCase as problem:
        return "not_recomputed", None, f"The verdict was not recomputed: {problem.message}"
    sealed = case.verdict
    if (today.verdict, set(today.grounds)) == (sealed.verdict, set(sealed.grounds)):
        return "same", None, ""
    then, now = case.environment.prober, prober.__version__
    if (today.rules, now) != (sealed.rules, then):
        note = (
            f"Today's rules ({today.rules}, prober {now}) judge this case {today.verdict}; it was judged "
            f"{sealed.verdict} by rules {sealed.rules} of prober {then}. The evidence is not in doubt by that."
        )
        return "differs", None, note
    sentence = f"The verdict {sealed.verdict} does not follow from the stored observations: they give {today.verdict}."
    return "differs", Fault(kind="verdict", file=CASE, sentence=sentence), ""


def _notes(path: Path, signer: str, known: Mapping[str, str], stamped: stamp.StampCheck | None) -> Iterator[str]:
    if signer and signer not in known:
        yield (
            f"Signer not known here: {grouped(signer)}. Compare with the fingerprint that the owner has published; "
            "until then the seal shows only that nothing was changed since somebody sealed it."
        )
    if stamped is None:
        yield "No outside time stamp: the date rests on the maker's clock and key alone."
    elif stamped.result == "unchecked":
        yield f"The outside time stamp was not checked: {stamped.detail}."
    ours = {SUMS, SIGNATURE, TOKEN}
    for file in sorted(path.glob(f"{SUMS}.*")):
        if file.name not in ours:
            yield f"{file.name} is a further signature; prober does not check it."


def manifest_digest(path: Path) -> str:
    """SHA-256 of SHA256SUMS, the one number that stands for a sealed case; '' when it is not sealed."""
    file = path / SUMS
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""
