"""Demands to pay by other ways than a card: transfer to a person, QR, crypto, a wallet, an app to install."""

from __future__ import annotations

import re

from prober.models.reading import Amount, Demand
from prober.reading.view import Line, View

_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])")
_CARD = re.compile(r"(?<!\d)(?:[2-6]\d{3})(?:[ -]?\d{4}){3}(?!\d)")
_PHONE = re.compile(
    r"(?<!\d)(?:\+?7|8)[ (-]{0,2}\d{3}[ )-]{0,2}\d{3}[ -]?\d{2}[ -]?\d{2}(?!\d)|\+\d{1,3}[ (-]?\d[\d ()-]{6,14}\d"
)
_WALLET = re.compile(
    r"(?<![A-Za-z0-9])(?:bc1[a-z0-9]{25,62}|[13][A-HJ-NP-Za-km-z1-9]{25,34}|0x[0-9a-fA-F]{40}|T[A-HJ-NP-Za-km-z1-9]{33})(?![A-Za-z0-9])"
)


def find_payment_demands(view: View) -> tuple[Demand, ...]:
    """Each kind once, most certain first. A mention in the footer ('we accept Apple Pay') is no demand."""
    if not any(line.has("pay", "due", "transfer", "qr", "crypto") or line.block.source == "qr" for line in view.lines):
        return ()
    found = [_transfer(view), _crypto(view), _qr(view), _app(view), _wallet(view)]
    return tuple(d for d in found if d)


def _amount_near(view: View, line: Line) -> Amount | None:
    sums = [f.amount for o in view.near(line, 8, 6) for f in o.sums if f.amount.value > 0]
    return sums[0] if sums else None


def _demand(view: View, kind: str, line: Line, *reasons: str) -> Demand:
    return Demand.model_validate(
        {
            "kind": kind, "quote": line.quote, "frame": line.block.frame, "blocks": (line.id,), "reasons": reasons,
            "amount": _amount_near(view, line), "box": line.block.box if line.block.box.area else None,
        }
    )  # fmt: skip


def _transfer(view: View) -> Demand | None:
    """An account, card or phone number to send money to, named beside an order to transfer."""
    for line in view.lines:
        if not line.has("transfer") or line.has("news", "warning", "faq", "if"):
            continue
        for other in view.near(line, 2, 4):
            number = _CARD.search(other.text) or _IBAN.search(other.text) or _PHONE.search(other.text)
            if number and not _is_contact(other):
                return _demand(view, "transfer", line, f"transfer to {number.group()}")
    return None


def _is_contact(line: Line) -> bool:
    return line.has("help") and not line.has("transfer")


def _crypto(view: View) -> Demand | None:
    for line in view.lines:
        address = _WALLET.search(line.text)
        if address and any(o.has("crypto", "pay", "transfer") for o in view.near(line, 4, 3)):
            return _demand(view, "crypto", line, f"address {address.group()}")
    return None


def _qr(view: View) -> Demand | None:
    for line in view.lines:
        if line.block.source == "qr" and any(o.has("pay", "due", "qr", "transfer") for o in view.lines):
            return _demand(view, "qr", line, "a QR code on the page")
    for line in view.lines:
        if (
            line.has("qr")
            and line.has("pay", "due")
            and not line.has("if", "faq", "news", "warning")
            and _picture(view, line)
        ):
            return _demand(view, "qr", line, "an order to pay by QR code beside a picture")
    return None


def _picture(view: View, line: Line) -> bool:
    """A square picture of a QR code's size close to the line."""
    for image in view.snapshot.images:
        box = image.box
        square = image.visible and 80 <= box.width <= 600 and 0.8 <= box.height / max(box.width, 1) <= 1.25
        if square and (not line.block.box.area or abs(box.centre[1] - line.block.box.centre[1]) < 500):
            return True
    return False


def _app(view: View) -> Demand | None:
    for line in view.lines:
        if line.is_action and line.has("app"):
            control = view.control(line.block.control)
            if control and control.href.split("?")[0].casefold().endswith(".apk"):
                return _demand(view, "app", line, "an Android package to install")
            if line.has("pay"):
                return _demand(view, "app", line, "paying needs an app to install")
    return None


def _wallet(view: View) -> Demand | None:
    """A button that pays by wallet on a page that names a sum."""
    for line in view.lines:
        if line.is_action and line.has("wallet") and _amount_near(view, line) and not line.has("if", "faq"):
            return _demand(view, "wallet", line, "a button of a wallet")
    return None
