"""What a snapshot means."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from prober.models.base import Noun
from prober.models.page import Box

# Field purposes. The identity's value kinds carry the same names where one answers the other.
PURPOSES = (
    "plate", "plate_number", "plate_series", "plate_region", "personal_id", "protocol", "vehicle_certificate",
    "document_number", "document_date", "document_series", "vin", "driver_license", "tracking", "account",
    "phone", "email", "name", "name_given", "name_family", "name_additional",
    "address", "city", "region", "postcode", "country", "birth_date", "birth_day", "birth_month", "birth_year",
    "otp", "captcha", "arithmetic", "username", "password", "search", "amount", "consent",
    "card_number", "card_expiry", "card_month", "card_year", "card_code", "card_holder", "card_pin", "card_type",
    "gift_card", "loyalty_card", "iban", "comment", "quantity", "unknown",
)  # fmt: skip


class FieldReading(Noun):
    """What a control wants. `reasons` are the cues, strongest first, e.g. 'autocomplete=cc-number'.

    Boxes that together take one value (split inputs) share `group`; `part` is the place in it, from 0.
    """

    ref: str
    purpose: str
    confidence: float  # 0-1
    reasons: tuple[str, ...] = ()
    group: str = ""
    part: int | None = None
    usable: bool = True  # visible, enabled, not read-only


class Amount(Noun):
    value: Decimal
    currency: str = ""  # ISO 4217, '' when only a label says that it is money
    text: str  # as on the page


class Accusation(Noun):
    """The page says that a debt exists: never negated, never a tariff, price, example or news as far as the page tells."""

    debt: str  # 'traffic_fine', 'toll', 'parking', 'parcel_fee', 'tax', 'debt'
    quote: str
    amount: Amount | None = None
    case_number: str = ""
    blocks: tuple[int, ...] = ()
    box: Box | None = None
    reasons: tuple[str, ...] = ()


class Refusal(Noun):
    """The page says no: the value is malformed ('invalid'), nothing is on record ('not_found'), or it failed ('error')."""

    kind: Literal["invalid", "not_found", "error"]
    quote: str
    blocks: tuple[int, ...] = ()
    ref: str = ""  # the control it stands at, '' for the whole page


class Demand(Noun):
    """The page asks for money in a way that a victim could follow at once."""

    kind: Literal["card", "transfer", "qr", "crypto", "wallet", "app"]
    quote: str
    refs: tuple[str, ...] = ()  # the card fields
    frame: int = 0
    frame_url: str = ""  # where the card fields live, for 'own origin' against a gateway
    amount: Amount | None = None
    blocks: tuple[int, ...] = ()
    box: Box | None = None
    reasons: tuple[str, ...] = ()


class Offer(Noun):
    """Money that is no debt: speaks for the site."""

    kind: Literal[
        "price", "top_up", "prepayment", "insurance", "report", "donation", "subscription", "service_fee", "free_amount"
    ]
    quote: str
    amount: Amount | None = None
    blocks: tuple[int, ...] = ()


class Pretext(Noun):
    """A reason to give card details that is no debt: money to receive, a check of the person, a delivery."""

    kind: Literal["refund", "verification", "delivery"]
    quote: str
    amount: Amount | None = None
    blocks: tuple[int, ...] = ()


class Wall(Noun):
    kind: Literal[
        "login", "captcha", "blocked", "maintenance", "error_page", "parked", "gone", "rate_limit", "geo", "empty"
    ]
    quote: str
    blocks: tuple[int, ...] = ()


class Waiting(Noun):
    """The page says that it works on it, e.g. 'searching the database'; `seconds` when it counts down."""

    quote: str
    seconds: float | None = None


class Pose(Noun):
    """The page uses the name of an official body. Whether the host is that body's is for the verdict to say."""

    body: str  # Body.key
    quote: str
    how: Literal["name", "title", "logo", "footer", "host"]
    blocks: tuple[int, ...] = ()


class Label(Noun):
    """The page calls itself something that matters to the verdict."""

    kind: Literal["demo", "training", "news", "faq", "calculator", "test_mode", "shop"]
    quote: str


ButtonRole = Literal[
    "submit", "pay", "next", "menu", "cookie", "human", "language", "tab", "back", "login", "close", "result",
    "resend", "agree", "download", "app", "help", "reset", "unknown",
]  # fmt: skip


class ButtonReading(Noun):
    """What pressing a control would do; several roles are possible, best first by `score` (0-1)."""

    ref: str
    role: ButtonRole
    score: float
    reasons: tuple[str, ...] = ()


class Arithmetic(Noun):
    """A sum that the page asks to prove humanity, e.g. '7 + 5 ='."""

    ref: str
    question: str
    answer: str


class Echo(Noun):
    """A text that repeats a typed value; set by comparing with the identity, never by itself evidence."""

    value_kind: str
    quote: str


class Reading(Noun):
    """The whole meaning of one snapshot. Order inside each tuple: most certain first."""

    language: str = ""
    fields: tuple[FieldReading, ...] = ()
    buttons: tuple[ButtonReading, ...] = ()
    accusations: tuple[Accusation, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    demands: tuple[Demand, ...] = ()
    offers: tuple[Offer, ...] = ()
    pretexts: tuple[Pretext, ...] = ()
    walls: tuple[Wall, ...] = ()
    waits: tuple[Waiting, ...] = ()
    poses: tuple[Pose, ...] = ()
    labels: tuple[Label, ...] = ()
    arithmetic: tuple[Arithmetic, ...] = ()
    amounts: tuple[Amount, ...] = ()  # every visible amount, debt or not
    picture_text_matters: bool = False  # little readable text, much picture: OCR could decide

    def field(self, ref: str) -> FieldReading | None:
        return next((f for f in self.fields if f.ref == ref), None)

    def with_purpose(self, *purposes: str) -> tuple[FieldReading, ...]:
        return tuple(f for f in self.fields if f.purpose in purposes)

    def with_role(self, *roles: str) -> tuple[ButtonReading, ...]:
        return tuple(b for b in self.buttons if b.role in roles)
