"""Labels in fifty languages, as forms of the world word them, lead to the kind of field that they name."""

from __future__ import annotations

from pathlib import Path

import yaml

from prober.reading.cues import cue_book

TABLE = yaml.load((Path(__file__).parent / "phrases.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
SAME = {"card_month": "card_expiry", "card_year": "card_expiry"}


def kind(text: str, language: str) -> str:
    """The measured kind of the best cue, or of the format, that a label holds."""
    book = cue_book()
    sights = book.in_text(text, frozenset({language}))
    purpose = sights[0].cue.purpose if sights else next((p for p, _ in book.in_shape(text)), "")
    return "name" if purpose.startswith("name") else SAME.get(purpose, purpose)


def test_labels_in_many_languages_name_their_kind() -> None:
    wrong = {
        f"{language}: {label}"
        for wanted, by_language in TABLE["phrases"].items()
        for language, labels in by_language.items()
        for label in labels
        if kind(label, language) != wanted
    }
    assert wrong == set(TABLE["misses"])
