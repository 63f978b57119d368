"""Sealing: a hash list of everything observed and judged, signed, and stamped by an outside clock if one is given."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

from prober.errors import StoreError
from prober.models.base import Noun
from prober.store.folder import CASE, JOURNAL, write_whole
from prober.store.keys import Signer

SUMS = "SHA256SUMS"
SIGNATURE = "SHA256SUMS.sig"
SIGNER = "signer.pem"
TOKEN = "SHA256SUMS.tsr"
CHAIN = "tsa-chain.pem"
VERIFY = "VERIFY.txt"

# What may stand beside the sealed part and come later; each of these keeps hashes of its own.
BESIDE_FOLDERS = ("letters", "exports", "reviews", "pictures")
BESIDE_FILES = ("report.html", "report.pdf", "report.sha256", "trail.jsonl", "lookups.json")


class Seal(Noun):
    """What sealing made. `manifest` is the SHA-256 of SHA256SUMS: the one number that stands for the case."""

    manifest: str
    signer: str
    files: int
    stamped: bool = False


def seal(folder: Path, signer: Signer, stamp: Callable[[bytes], bytes] | None = None, chain: bytes = b"") -> Seal:
    """Seal a case folder once and for all.

    stamp: takes the bytes of SHA256SUMS, gives a raw RFC 3161 reply (`stamp.ask` does that); its errors pass.
    chain: certificates of the stamping authority in PEM, kept for whoever verifies.
    Raises StoreError when there is no case, or when it is sealed already.
    """
    if not (folder / CASE).exists():
        raise StoreError(f"{folder} cannot be sealed: it holds no {CASE}.")
    if (folder / SIGNATURE).exists():
        raise StoreError(f"{folder} is sealed already; a sealed case is never changed, make a new one.")
    (folder / JOURNAL).unlink(missing_ok=True)
    write_whole(folder / VERIFY, resources.files("prober.store").joinpath(VERIFY).read_bytes())
    write_whole(folder / SIGNER, signer.public_pem)
    sealed = list(sealed_files(folder))
    sums = "".join(f"{sha256_of(folder / name)}  {name}\n" for name in sealed).encode()
    write_whole(folder / SUMS, sums)
    write_whole(folder / SIGNATURE, signer.sign(sums))
    for name in sealed:
        with contextlib.suppress(OSError):  # a courtesy against slips; the hashes are the protection
            (folder / name).chmod(0o444)
    if stamp is not None:
        write_whole(folder / TOKEN, stamp(sums))
        if chain:
            write_whole(folder / CHAIN, chain)
    return Seal(
        manifest=hashlib.sha256(sums).hexdigest(),
        signer=signer.fingerprint,
        files=len(sealed),
        stamped=stamp is not None,
    )


def sealed_files(folder: Path) -> Iterator[str]:
    """All files that belong under the seal, as POSIX paths in sorted order."""
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if not file.is_dir() and not is_beside(name) and not is_of_the_seal(name):
            yield name


def is_beside(name: str) -> bool:
    """Whether a path belongs to what is made from the case later: reports, letters, exports, reviews, trail."""
    return name in BESIDE_FILES or name.split("/", 1)[0] in BESIDE_FOLDERS


def is_of_the_seal(name: str) -> bool:
    """The hash list and what stands over it; `SHA256SUMS.<anything>` has room for further signatures."""
    return "/" not in name and (name in (SUMS, CHAIN) or name.startswith(f"{SUMS}."))


def sha256_of(file: Path) -> str:
    """SHA-256 of a file's content, in hex."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def list_hashes(folder: Path, names: tuple[str, ...], target: str) -> None:
    """Write a hash list for things beside the seal, in the form that `sha256sum -c` reads."""
    lines = (f"{sha256_of(folder / name)}  {name}\n" for name in sorted(names))
    write_whole(folder / target, "".join(lines).encode())
