"""Which hosts and addresses are refused."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prober.guard.policy import is_localhost, literal, refuse_address, refuse_host

LOOPBACK = [
    "127.0.0.1", "127.255.255.254", "127.1", "127.0.1", "0x7f.1", "0x7f000001", "017700000001", "2130706433",
    "0177.0.0.1", "0x7F.0.0.0x1", "[::1]", "::1", "[::ffff:127.0.0.1]", "::ffff:7f00:1", "127.0.0.1.", "localhost",
    "LOCALHOST.", "a.localhost", "a.b.localhost", "localhost.localdomain",
]  # fmt: skip
PRIVATE = [
    "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.1.1", "169.254.169.254", "2852039166",
    "0xa9fea9fe", "100.64.0.1", "100.127.255.255", "100.100.100.200", "168.63.129.16", "0.0.0.0", "0", "0.1.2.3",
    "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255", "[::]", "[fe80::1]", "[fe80::1%25eth0]", "[fc00::1]", "[fd12:3456::1]",
    "[fd00:ec2::254]", "[ff02::1]", "[fec0::1]", "[::ffff:10.0.0.1]", "[::ffff:a9fe:a9fe]", "[::10.0.0.1]",
    "[64:ff9b::10.0.0.1]", "[64:ff9b:1::1]", "[2002:a00:1::]", "[2002:808:808::1]", "[2001:0:1::1]", "[2001:db8::1]",
    "[2a00:1450::5efe:a00:1]", "[4000::1]", "[100::1]",
]  # fmt: skip
LOCAL_NAMES = [
    "printer", "intranet", "metadata.google.internal", "nas.local", "x.home.arpa", "router.lan", "db.corp",
    "facebookcorewwwi.onion", "1.0.0.127.in-addr.arpa",
]  # fmt: skip
BROKEN = ["", ".", "a..b", "-", "1.2.3.4.5", "256.1.1.1", "1.2.3.256", "099.1.1.1", "0x", "a b.com", "a/b.com",
          "x" * 64 + ".com", "a." * 130 + "com", "[::1", "[zz::1]", "١.2.3.4"]  # fmt: skip
PUBLIC = [
    "egov-kz.example", "evil.top", "штраф.рф", "xn--80a5afkq.xn--p1ai", "8.8.8.8", "1.1", "[2a00:1450:4001::1]",
    "[::ffff:8.8.8.8]", "[64:ff9b::8.8.8.8]", "under_score.evil.top", "localhost.evil.top", "10.0.0.1.evil.top",
    "0x7f.evil.top", "evil.top.",
]  # fmt: skip


@pytest.mark.parametrize("host", LOOPBACK + PRIVATE + LOCAL_NAMES + BROKEN)
def test_refused(host: str) -> None:
    assert refuse_host(host), host


@pytest.mark.parametrize("host", PUBLIC)
def test_allowed(host: str) -> None:
    assert refuse_host(host) is None


@pytest.mark.parametrize("host", LOOPBACK)
def test_allow_private_opens_loopback(host: str) -> None:
    assert refuse_host(host, allow_private=True) is None


@pytest.mark.parametrize("host", PRIVATE + LOCAL_NAMES + BROKEN)
def test_allow_private_opens_nothing_else(host: str) -> None:
    if host not in ("[::]", "0"):
        assert refuse_host(host, allow_private=True, suspect_host="evil.top")


@pytest.mark.parametrize("host", ["10.0.0.1", "192.168.1.1", "[fd12:3456::1]", "printer", "nas.local", "100.64.0.1"])
def test_allow_private_opens_the_suspects_own_host(host: str) -> None:
    assert refuse_host(host, allow_private=True, suspect_host=host) is None
    assert refuse_host(host, suspect_host=host)


@pytest.mark.parametrize("host", ["169.254.169.254", "224.0.0.1", "0.0.0.0", "[fd00:ec2::254]", "[2002:a00:1::]"])
def test_metadata_and_multicast_stay_closed_even_for_the_suspect(host: str) -> None:
    assert refuse_host(host, allow_private=True, suspect_host=host)


def test_an_own_name_may_point_to_a_private_address() -> None:
    assert refuse_address("10.0.0.5", allow_private=True, own=True) is None
    assert refuse_address("10.0.0.5", allow_private=True)
    assert refuse_address("10.0.0.5", own=True)


@given(st.integers(0, 2**32 - 1), st.sampled_from(["{:d}", "0x{:x}", "0{:o}", "0X{:X}"]))
def test_every_spelling_is_the_same_address(value: int, form: str) -> None:
    address = ipaddress.IPv4Address(value)
    assert literal(form.format(value)) == address
    first, rest = divmod(value, 2**24)
    assert literal(f"{form.format(first)}.{form.format(rest)}") == address
    assert refuse_host(form.format(value)) == refuse_host(str(address))


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_nothing_that_python_calls_private_is_allowed(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if not address.is_global or address.is_multicast:
        translated = isinstance(address, ipaddress.IPv6Address) and address in ipaddress.ip_network("64:ff9b::/96")
        assert refuse_address(address) or translated


@given(st.ip_addresses(v=4))
def test_mapped_and_translated_addresses_follow_the_inner_one(inner: ipaddress.IPv4Address) -> None:
    refused = refuse_address(inner) is not None
    assert (refuse_address(f"::ffff:{inner}") is not None) == refused
    assert (refuse_address(f"64:ff9b::{inner}") is not None) == refused


@given(st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    why = refuse_host(text)
    assert why is None or why
    assert is_localhost(text) in (True, False)
