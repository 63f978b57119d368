"""What is made unreadable on the pictures of a report."""

from __future__ import annotations

import pytest

from prober.models.page import Box, Control, Snapshot
from prober.reporting.dossier import Manner
from prober.reporting.messages import Words
from prober.reporting.pictures import Gallery
from tests.factories_case import dossier_of, fraudulent

FIELD = Box(x=10, y=20, width=200, height=30)


def field(value, **more):
    return Control(ref="c5", order=5, kind="text", tag="input", value=value, box=FIELD, **more)


def blurred(tmp_path, control, **manner):
    case, folder = fraudulent(tmp_path)
    step = case.probes[0].steps[0]
    shown = Snapshot(url=step.url, controls=(control,))
    step = step.model_copy(update={"snapshot": folder.keep_snapshot(shown)})
    dossier = dossier_of(case, folder)
    return Gallery(dossier, Manner(Words("en"), ours=dossier.ours, **manner))._strangers(step)


@pytest.mark.parametrize("value", ["Серик А.", "123ABC02", "+7 777 123"])
def test_what_the_page_filled_in_is_unreadable_for_the_recipient(tmp_path, value):
    assert blurred(tmp_path, field(value)) == (FIELD,)


@pytest.mark.parametrize("value", ["961120612736", "9611 2061 2736", "9611", "", "KZ"])
def test_what_we_typed_stays_readable_also_in_parts(tmp_path, value):
    assert blurred(tmp_path, field(value)) == ()


def test_our_own_edition_and_secrets_on_demand_show_it(tmp_path):
    assert blurred(tmp_path, field("Серик А."), edition="internal") == ()
    assert blurred(tmp_path, field("Серик А."), include_secrets=True) == ()
