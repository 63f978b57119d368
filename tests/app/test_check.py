"""From an address as people give it to a case: what only a whole check shows."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from prober.app.check import CheckOptions, check
from prober.app.intake import admit
from prober.browser.engine import Engine
from prober.errors import StoreError, SuspectRefused, UsageError
from prober.store.folder import CaseFolder


@pytest.fixture
def silent() -> str:
    """HOST:PORT at which nobody listens."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return f"suspect.localhost:{place.getsockname()[1]}"


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "asked"), [("", ["http", "https"]), ("http://", ["http"]), ("https://", ["https"])])
async def test_an_address_without_a_scheme_is_tried_with_both(
    engine: Engine, tmp_path: Path, silent: str, scheme: str, asked: list[str]
) -> None:
    case = await check(scheme + silent, CheckOptions(output=tmp_path, allow_private=True, seed=1), engine)
    assert [probe.steps[0].url.split(":")[0] for probe in case.probes] == asked
    assert case.verdict is not None
    assert (case.verdict.verdict, case.verdict.obstacle) == ("inconclusive", "unreachable")
    assert case.url.startswith(asked[-1] + ":")


@pytest.mark.parametrize(
    ("given", "pap", "error"),
    [
        ("not a url", "CLEAR", UsageError),
        ("ftp://suspect.example/", "CLEAR", SuspectRefused),
        ("egov.kz", "CLEAR", SuspectRefused),
        ("http://10.0.0.1/", "CLEAR", SuspectRefused),
        ("https://suspect.example/", "RED", SuspectRefused),
        ("https://suspect.example/", "AMBER", SuspectRefused),
    ],
)
def test_what_may_not_be_probed_is_refused_before_anything_starts(given: str, pap: str, error: type) -> None:
    with pytest.raises(error):
        admit(given, pap=pap)


def test_a_folder_that_cannot_be_written_is_told_beforehand_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(StoreError, match="Could not make a case folder"):
        CaseFolder.refuse_unwritable(file / "below")
    CaseFolder.refuse_unwritable(tmp_path / "new" / "deep")
    assert list(tmp_path.iterdir()) == [file]
