"""A calculator of fines: the visitor chooses a violation, the page multiplies; a plate field is only for a print-out."""

from __future__ import annotations

from starlette.applications import Starlette

from prober.lab.site import Site
from prober.lab.views import app, get, show


def build() -> Starlette:
    return app(get("/", show("fine-memo", "form")))


SITE = Site(
    name="fine-memo",
    kind="honest",
    title="Калькулятор штрафов 2026",
    about="Computes the fine of a violation that the visitor chooses; the plate is printed on a memo, nothing is looked up.",
    languages=("ru",),
    techniques=("calculator", "fine and sum after a submission", "plate echoed beside a sum"),
    expect=("inconclusive", "no_fraud_found"),
    build=build,
)
