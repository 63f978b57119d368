"""What one visit's browser noted of the suspect itself, put among the exhibits."""

from __future__ import annotations

import base64

from prober.ports import Evidence, Traces


def keep_traces(traces: Traces, evidence: Evidence, probe: str, url: str) -> None:
    """Store certificate and favicon of the suspect, each with its figures in the exhibit's note."""
    if traces.certificate:
        note = about_certificate(traces.certificate, traces.tls)
        evidence.add("certificate", traces.certificate.encode(), suffix="pem", probe=probe, url=url, note=note)
    if traces.icon:
        figures = f"mmh3 {favicon_hash(traces.icon)} · {len(traces.icon)} bytes"
        evidence.add(
            "favicon", traces.icon, suffix=_suffix(traces.icon), probe=probe, url=traces.icon_url, note=figures
        )


def favicon_hash(icon: bytes) -> int:
    """MurmurHash3 (32 bits, signed) of the icon in Base64 with line breaks, as search engines of hosts list it."""
    import mmh3

    return mmh3.hash(base64.encodebytes(icon))


def about_certificate(pem: str, tls: str = "") -> str:
    """Subject, issuer, days, names and fingerprint of the first certificate, in one line."""
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256

    try:
        leaf = x509.load_pem_x509_certificates(pem.encode())[0]
        names = _names(leaf)
    except ValueError as problem:
        return f"unreadable: {problem}"[:200]
    parts = [
        leaf.subject.rfc4514_string() or "no subject",
        f"issued by {leaf.issuer.rfc4514_string()}",
        f"{leaf.not_valid_before_utc:%Y-%m-%d} to {leaf.not_valid_after_utc:%Y-%m-%d}",
        f"serial {leaf.serial_number:x}",
        f"SHA-256 {leaf.fingerprint(SHA256()).hex()}",
        f"for {', '.join(names)}" if names else "",
        tls,
    ]
    return " · ".join(part for part in parts if part)[:900]


def _names(leaf: object) -> list[str]:
    from cryptography import x509

    assert isinstance(leaf, x509.Certificate)
    try:
        return leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value.get_values_for_type(
            x509.DNSName
        )[:8]
    except x509.ExtensionNotFound:
        return []


def _suffix(icon: bytes) -> str:
    marks = ((b"\x89PNG", "png"), (b"GIF8", "gif"), (b"\xff\xd8", "jpg"), (b"\0\0\1\0", "ico"))
    found = (name for mark, name in marks if icon.startswith(mark))
    return next(found, "svg.txt" if b"<svg" in icon[:400] else "bin")
