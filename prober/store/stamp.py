"""RFC 3161 time stamps: asking an authority for one, and checking one with OpenSSL, the tool that strangers use too."""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
import subprocess
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from prober.errors import StoreError
from prober.models.base import Noun

SHA256_ALGORITHM = bytes.fromhex("300d06096086480165030402010500")  # AlgorithmIdentifier: id-sha256, NULL
REPLY_LIMIT = 1_000_000  # bytes
TOOL_SECONDS = 20


class StampCheck(Noun):
    """What OpenSSL says of a token. `at` is the authority's time, `detail` its words when it refuses."""

    result: Literal["good", "bad", "unchecked"]
    at: datetime | None = None
    detail: str = ""


def query(data: bytes, nonce: int | None = None) -> bytes:
    """A TimeStampReq in DER over the SHA-256 of `data`, asking for the authority's certificate (RFC 3161, 2.4.1)."""
    imprint = _der(0x30, SHA256_ALGORITHM + _der(0x04, hashlib.sha256(data).digest()))
    number = secrets.randbits(63) if nonce is None else nonce
    nonce_bytes = number.to_bytes(number.bit_length() // 8 + 1, "big")
    return _der(0x30, _der(0x02, b"\x01") + imprint + _der(0x02, nonce_bytes) + _der(0x01, b"\xff"))


def ask(url: str, data: bytes, seconds: float = 15.0) -> bytes:
    """Send the hash of `data` (never the data) to a time-stamping authority; returns its raw reply.

    Raises StoreError when it does not answer or refuses; the case stays sealed without an outside time.
    """
    if not url.startswith(("http://", "https://")):
        raise StoreError(f"{url!r} is no address of a time-stamping authority; it must begin with http:// or https://.")
    request = urllib.request.Request(url, query(data), {"Content-Type": "application/timestamp-query"})
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            reply: bytes = answer.read(REPLY_LIMIT)
    except (OSError, urllib.error.URLError, ValueError) as problem:
        raise StoreError(f"The time-stamping authority {url} did not answer: {problem}.") from problem
    if hashlib.sha256(data).digest() not in reply:
        raise StoreError(f"The time-stamping authority {url} refused: its reply does not hold our hash.")
    return reply


def check(folder: Path, data: str, token: str, chain: str) -> StampCheck:
    """Check a token over the file `data` at the time that it states; 'unchecked' where OpenSSL or the chain is missing."""
    openssl = shutil.which("openssl")
    if openssl is None:
        return StampCheck(result="unchecked", detail="openssl is not installed")
    text = _run(openssl, "ts", "-reply", "-in", str(folder / token), "-text")
    at = _stated_time(text.stdout)
    if at is None:
        return StampCheck(result="bad", detail="the token does not read as an RFC 3161 reply")
    if not (folder / chain).exists():
        return StampCheck(result="unchecked", at=at, detail=f"{chain} is missing")
    verdict = _run(
        openssl, "ts", "-verify", "-data", str(folder / data), "-in", str(folder / token),
        "-CAfile", str(folder / chain), "-attime", str(int(at.timestamp())),
    )  # fmt: skip
    if verdict.returncode == 0:
        return StampCheck(result="good", at=at)
    reasons = re.findall(r"error:[^:]*:[^:]*:[^:]*:([^:\n]+)", verdict.stderr)
    return StampCheck(result="bad", at=at, detail=reasons[0] if reasons else "verification failed")


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=TOOL_SECONDS, check=False)


def _stated_time(text: str) -> datetime | None:
    found = re.search(r"^Time stamp: (\w{3} +\d+ [\d:]+)(?:\.\d+)? (\d{4}) GMT", text, re.MULTILINE)
    if not found:
        return None
    return datetime.strptime(f"{found[1]} {found[2]}", "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content
