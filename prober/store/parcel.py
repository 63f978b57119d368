"""A case as one zip file: packed whole, unpacked only after everything in it was checked."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from prober.errors import BrokenCase, StoreError
from prober.models.custody import Verification
from prober.store.seal import SUMS
from prober.store.verify import Judge, verify

SIZE_LIMIT = 500 * 2**20  # bytes unpacked
FILE_LIMIT = 5000
TIME = (2000, 1, 1, 0, 0, 0)  # the same case gives the same zip


def pack(folder: Path, target: Path) -> Path:
    """Write a sealed case with all that stands beside it into one zip. Raises StoreError when it is not sealed."""
    if not (folder / SUMS).exists():
        raise StoreError(f"{folder} is not sealed; only sealed cases are handed on.")
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parcel:
            for file in sorted(folder.rglob("*")):
                if file.is_file() and not file.is_symlink():
                    info = zipfile.ZipInfo(f"{folder.name}/{file.relative_to(folder).as_posix()}", TIME)
                    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                    parcel.writestr(info, file.read_bytes())
    except OSError as problem:
        target.unlink(missing_ok=True)
        raise StoreError(f"Could not write {target}: {problem.strerror}.") from problem
    return target


def unpack(
    parcel: Path, output: Path, known: Mapping[str, str], judge: Judge | None = None
) -> tuple[Path, Verification]:
    """Check a zipped case in a place apart; only an intact one is moved into `output`.

    Raises:
        BrokenCase: the zip holds anything but one case, or the case contradicts its seal.
        StoreError: it cannot be read or written, or the case is here already.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(parcel) as opened, tempfile.TemporaryDirectory(dir=output, prefix=".import-") as apart:
            name = _only_case(opened)
            if (output / name).exists():
                raise StoreError(f"{output / name} is here already; nothing was changed.")
            _extract(opened, Path(apart))
            checked = verify(Path(apart) / name, known, judge)
            if not checked.intact:
                raise BrokenCase(f"{parcel} was not imported: {checked.faults[0].sentence}")
            shutil.move(Path(apart) / name, output / name)
            return output / name, checked
    except zipfile.BadZipFile as problem:
        raise BrokenCase(f"{parcel} is no zip file, or a broken one: {problem}.") from problem
    except OSError as problem:
        raise StoreError(f"Could not import {parcel}: {problem.strerror or problem}.") from problem


def _only_case(parcel: zipfile.ZipFile) -> str:
    """The one folder that all names of the zip stand in. Nothing may point out of it or be too much."""
    entries = parcel.infolist()
    if len(entries) > FILE_LIMIT or sum(entry.file_size for entry in entries) > SIZE_LIMIT:
        raise BrokenCase(f"{parcel.filename} is too large for a case: {len(entries)} files.")
    folders = set()
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in path.parts[0]:
            raise BrokenCase(f"{parcel.filename} names a file outside its case: {entry.filename[:100]!r}.")
        folders.add(path.parts[0])
    name = next(iter(folders), "")
    if len(folders) != 1 or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]{0,200}", name):
        raise BrokenCase(f"{parcel.filename} does not hold exactly one case.")
    return name


def _extract(parcel: zipfile.ZipFile, target: Path) -> None:
    """Unpack with a hand on the real size, which a zip's own table may lie about."""
    left = SIZE_LIMIT
    for entry in parcel.infolist():
        place = target / entry.filename
        if entry.is_dir():
            place.mkdir(parents=True, exist_ok=True)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        with parcel.open(entry) as source, place.open("wb") as file:
            while chunk := source.read(1 << 20):
                left -= len(chunk)
                if left < 0:
                    raise BrokenCase(f"{parcel.filename} unpacks to more than {SIZE_LIMIT // 2**20} MB.")
                file.write(chunk)
