"""Tests of case ids."""

import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from prober.store.naming import ascii_host, case_id

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_hosts_are_ascii():
    assert ascii_host("https://Elik.GOV.kz.check.top:8080/x") == "elik.gov.kz.check.top"
    assert ascii_host("http://штраф.рф/") == "xn--80a5afkq.xn--p1ai"
    assert ascii_host("http://[::1]:80/") == "1"
    assert ascii_host("") == "nohost"


@given(st.text(max_size=300))
def test_an_id_is_always_a_safe_file_name(text):
    for url in (text, f"http://{text}/"):
        name = case_id(url, AT)
        assert re.fullmatch(r"20260102T030405Z-[a-z0-9][a-z0-9.-]*-[0-9a-f]{8}", name)
        assert ".." not in name and len(name) < 100
