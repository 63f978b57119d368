"""Favicon and certificate of a suspect among the exhibits, with the figures others know them by."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from prober.app.traces import about_certificate, favicon_hash, keep_traces
from prober.ports import Traces
from prober.store.folder import CaseFolder

ICON = b"\x89PNG\r\n\x1a\n" + bytes(64)


def made(names):
    """A key and a certificate of its own for these names."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "elik-shtraf.example")])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(0xBEEF)
        .not_valid_before(datetime(2026, 11, 1, tzinfo=UTC))
        .not_valid_after(datetime(2027, 1, 30, tzinfo=UTC))
    )
    if names:
        built = built.add_extension(x509.SubjectAlternativeName([x509.DNSName(n) for n in names]), critical=False)
    return key, built.sign(key, SHA256())


def pem(names=("elik-shtraf.example", "www.elik-shtraf.example")):
    return made(names)[1]


def test_certificate_and_favicon_become_exhibits(tmp_path):
    folder = CaseFolder.create(tmp_path, "https://elik-shtraf.example/")
    leaf = pem()
    text = leaf.public_bytes(Encoding.PEM).decode()
    keep_traces(Traces(icon=ICON, icon_url="https://elik-shtraf.example/i.png", certificate=text), folder, "P1", "u")
    kinds = {exhibit.kind: exhibit for exhibit in folder.exhibits}
    assert set(kinds) == {"certificate", "favicon"}
    assert leaf.fingerprint(SHA256()).hex() in kinds["certificate"].note
    assert (
        "2026-11-01 to 2027-01-30" in kinds["certificate"].note
        and "www.elik-shtraf.example" in kinds["certificate"].note
    )
    assert kinds["favicon"].file.endswith(".png") and f"mmh3 {favicon_hash(ICON)}" in kinds["favicon"].note


def test_nothing_seen_leaves_nothing(tmp_path):
    folder = CaseFolder.create(tmp_path, "https://elik-shtraf.example/")
    keep_traces(Traces(), folder, "P1", "u")
    assert folder.exhibits == ()


def test_a_broken_certificate_is_told_not_raised():
    assert about_certificate("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").startswith("unreadable")
    assert "for " not in about_certificate(pem(names=()).public_bytes(Encoding.PEM).decode())


def test_the_favicon_hash_is_the_one_that_host_searches_use():
    """Reference: MurmurHash3 x86 32 of the Base64 text in lines of 76, worked out here by its definition."""
    data, mask = base64.encodebytes(ICON), 0xFFFFFFFF

    def turn(x, by):
        return ((x << by) | (x >> (32 - by))) & mask

    h = 0
    whole = len(data) // 4 * 4
    for at in range(0, whole, 4):
        k = int.from_bytes(data[at : at + 4], "little")
        h = (turn(h ^ (turn(k * 0xCC9E2D51 & mask, 15) * 0x1B873593 & mask), 13) * 5 + 0xE6546B64) & mask
    if data[whole:]:
        h ^= turn(int.from_bytes(data[whole:], "little") * 0xCC9E2D51 & mask, 15) * 0x1B873593 & mask
    h ^= len(data)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        h = ((h ^ (h >> shift)) * factor) & mask
    assert favicon_hash(ICON) & mask == h
    assert json.dumps(favicon_hash(ICON))
