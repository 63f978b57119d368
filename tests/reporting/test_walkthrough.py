"""The steps that a reader is asked to repeat."""

import pytest

from prober.models.action import Choose, Click, Fill, Press, Wait
from prober.reporting.dossier import Manner
from prober.reporting.messages import LANGUAGES, Words
from prober.reporting.page_one import leading, yourself
from prober.reporting.sentences import is_source_name
from tests.factories_case import dossier_of, fraudulent


def steps(tmp_path, *before, label="ИИН", lang="en"):
    """The walkthrough of a case whose first step did `before`, then typed and searched."""
    case, folder = fraudulent(tmp_path)
    probe, _ = leading(dossier_of(case, folder))
    value = probe.typed["personal_id"]
    first = probe.steps[0]
    fill = Fill(ref="c1", text=value, value_kind="personal_id", purpose="personal_id", label=label)
    actions = (*before, fill, Click(ref="c2", label="Найти", why="submit"))
    changed = first.model_copy(update={"actions": actions, "outcomes": ()})
    probes = tuple(
        p.model_copy(update={"steps": (changed, *p.steps[1:])}) if p.name == probe.name else p for p in case.probes
    )
    dossier = dossier_of(case.model_copy(update={"probes": probes}), folder)
    return yourself(dossier, Manner(Words(lang), ours=dossier.ours)), value


def test_every_step_on_the_way_is_told_and_where_to_stop(tmp_path):
    way = (Click(ref="m", label="Транспорт", why="menu"), Choose(ref="o", value="1", label="Регион"), Wait(seconds=1))
    lines, value = steps(tmp_path, *way)
    assert lines[0].startswith("With a phone (Android, Chrome)") and "hXXps://elik-shtraf[.]example/" in lines[0]
    assert lines[1:5] == [
        "Press “Транспорт”", "Choose any option in “Регион”", f"Type {value} into “ИИН”", "Press “Найти”",
    ]  # fmt: skip
    assert lines[5].startswith("Expected: a fine of 19") and lines[-1].endswith("Stop there")


def test_what_nobody_sees_is_not_told(tmp_path):
    lines, value = steps(tmp_path, Click(ref="k", label="OK", why="cookie"), label="iin_number")
    assert lines[1] == f"Type {value} into the field for the IIN" and "OK" not in " ".join(lines)


def test_buttons_without_a_name_and_keys(tmp_path):
    lines, _ = steps(tmp_path, Click(ref="k", label="", why="continue"), Press(ref="k", key="Enter"))
    assert lines[1:3] == ["Press the button", "Press Enter"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_words_for_each_kind_of_step(tmp_path, lang):
    ways = (
        Click(ref="k", label="", why="continue"),
        Press(ref="k", key="Enter"),
        Choose(ref="o", value="1", label="Регион"),
    )
    lines, _ = steps(tmp_path, *ways, Fill(ref="n", text="x", label="Имя", purpose="name"), label="iin", lang=lang)
    assert len(lines) >= 8 and all(lines)


@pytest.mark.parametrize(("label", "source"), [
    ("iin", True), ("card_no", True), ("plateNumber", True), ("car[plate]", True), ("ИИН", False), ("IIN", False),
    ("Your plate", False), ("", False), ("Госномер", False),
])  # fmt: skip
def test_names_from_the_source_are_known(label, source):
    assert is_source_name(label) is source
