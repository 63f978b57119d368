"""The key that seals cases: made on first use, kept private, known by its fingerprint."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from prober.errors import StoreError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY = "prober-ed25519.pem"
PUBLIC = "prober-ed25519.pub.pem"
KNOWN = "known-signers"


class Signer:
    """An Ed25519 key pair; `fingerprint` is the SHA-256 of the public key in DER, in hex."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public_pem = _public_pem(key)
        self.fingerprint = fingerprint(self.public_pem)

    def sign(self, data: bytes) -> bytes:
        """The raw 64-byte Ed25519 signature of `data`."""
        return self._key.sign(data)


def keys_home() -> Path:
    """Where keys live: PROBER_KEYS, else `keys` under PROBER_HOME, else the user's configuration folder."""
    if given := os.environ.get("PROBER_KEYS"):
        return Path(given)
    if home := os.environ.get("PROBER_HOME"):
        return Path(home) / "keys"
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "prober" / "keys"


def load_or_make(home: Path | None = None) -> Signer:
    """The signing key of this user; made on first use with mode 0600."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    home = home or keys_home()
    file = home / KEY
    try:
        if not file.exists():
            _make(home)
        key = load_pem_private_key(file.read_bytes(), password=None)
    except OSError as problem:
        raise StoreError(
            f"Could not use the signing key in {home}: {problem.strerror}. Set PROBER_KEYS to a folder you can write."
        ) from problem
    except ValueError as problem:
        raise StoreError(
            f"{file} is no private key in PEM form; move it away and a new one is made on next use."
        ) from problem
    if not isinstance(key, Ed25519PrivateKey):
        raise StoreError(f"{file} is no Ed25519 key; move it away and a new one is made on next use.")
    return Signer(key)


def _make(home: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    handle, name = tempfile.mkstemp(dir=home)  # mode 0600 from the start
    with os.fdopen(handle, "wb") as file:
        file.write(pem)
    made = Path(name)
    try:
        with contextlib.suppress(FileExistsError):  # another process was first: its key is the one
            (home / KEY).hardlink_to(made)
            (home / PUBLIC).write_bytes(_public_pem(key))
    finally:
        made.unlink(missing_ok=True)


def fingerprint(public_pem: bytes) -> str:
    """SHA-256 over the DER of a public key; what an organisation publishes so that its seals name it."""
    import base64

    inner = re.sub(rb"-----[^-]+-----|\s", b"", public_pem)
    return hashlib.sha256(base64.b64decode(inner)).hexdigest()


def grouped(print_: str) -> str:
    """A fingerprint as people compare it: in groups of four."""
    return " ".join(print_[at : at + 4] for at in range(0, len(print_), 4))


def known_signers(home: Path | None = None) -> dict[str, str]:
    """Fingerprint -> name: this user's own key, and the lines of `known-signers` ('<fingerprint> <name>')."""
    home = home or keys_home()
    known = {}
    if (home / PUBLIC).exists():
        known[fingerprint((home / PUBLIC).read_bytes())] = "this machine's own key"
    if (home / KNOWN).exists():
        for line in (home / KNOWN).read_text("utf-8").splitlines():
            print_, _, name = line.strip().partition(" ")
            if re.fullmatch(r"[0-9a-f]{64}", print_):
                known[print_] = name.strip() or print_[:16]
    return known


def trust(print_: str, name: str, home: Path | None = None) -> None:
    """Note a signer whose fingerprint was compared out of band. Raises StoreError for no fingerprint."""
    home = home or keys_home()
    plain = re.sub(r"[\s:]", "", print_).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", plain):
        raise StoreError(f"{print_[:80]!r} is no fingerprint: 64 hexadecimal digits are needed.")
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / KNOWN).open("a", encoding="utf-8") as file:
        file.write(f"{plain} {' '.join(name.split())}\n")


def signature_holds(public_pem: bytes, data: bytes, signature: bytes) -> bool:
    """Whether an Ed25519 signature over `data` was made by the holder of this public key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(public_pem)
        if not isinstance(key, Ed25519PublicKey):
            return False
        key.verify(signature, data)
    except (ValueError, InvalidSignature):
        return False
    return True


def _public_pem(key: Ed25519PrivateKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
