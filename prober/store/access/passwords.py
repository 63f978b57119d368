"""Passwords: what is accepted, and Argon2id for keeping them."""

from __future__ import annotations

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from prober.errors import UsageError

LEAST, MOST = 12, 256  # characters; no rules about kinds of characters (NIST SP 800-63B)


def accepted(password: str, name: str) -> str:
    """The password, when it may be used. Raises UsageError."""
    if not LEAST <= len(password) <= MOST:
        raise UsageError(f"A password has {LEAST} to {MOST} characters; a sentence is easy to keep in mind.")
    if len(set(password)) < 5 or (len(name) > 3 and name.casefold() in password.casefold()):
        raise UsageError("This password is easy to guess: it repeats a few characters or holds the user's name.")
    return password


def hashed(password: str) -> str:
    """An Argon2id hash with parameters and salt (the library's defaults: RFC 9106, low memory)."""
    return _hasher().hash(password)


def fits(kept: str, password: str) -> bool:
    """Whether the password is the one that was hashed; '' is checked against a hash that nothing fits.

    Takes as long for a user who is not there as for one who is.
    """
    try:
        return _hasher().verify(kept or _nobody(), password) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher().check_needs_rehash(kept)


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobody() -> str:
    return hashed("nobody has this password")
