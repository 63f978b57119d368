"""Takedown letters: one draft per desk as .eml, with the fact that anyone can check in its first lines; never sent from here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

import yaml

from prober.errors import UsageError
from prober.models.case import VerdictClass
from prober.reporting import sentences as say
from prober.reporting.dossier import Contact, Dossier, Manner, act_on
from prober.reporting.exports.make import make_exports
from prober.reporting.page_one import leading, pictures, posing, reviewed, varies, yourself
from prober.reporting.pictures import Gallery, Picture
from prober.reporting.text import defang_host, harmless

Kind = Literal["report", "again", "withdraw"]
NOT_CHECKED = "not checked"


@dataclass(frozen=True)
class Letter:
    """A draft. address: '' where it was not looked up; then the draft has no recipient yet."""

    desk: str
    name: str
    address: str
    file: str
    data: bytes


def letters(
    dossier: Dossier,
    manner: Manner,
    now: datetime,
    pdf: bytes = b"",
    kind: Kind = "report",
    told: Callable[[Contact], datetime | None] = lambda contact: None,
    live: bool = False,
) -> tuple[Letter, ...]:
    """One draft for each desk that can act.

    told: when a desk was first told of this case, None when it was not; 'again' and 'withdraw' go only to those
    who were, 'report' only to those who were not. live: write addresses as they are instead of defanged.

    Raises:
        UsageError: the verdict does not support a letter, or a person has rejected it.
    """
    _refuse_unsupported(dossier, kind)
    gallery = Gallery(dossier, manner)
    shown = tuple(picture for picture, _ in pictures(dossier, manner, gallery)) if kind != "withdraw" else ()
    machine = make_exports(dossier, ("xarf",)) if kind != "withdraw" else {}
    found = []
    for contact in desks(dossier):
        before = told(contact)
        if (before is None) != (kind == "report"):
            continue
        message = _message(dossier, manner, contact, now, kind, before, live)
        _attach(message, shown, machine, pdf, dossier.case.id)
        file = _file_name(contact)
        suffix = "" if kind == "report" else f"-{kind}-{now:%Y%m%d}"
        found.append(
            Letter(contact.desk, contact.name, contact.address, f"{file}{suffix}.eml", message.as_bytes(policy=SMTP))
        )
    return tuple(found)


def _refuse_unsupported(dossier: Dossier, kind: Kind) -> None:
    verdict = dossier.case.verdict
    if kind == "withdraw":
        return
    if verdict is None or verdict.verdict not in (VerdictClass.FRAUDULENT, VerdictClass.SUSPICIOUS):
        raise UsageError(f"{dossier.case.id} found no fraud, so there is nothing to report to anyone.")
    if dossier.review is not None and dossier.review.decision == "rejected":
        raise UsageError(f"{dossier.case.id} was rejected by {dossier.review.reviewer}; withdraw it instead.")


def desks(dossier: Dossier) -> tuple[Contact, ...]:
    """Who can act: what was looked up, else the slots to fill, and the country's desks from the address book."""
    around, facts = dossier.surroundings, dossier.facts
    scope, _, platform = act_on(dossier)
    wanted = ["platform"] if scope == "host" else []
    wanted += ["registrar", "network"]
    wanted += ["cdn"] if around.cdn else []
    found: list[Contact] = []
    for desk in wanted:
        looked_up = [contact for contact in around.contacts if contact.desk == desk]
        name = (
            platform if desk == "platform" else {"registrar": around.registrar, "network": around.network}.get(desk, "")
        )
        found += looked_up or [Contact(desk, name=name)]
    found += address_book(dossier.scenario.country)
    if facts.poses and (address := facts.poses[0][2].report_to):
        body = Contact("body", name=facts.poses[0][2].names[0], address=address, source="scenario")
        found += [body] if address not in {contact.address for contact in found} else []
    found += [contact for contact in around.contacts if contact.desk in ("bank", "registry")]
    return tuple(found)


@lru_cache(maxsize=8)
def address_book(country: str) -> tuple[Contact, ...]:
    """The desks of a country that the packaged address book knows; `source` ends with the day they were checked."""
    text = resources.files("prober.reporting").joinpath("contacts.yaml").read_text("utf-8")
    rows: list[dict[str, Any]] = (yaml.safe_load(text) or {}).get(country, [])
    return tuple(
        Contact(
            row["desk"],
            row["name"],
            row["address"],
            row.get("form", ""),
            row["source"],
            row["checked_on"] or NOT_CHECKED,
        )
        for row in rows
    )


def campaign_letters(
    dossiers: tuple[Dossier, ...],
    manner: Callable[[Dossier], Manner],
    now: datetime,
    told: Callable[[Dossier, Contact], datetime | None] = lambda dossier, contact: None,
    live: bool = False,
) -> tuple[tuple[Letter, tuple[str, ...]], ...]:
    """One draft per desk for all cases of one kit that it can act on, each with the ids of those cases.

    The first case speaks for all; the others are listed with their addresses, and each has its xarf.json attached.
    Cases that support no letter, and desks told of a case before, are left out.
    """
    groups: dict[tuple[str, str, str], list[Dossier]] = {}
    by_key: dict[tuple[str, str, str], Contact] = {}
    for dossier in dossiers:
        try:
            _refuse_unsupported(dossier, "report")
        except UsageError:
            continue
        for contact in desks(dossier):
            key = (contact.desk, contact.address, "" if contact.address else contact.name)
            by_key.setdefault(key, contact)
            if told(dossier, contact) is None:
                groups.setdefault(key, []).append(dossier)
    found = []
    for key, members in groups.items():
        first, contact = members[0], by_key[key]
        speaking = manner(first)
        message = _message(first, speaking, contact, now, "report", None, live, tuple(members[1:]))
        shown = tuple(picture for picture, _ in pictures(first, speaking, Gallery(first, speaking)))
        machine = {f"{m.case.id}-{name}": data for m in members for name, data in make_exports(m, ("xarf",)).items()}
        _attach(message, shown, machine, b"", first.case.id)
        name = _file_name(contact) + ".eml"
        letter = Letter(contact.desk, contact.name, contact.address, name, message.as_bytes(policy=SMTP))
        found.append((letter, tuple(member.case.id for member in members)))
    return tuple(found)


def _file_name(contact: Contact) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", (contact.address or contact.name).lower()).strip("-")
    return f"{contact.desk}-{plain or 'unknown'}"


def _message(
    dossier: Dossier,
    manner: Manner,
    contact: Contact,
    now: datetime,
    kind: Kind,
    before: datetime | None,
    live: bool,
    others: tuple[Dossier, ...] = (),
) -> EmailMessage:
    words, case = manner.words, dossier.case
    target = harmless(dossier.facts.host) if live else defang_host(dossier.facts.host)
    judged = case.verdict.verdict if case.verdict else VerdictClass.INCONCLUSIVE
    key = {"withdraw": "subject_withdraw", "again": "subject_again"}.get(kind, "subject")
    key = "subject_look" if key == "subject" and judged is not VerdictClass.FRAUDULENT else key
    message = EmailMessage(policy=SMTP)
    message["Subject"] = words(f"letter.{key}", target=target, report=case.id)
    if contact.address:
        message["To"] = _address(contact)
    if "@" in case.matter.contact:
        name = harmless(case.matter.organisation, 80)
        message["From"] = Address(name, addr_spec=harmless(case.matter.contact, 120))
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(idstring=case.id[-8:], domain="prober.invalid")
    message["X-Unsent"] = "1"
    write = _withdrawal if kind == "withdraw" else _body
    parts = write(dossier, manner, contact, before, live)
    if others:
        parts.insert(-2, words("letter.also") + "\n" + "\n".join(_other(manner, one, live) for one in others))
    message.set_content("\n\n".join(parts) + "\n", charset="utf-8", cte="base64")
    return message


def _other(manner: Manner, dossier: Dossier, live: bool) -> str:
    case = dossier.case
    url = harmless(case.final_url or case.url, 2000) if live else say.page_url(manner, case)
    return f"- {url}, {manner.words.moment(case.started_at)}, {case.id}"


def _address(contact: Contact) -> Address:
    """Raises UsageError for what is no address, since a header must not carry it."""
    if not re.fullmatch(r"[^@\s<>,;:\"]+@[A-Za-z0-9.-]+", contact.address):
        raise UsageError(f"{contact.address[:80]!r} is no e-mail address; correct it in the address book.")
    return Address(harmless(contact.name, 80), addr_spec=contact.address)


def _body(dossier: Dossier, manner: Manner, contact: Contact, before: datetime | None, live: bool) -> list[str]:
    """The paragraphs: the fact, what it is, where, how to see it, what to do."""
    words, case = manner.words, dossier.case
    url = harmless(case.final_url or case.url, 2000) if live else say.page_url(manner, case)
    parts = [words("letter.previous", when=words.day(before))] if before else []
    parts += claims(dossier, manner)
    steps = [f"{number}. {line}" for number, line in enumerate(yourself(dossier, manner), 1)]
    last = max((step.at for step in dossier.facts.steps), default=case.started_at)
    parts.append(
        f"{words('letter.where')}: {url}\n{words('letter.when')}: {words.moment(last, case.environment.timezone)}"
    )
    parts += [words("letter.steps") + ":\n" + "\n".join([*steps, words("yourself_warning")])] if steps else []
    parts.append(f"{words('letter.greeting', desk=_desk(manner, contact))}: {_ask(dossier, manner, contact, live)}")
    parts.append(words("letter.attached"))
    parts += [] if live else [words("letter.live_note")]
    return [*parts, _review_line(dossier, manner), words("letter.foot")]


def claims(dossier: Dossier, manner: Manner) -> list[str]:
    """Only what findings show: the check anyone can make, and whose name is used where that was found."""
    words, pair, facts = manner.words, leading(dossier), dossier.facts
    found = []
    if pair is not None and (value := say.main_value(pair[0])) is not None:
        debt, money, fields = say.claim(manner, pair[1])
        money = "" if varies(dossier) else money  # the reader will see another sum
        typed = say.typed_words(manner, pair[0], dossier.scenario.country)
        why = say.why(manner, value, dossier.scenario)
        if debt:
            found.append(words("letter.fact", typed=typed, why=why, debt=debt, money=money))
        elif fields:
            found.append(words("letter.fact_demand", typed=typed, why=why, fields=fields))
    judged = dossier.case.verdict.verdict if dossier.case.verdict else None
    if judged is VerdictClass.FRAUDULENT and any(d.kind == "card" for _, a in facts.demanded for _, d in a.demands):
        if facts.poses:
            body = facts.poses[0][2]
            found.append(words("letter.kind_posing", body=say.body_name(manner, body), real=defang_host(body.hosts[0])))
        else:
            found.append(words("letter.kind"))
    elif facts.poses:
        found.append(posing(dossier, manner))
    return found


def _ask(dossier: Dossier, manner: Manner, contact: Contact, live: bool) -> str:
    scope, target, _ = act_on(dossier)
    defanged = manner.url(target) if scope == "url" else defang_host(target)
    shown = harmless(target, 2000) if live else defanged
    judged = dossier.case.verdict.verdict if dossier.case.verdict else None
    if judged is not VerdictClass.FRAUDULENT:
        return manner.words("requests.look", target=shown)
    return manner.words(f"letter.asks.{contact.desk}", target=shown)


def _withdrawal(dossier: Dossier, manner: Manner, contact: Contact, before: datetime | None, live: bool) -> list[str]:
    words = manner.words
    target = harmless(dossier.facts.host) if live else defang_host(dossier.facts.host)
    when = words.day(before) if before else ""
    text = words("letter.withdraw", when=when, target=target)
    return [words("letter.greeting", desk=_desk(manner, contact)), text, _review_line(dossier, manner), dossier.case.id]


def _desk(manner: Manner, contact: Contact) -> str:
    desk = manner.words.one("letter.desks", contact.desk)
    return f"{desk} ({manner.say(contact.name, 80)})" if contact.name else desk


def _review_line(dossier: Dossier, manner: Manner) -> str:
    return manner.words("letter.unreviewed") if dossier.review is None else reviewed(dossier, manner)


def _attach(
    message: EmailMessage, shown: tuple[Picture, ...], machine: dict[str, bytes], pdf: bytes, case: str
) -> None:
    if pdf:
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename=f"{case}.pdf")
    for picture in shown:
        message.add_attachment(picture.data, maintype="image", subtype="jpeg", filename=f"{picture.exhibit}.jpg")
    for name, data in machine.items():
        message.add_attachment(data, maintype="application", subtype="json", filename=name)
