"""What a finding says of the answers that it rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from prober.reporting.messages import Words
from prober.reporting.sentences import Manner, finding_words
from tests.factories_case import dossier_of, fraudulent


@pytest.mark.parametrize(
    ("sums", "told"),
    [
        (("19 660 ₸", "19 660 ₸"), "a fine of 19 660 ₸ for"),
        (("13 025 ₸", "17 950 ₸"), "a fine of 13 025 ₸ and 17 950 ₸"),
    ],
)
def test_each_sum_that_was_claimed_is_told_once(tmp_path: Path, sums: tuple[str, str], told: str) -> None:
    case, folder = fraudulent(tmp_path, sums=sums)
    assert case.verdict is not None
    finding = next(f for f in case.verdict.findings if f.rule == "debt_for_nobody")
    said = finding_words(Manner(Words("en")), finding, dossier_of(case, folder))
    assert told in said.replace("\N{NO-BREAK SPACE}", " ")
