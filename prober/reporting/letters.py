"""Takedown letters: one draft per desk as .eml, with the fact that anyone can check in its first lines; never sent from here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Literal

from prober.errors import UsageError
from prober.models.case import VerdictClass
from prober.reporting import sentences as say
from prober.reporting.desks import desks
from prober.reporting.dossier import Contact, Dossier, Manner, act_on, scope_of
from prober.reporting.exports.make import FOR_HOSTS, make_exports
from prober.reporting.messages import Words
from prober.reporting.page_one import leading, pictures, posing, reviewed, varies, yourself
from prober.reporting.pictures import Gallery, Picture
from prober.reporting.technical import seen, targets
from prober.reporting.text import defang_host, harmless

Kind = Literal["report", "again", "withdraw"]


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
    known: tuple[Contact, ...] = (),
) -> tuple[Letter, ...]:
    """One draft for each desk that can act.

    told: when a desk was first told of this case, None when it was not; 'again' and 'withdraw' go only to those
    who were, 'report' only to those who were not. live: write addresses as they are instead of defanged.
    known: desks of the trail; one that is no longer looked up hears of a reminder and of a withdrawal all the same.

    Raises:
        UsageError: the verdict does not support a letter, or a person has rejected it.
    """
    refuse_unsupported(dossier, kind)
    enclosed = enclosures((dossier,), lambda _: manner, pdf) if kind != "withdraw" else Enclosures()
    found = []
    for contact in addressed(dossier, kind, told, known):
        text = Text(kind, now, told(contact), live, enclosed)
        found.append(letter(dossier, manner, contact, text))
    return tuple(found)


def addressed(
    dossier: Dossier, kind: Kind, told: Callable[[Contact], datetime | None], known: tuple[Contact, ...] = ()
) -> tuple[Contact, ...]:
    """The desks that a letter of this kind goes to; each address once."""
    own = desks(dossier)
    there = {contact.address for contact in own}
    every = (*own, *(contact for contact in known if contact.address not in there))
    return tuple(contact for contact in every if (told(contact) is None) == (kind == "report"))


def refuse_unsupported(dossier: Dossier, kind: Kind) -> None:
    verdict = dossier.case.verdict
    if kind == "withdraw":
        return
    if verdict is None or verdict.verdict not in (VerdictClass.FRAUDULENT, VerdictClass.SUSPICIOUS):
        raise UsageError(f"{dossier.case.id} found no fraud, so there is nothing to report to anyone.")
    if dossier.review is not None and dossier.review.decision == "rejected":
        raise UsageError(f"{dossier.case.id} was rejected by {dossier.review.reviewer}; withdraw it instead.")


@dataclass(frozen=True)
class Enclosures:
    """What goes with a letter: the report, the pictures, the machine forms by file name."""

    pdf: bytes = b""
    pictures: tuple[Picture, ...] = ()
    machine: dict[str, bytes] = field(default_factory=dict)

    def for_desk(self, desk: str) -> Enclosures:
        """Without the form that only hosts act on, where the desk is none."""
        host = desk in ("network", "cdn", "platform")
        return replace(self, machine={n: d for n, d in self.machine.items() if host or not n.endswith(FOR_HOSTS)})


@dataclass(frozen=True)
class Text:
    """What a letter says beside its case: kind, moment, when the desk was first told, live addresses, enclosures.

    others: further cases of the same kit that the letter is for.
    """

    kind: Kind
    now: datetime
    before: datetime | None
    live: bool
    enclosed: Enclosures
    others: tuple[Dossier, ...] = ()


def enclosures(dossiers: tuple[Dossier, ...], manner: Callable[[Dossier], Manner], pdf: bytes) -> Enclosures:
    """The first case's report and pictures, and every case's machine form."""
    first = dossiers[0]
    speaking = manner(first)
    shown = tuple(picture for picture, _ in pictures(first, speaking, Gallery(first, speaking)))
    machine: dict[str, bytes] = {}
    for dossier in dossiers:
        prefix = f"{dossier.case.id}-" if len(dossiers) > 1 else ""
        made = make_exports(dossier, ("xarf",), speaking.include_secrets)
        machine |= {f"{prefix}{name}": data for name, data in made.items()}
    return Enclosures(pdf, shown, machine)


def letter(dossier: Dossier, manner: Manner, contact: Contact, text: Text) -> Letter:
    """One draft."""
    text = replace(text, enclosed=text.enclosed.for_desk(contact.desk))
    message = _message(dossier, manner, contact, text)
    _attach(message, text.enclosed, dossier.case.id)
    suffix = "" if text.kind == "report" else f"-{text.kind}-{text.now:%Y%m%d}"
    file = f"{_file_name(contact)}{suffix}.eml"
    return Letter(contact.desk, contact.name, contact.address, file, message.as_bytes(policy=SMTP))


def _file_name(contact: Contact) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", (contact.address or contact.name).lower()).strip("-")
    return f"{contact.desk}-{plain or 'unknown'}"


def _message(dossier: Dossier, manner: Manner, contact: Contact, text: Text) -> EmailMessage:
    words, case = manner.words, dossier.case
    target = harmless(dossier.facts.host) if text.live else defang_host(dossier.facts.host)
    judged = case.verdict.verdict if case.verdict else VerdictClass.INCONCLUSIVE
    key = {"withdraw": "subject_withdraw", "again": "subject_again"}.get(text.kind, "subject")
    key = "subject_look" if key == "subject" and judged is not VerdictClass.FRAUDULENT else key
    key = f"{key}_campaign" if key == "subject" and text.others else key
    message = EmailMessage(policy=SMTP)
    count = len(text.others) + 1
    message["Subject"] = words(f"letter.{key}", target=target, report=case.id, count=count, more=count - 1)
    if contact.address:
        message["To"] = _address(contact)
    if "@" in case.matter.contact:
        name = harmless(case.matter.organisation, 80)
        message["From"] = Address(name, addr_spec=harmless(case.matter.contact, 120))
    message["Date"] = format_datetime(text.now)
    message["Message-ID"] = make_msgid(idstring=case.id[-8:], domain="prober.invalid")
    message["X-Unsent"] = "1"
    parts = (_withdrawal if text.kind == "withdraw" else _body)(dossier, manner, contact, text)
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


def _body(dossier: Dossier, manner: Manner, contact: Contact, text: Text) -> list[str]:
    """The paragraphs: the fact, what it is, where, how to see it, what to do, what is enclosed."""
    words, case = manner.words, dossier.case
    url = harmless(case.final_url or case.url, 2000) if text.live else say.page_url(manner, case)
    parts = [words("letter.previous", when=words.day(text.before))] if text.before else []
    parts += claims(dossier, manner)
    last = max((step.at for step in dossier.facts.steps), default=case.started_at)
    seen_at = words.moment(last, case.environment.timezone)
    parts.append(f"{words('letter.where')}: {url}\n{words('letter.when')}: {seen_at}")
    steps = [f"{number}. {line}" for number, line in enumerate(yourself(dossier, manner), 1)]
    parts += [words("letter.steps") + "\n" + "\n".join([*steps, words("yourself_warning")])] if steps else []
    if text.others:
        listed = (_other(manner, one, text.live) for one in text.others)
        parts.append(words("letter.also") + "\n" + "\n".join(listed))
    parts += _money_trail(dossier, manner, text.live) if contact.desk == "bank" else []
    parts.append(
        f"{words('letter.greeting', desk=_desk(manner, contact))}: {_ask(dossier, manner, contact, text.live)}"
    )
    parts += _enclosed(words, text)
    return [*parts, _review_line(dossier, manner), *_sender(dossier, manner), words("letter.foot")]


def _money_trail(dossier: Dossier, manner: Manner, live: bool) -> list[str]:
    """For banks: where typed card details would have gone, and which payment hosts the page led to."""
    sent = targets(seen(dossier))[:6]
    shown = [harmless(url, 400) if live else manner.url(url, 160) for url in sent]
    exits = dict.fromkeys(host for step in dossier.facts.steps for host in step.exits)
    hosts = [harmless(host) if live else defang_host(host) for host in exits][:6]
    words = manner.words
    parts = [words("letter.money_targets", targets=", ".join(shown))] if shown else []
    return [*parts, *([words("letter.money_hosts", hosts=", ".join(hosts))] if hosts else [])]


def _enclosed(words: Words, text: Text) -> list[str]:
    """What is attached, and how addresses are written; nothing is promised that is not there."""
    enclosed = text.enclosed
    things = [words("letter.enclosed.pdf")] if enclosed.pdf else []
    if enclosed.pictures:
        names = words.listed(f"{picture.exhibit}.jpg" for picture in enclosed.pictures)
        things.append(words("letter.enclosed.pictures", names=names))
    things += [words("letter.enclosed.xarf", names=words.listed(enclosed.machine))] if enclosed.machine else []
    attached = [words("letter.attached", things=words.listed(things))] if things else []
    return attached if text.live else [*attached, words("letter.live_note")]


def _sender(dossier: Dossier, manner: Manner) -> list[str]:
    """On whose behalf, as far as it is stated."""
    matter, words = dossier.case.matter, manner.words
    named = (
        ("strip.organisation", matter.organisation), ("strip.operator", matter.role), ("strip.matter", matter.number),
        ("observation.legal_basis", matter.legal_basis), ("TLP", matter.tlp), ("PAP", matter.pap),
    )  # fmt: skip
    lines = [f"{words(key) if '.' in key else key}: {manner.say(value, 160)}" for key, value in named if value]
    return ["\n".join([*lines, f"{words('strip.report')}: {dossier.case.id}"])]


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
    if contact.desk in ("registrar", "registry") and scope == "url":
        domain = scope_of(dossier.facts.host)[1]
        return manner.words("letter.asks.page_of_domain", target=harmless(domain) if live else defang_host(domain))
    return manner.words(f"letter.asks.{contact.desk}", target=shown)


def _withdrawal(dossier: Dossier, manner: Manner, contact: Contact, text: Text) -> list[str]:
    words = manner.words
    target = harmless(dossier.facts.host) if text.live else defang_host(dossier.facts.host)
    when = words.day(text.before) if text.before else ""
    sentence = words("letter.withdraw", when=when, target=target)
    last = [_review_line(dossier, manner), *_sender(dossier, manner)]
    return [words("letter.greeting", desk=_desk(manner, contact)), sentence, *last]


def _desk(manner: Manner, contact: Contact) -> str:
    desk = manner.words.one("letter.desks", contact.desk)
    return f"{desk} ({manner.say(contact.name, 80)})" if contact.name else desk


def _review_line(dossier: Dossier, manner: Manner) -> str:
    return manner.words("letter.unreviewed") if dossier.review is None else reviewed(dossier, manner)


def _attach(message: EmailMessage, enclosed: Enclosures, case: str) -> None:
    if enclosed.pdf:
        message.add_attachment(enclosed.pdf, maintype="application", subtype="pdf", filename=f"{case}.pdf")
    for picture in enclosed.pictures:
        message.add_attachment(picture.data, maintype="image", subtype="jpeg", filename=f"{picture.exhibit}.jpg")
    for name, data in enclosed.machine.items():
        message.add_attachment(data, maintype="application", subtype="json", filename=name)
