"""Stored events as the live page says them."""

from __future__ import annotations

import json

import pytest

from prober.models.events import StepTaken
from prober.store.folder import to_json
from prober.web.live import moment_of
from prober.web.submissions import Told
from tests.factories_case import fraudulent


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_each_step_of_a_case_is_said(tmp_path, lang):
    case, _ = fraudulent(tmp_path)
    for probe in case.probes:
        for step in probe.steps:
            event = StepTaken(case_id=case.id, probe=probe.name, step=step, sentence="")
            told = Told(number=1, at=step.at, event="step_taken", data=json.loads(to_json(event)))
            moment = moment_of(told, lang)
            assert moment["kind"] == "step" and moment["probe"] == probe.name and moment["url"].startswith("hXXp")
