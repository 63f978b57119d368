"""Many cases in one file: tables of an index, a STIX bundle, a zip of sealed cases."""

from __future__ import annotations

import csv
import io
import json
import logging
import tempfile
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from prober.app.dossiers import open_dossier
from prober.errors import ProberError, UsageError
from prober.reporting.exports.stix import stix
from prober.reporting.exports.subject import subject_of
from prober.reporting.text import defang, for_cell
from prober.store.folder import CASE
from prober.store.parcel import pack
from prober.web.cases import CaseLine, CaseQuery, Cases

log = logging.getLogger(__name__)
COLUMNS = ("id", "started_at", "verdict", "obstacle", "url", "host", "scenario", "claim", "reason", "seconds")
WHOLE = 200  # cases whose folders are read for one answer


def as_csv(rows: Iterable[CaseLine]) -> Iterator[bytes]:
    """A table for spreadsheets: UTF-8 with a mark, no cell a formula, no address a link."""
    yield "\ufeff".encode() + _row(COLUMNS)
    for line in rows:
        values = line.model_dump() | {"url": defang(line.url)}
        yield _row(tuple(for_cell(str(values[name])) for name in COLUMNS))


def _row(cells: tuple[str, ...]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)
    return out.getvalue().encode("utf-8", "replace")


def as_lines(rows: Iterable[CaseLine]) -> Iterator[bytes]:
    """A JSON object a line, as the API lists cases."""
    for line in rows:
        yield line.model_dump_json().encode() + b"\n"


def as_stix(cases: Cases, query: CaseQuery, organisation: str) -> bytes:
    """One STIX 2.1 bundle of all that fit; what several cases have in common stands in it once.

    Raises UsageError: too many fit.
    """
    objects: dict[str, object] = {}
    for folder in _folders(cases, query):
        try:
            bundle = stix(subject_of(open_dossier(folder)), organisation)
        except ProberError:  # a case that does not read is for `prober verify` to say
            continue
        objects |= {one["id"]: one for one in bundle["objects"]}
    name = str(uuid.uuid5(uuid.NAMESPACE_URL, " ".join(sorted(objects))))
    whole = {"type": "bundle", "id": f"bundle--{name}", "objects": list(objects.values())}
    return json.dumps(whole, ensure_ascii=False).encode("utf-8", "replace")


def as_zip(cases: Cases, query: CaseQuery) -> Path:
    """A zip with a sealed case's own zip for each, as `prober import` takes them. The caller deletes it.

    Raises UsageError: too many fit, or none. StoreError.
    """
    folders, packed = _folders(cases, query), 0
    with tempfile.NamedTemporaryFile(suffix=".zip", delete=False) as place, tempfile.TemporaryDirectory() as room:
        target = Path(place.name)
        try:
            with zipfile.ZipFile(place, "w", zipfile.ZIP_STORED) as whole:
                for folder in folders:
                    parcel = Path(room) / f"{folder.name}.zip"
                    try:
                        pack(folder, parcel)
                    except ProberError as problem:
                        log.warning("%s was not taken along: %s", folder.name, problem.message)
                        continue
                    whole.write(parcel, parcel.name)
                    packed += 1
                    parcel.unlink()
            if not packed:
                raise UsageError("None of these cases is whole on this machine.")
        except BaseException:
            target.unlink(missing_ok=True)
            raise
    return target


def _folders(cases: Cases, query: CaseQuery) -> list[Path]:
    found: list[Path] = []
    for number, line in enumerate(cases.rows(query)):
        if number == WHOLE:
            raise UsageError(f"More than {WHOLE} cases fit; narrow the search, or pick some.")
        folder = cases.folder(line.id)
        if folder is not None and (folder / CASE).is_file():
            found.append(folder)
    return found
