"""`prober judge`: today's rules on a stored case."""

from __future__ import annotations

import json
from pathlib import Path

from prober.app.judging import judge_folder
from prober.app.result import EXIT_CODES, as_json
from prober.cli.faults import told
from prober.cli.show import Show


def run_judge(path: Path, *, as_json: bool, reread: bool) -> int:
    """Returns the exit status of the verdict."""
    return _run(path, json_wanted=as_json, reread=reread)


def _run(path: Path, *, json_wanted: bool, reread: bool) -> int:
    with told(as_json=json_wanted):
        case, verdict = judge_folder(path, reread=reread)
    sealed = case.verdict
    judged = case.model_copy(update={"verdict": verdict})
    if json_wanted:
        print(json.dumps(as_json(judged, str(path)), ensure_ascii=False))
    else:
        show = Show()
        if sealed is not None and sealed.verdict is not verdict.verdict:
            show.notice(f"the sealed verdict (rules {sealed.rules}) was {sealed.verdict.value}")
        show.verdict(judged, str(path))
    return EXIT_CODES[verdict.verdict]
