"""Technical facts of a case, for those who trace: hosts, redirects, targets, channels, servers."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from prober.errors import BrokenCase
from prober.models.page import Request, Snapshot
from prober.reporting.dossier import Dossier, Manner
from prober.reporting.text import defang_host
from prober.verdicts.facts import host_of

LIMIT = 24  # lines of one kind
BOT = re.compile(r"api\.telegram\.org/bot(\d+):", re.IGNORECASE)
ASSETS = ("script", "stylesheet", "image", "font")
LEAST_ASSET = 64  # bytes; what is smaller is a blank or a redirect
SERVER_HEADERS = ("server", "x-powered-by", "via", "cf-ray", "x-cache", "x-amz-cf-id", "x-vercel-id", "x-served-by")


def technical(dossier: Dossier, manner: Manner) -> list[tuple[str, list[str]]]:
    """(name, lines) of each kind of fact; kinds of which nothing was seen are named in the last row."""
    words, case = manner.words, dossier.case
    snapshots = seen(dossier)
    requests = [request for snapshot in snapshots for request in snapshot.requests]
    rows = [
        ("given", [manner.url(case.url)]),
        ("final", [manner.url(case.final_url or case.url)]),
        ("redirects", _redirects(manner, requests)),
        ("hosts", _hosts(dossier, manner)),
        ("targets", [manner.url(url, 160) for url in targets(snapshots)]),
        ("sockets", [manner.url(url, 160) for snapshot in snapshots for url in snapshot.websockets]),
        ("telegram", bots(requests)),
        ("scripts", _scripts(manner, requests)),
        ("assets", [f"{manner.url(_plain(url), 90)} · {sha}" for url, sha in assets(dossier).items()]),
        ("servers", _servers(dossier, manner)),
        ("exits", [defang_host(host) for step in dossier.facts.steps for host in step.exits]),
    ]
    found = [(words(f"technical.{name}"), _short(lines)) for name, lines in rows]
    for exhibit in case.exhibits:
        if exhibit.kind in ("certificate", "favicon"):
            found.append((words(f"technical.{exhibit.kind}"), [f"{exhibit.id} · {manner.say(exhibit.note, 700)}"]))
    found += [(words(f"technical.{name}"), lines) for name, lines in _registration(dossier, manner) if lines]
    if dossier.siblings:
        found.append((words("technical.siblings"), _short([manner.say(sibling, 160) for sibling in dossier.siblings])))
    quiet = [name for name, lines in found if not lines]
    unseen = [(words("technical.none"), [words.listed(quiet)])] if quiet else []
    return [*((name, lines) for name, lines in found if lines), *unseen]


def _registration(dossier: Dossier, manner: Manner) -> list[tuple[str, list[str]]]:
    """What look-ups told, where they came from and how old they are."""
    around, words = dossier.surroundings, manner.words
    if not around.source and not around.failures:
        return []
    registered = " · ".join(part for part in (around.registrar, around.registered_on, *around.domain_status) if part)
    desks = [f"{words.one('letter.desks', c.desk)}: {c.name} <{c.address}> {c.form}".strip() for c in around.contacts]
    told = " · ".join(
        part for part in (around.source, around.looked_up.replace("T", " ").replace("+00:00", " UTC")) if part
    )
    return [
        ("registration", [manner.say(registered, 300)] if registered else []),
        ("name_servers", [defang_host(manner.say(name, 100)) for name in around.name_servers]),
        ("network", [manner.say(around.network, 120)] if around.network else []),
        ("first_certificate", [manner.say(around.first_certificate, 20)] if around.first_certificate else []),
        ("certificate_names", _short([defang_host(manner.say(name, 100)) for name in around.certificate_names])),
        ("desks", [manner.say(line, 300) for line in desks]),
        (
            "looked_up",
            [told, *(manner.say(failure, 200) for failure in around.failures)] if told else list(around.failures),
        ),
    ]


def seen(dossier: Dossier) -> list[Snapshot]:
    """Every stored snapshot once, in order; one that does not read is left to verification to name."""
    found = []
    for sha in dict.fromkeys(step.snapshot for step in dossier.facts.steps if step.snapshot):
        try:
            found.append(dossier.snapshot(sha))
        except BrokenCase:
            continue
    return found


def targets(snapshots: Iterable[Snapshot]) -> list[str]:
    """Where typed data goes: targets of posts and of forms."""
    found: list[str] = []
    for snapshot in snapshots:
        found += [r.url for r in snapshot.requests if r.posted or r.method.upper() == "POST"]
        found += [control.form_action for control in snapshot.controls if control.form_action]
    return list(dict.fromkeys(found))


def assets(dossier: Dossier) -> dict[str, str]:
    """URL -> SHA-256 of each script, style sheet and picture that the page's own host sent, from the network record."""
    found: dict[str, str] = {}
    for entry in _entries(dossier):
        url, content = str(entry.get("request", {}).get("url", "")), entry.get("response", {}).get("content", {})
        text = content.get("text")
        if entry.get("_resourceType") not in ASSETS or host_of(url) != dossier.facts.host or not isinstance(text, str):
            continue
        try:
            data = base64.b64decode(text) if content.get("encoding") == "base64" else text.encode("utf-8", "replace")
        except ValueError:
            continue
        if len(data) >= LEAST_ASSET:
            found[url] = hashlib.sha256(data).hexdigest()
    return found


def bots(requests: Iterable[Request]) -> list[str]:
    """Ids of Telegram bots that data is sent to or that scripts name; never their tokens."""
    texts = (text for request in requests for text in (request.url, request.answered, request.posted))
    return list(dict.fromkeys(f"bot {found}" for text in texts for found in BOT.findall(text)))


def _redirects(manner: Manner, requests: Iterable[Request]) -> list[str]:
    return [
        f"{request.status or ''} {manner.url(request.url, 120)} → {manner.url(request.redirected_to, 120)}".strip()
        for request in requests
        if request.redirected_to and request.kind in ("document", "")
    ]


def _hosts(dossier: Dossier, manner: Manner) -> list[str]:
    words = manner.words
    return [
        f"{defang_host(host.name)}:{host.port} · {defang_host(', '.join(host.addresses)) or '–'} · "
        f"{host.requests} {words('technical.requests')}"
        for host in dossier.case.hosts
    ]


def _scripts(manner: Manner, requests: Iterable[Request]) -> list[str]:
    return [manner.url(_plain(request.url), 120) for request in requests if request.kind == "script"]


def _plain(url: str) -> str:
    return urlsplit(url)._replace(query="", fragment="").geturl()


def _servers(dossier: Dossier, manner: Manner) -> list[str]:
    found: dict[str, None] = {}
    for entry in _entries(dossier):
        host = host_of(str(entry.get("request", {}).get("url", "")))
        for header in entry.get("response", {}).get("headers", []):
            name = str(header.get("name", "")).lower()
            if name in SERVER_HEADERS:
                found[f"{defang_host(host)} · {name}: {manner.say(str(header.get('value', '')), 80)}"] = None
    return list(found)


def _entries(dossier: Dossier) -> list[dict[str, Any]]:
    entries = dossier.har().get("entries", [])
    return [entry for entry in entries if isinstance(entry, dict)]


def _short(lines: list[str]) -> list[str]:
    unique = list(dict.fromkeys(lines))
    return unique if len(unique) <= LIMIT else [*unique[:LIMIT], f"… +{len(unique) - LIMIT}"]
