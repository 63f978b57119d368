"""Device profiles, without a browser."""

from __future__ import annotations

import pytest

from prober.browser.context import accept_language
from prober.browser.profiles import brands, profile, profiles
from prober.errors import UsageError


@pytest.mark.parametrize(
    ("major", "listed"),
    # As Chrome of these versions sent it.
    [("120", '"Not_A Brand";v="8", "Chromium";v="120", "Google Chrome";v="120"'),
     ("124", '"Chromium";v="124", "Google Chrome";v="124", "Not-A.Brand";v="99"'),
     ("131", '"Google Chrome";v="131", "Chromium";v="131", "Not_A Brand";v="24"')],
)  # fmt: skip
def test_brands_are_chromes(major: str, listed: str) -> None:
    assert profile("phone").hint_headers(f"{major}.0.1.2")["sec-ch-ua"] == listed
    assert {entry["version"] for entry in brands(major, f"{major}.0.1.2", full=True)} >= {f"{major}.0.1.2"}


def test_agent_and_hints_agree() -> None:
    for device in profiles().values():
        agent = device.user_agent("156.0.8078.79")
        assert "Chrome/156.0.0.0" in agent and "Headless" not in agent
        assert ("Mobile" in agent) == device.mobile == (device.touch_points > 0)
        assert device.metadata("156.0.8078.79")["mobile"] is device.mobile
        assert device.hints.platform in agent


def test_an_unknown_profile_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="phone, desktop"):
        profile("fridge")


def test_accept_language_is_written_as_chrome_writes_it() -> None:
    assert accept_language(("ru-KZ", "ru", "kk", "en")) == "ru-KZ,ru;q=0.9,kk;q=0.8,en;q=0.7"
    assert accept_language(tuple("abcdefghijkl")).endswith("j;q=0.1,k;q=0.1,l;q=0.1")
