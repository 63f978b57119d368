"""Look-ups read from recorded answers; nothing is asked of anybody."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prober.lookups.ask import Kept, NoAnswer
from prober.lookups.look import look_up
from prober.lookups.rdap import Network, Registration, abuse_addresses, network, registration

ANSWERS = Path(__file__).parent / "answers"
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["entities", "roles", "vcardArray", "events", "nameservers", "ldhName", "status", "data"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


def answer(name):
    return json.loads((ANSWERS / f"{name}.json").read_text())


def asking(**names):
    """Answers by recorded file; a kind without one gives none."""

    def ask(kind, name):
        if kind not in names:
            raise NoAnswer(f"no answer on {name}")
        return answer(names[kind]), NOW

    return ask


def test_a_registration_is_read_with_the_registrars_desk_not_the_owners():
    assert registration(answer("domain")) == Registration(
        "Example Names LLC", "2026-11-18", ("client transfer prohibited", "active"),
        ("ns1.kit.example", "ns2.kit.example"), ("Example Names LLC", "abuse@names.example"),
    )  # fmt: skip


def test_an_independent_reader_reads_the_same():
    whoisit = pytest.importorskip("whoisit")
    books = whoisit.bootstrap.__self__ if hasattr(whoisit.bootstrap, "__self__") else whoisit._bootstrap
    theirs = whoisit.parser.parse(books, "domain", "elik-shtraf.example", answer("domain"))
    ours = registration(answer("domain"))
    assert [name.lower().rstrip(".") for name in theirs["nameservers"]] == list(ours.name_servers)
    assert f"{theirs['registration_date']:%Y-%m-%d}" == ours.registered_on
    assert theirs["entities"]["registrar"][0]["name"] == ours.registrar
    assert theirs["entities"]["abuse"][0]["email"] == ours.abuse[1]


def test_a_network_is_read():
    assert network(answer("address")) == Network(
        "Example Hosting B.V.", "NL", "45.77.0.0", "45.77.255.255", ("Example Hosting B.V.", "abuse@hosting.example")
    )


@given(ANYTHING)
def test_whatever_a_server_answers_nothing_breaks(thing):
    holder = thing if isinstance(thing, dict) else {"entities": thing, "status": thing, "data": thing}
    registration(holder), network(holder), abuse_addresses(holder)


def test_desks_come_with_source_and_day():
    found = look_up(
        "elik-shtraf.example",
        "45.77.1.2",
        asking(domain="domain", address="address", certificates="certificates", names="names"),
    )
    assert (found.registrar, found.network) == ("Example Names LLC", "Example Hosting B.V. (NL)")
    assert (found.first_certificate, found.certificate_names) == ("2026-11-18", ("kit-panel.example",))
    assert [(c.desk, c.address, c.source, c.checked) for c in found.contacts] == [
        ("registrar", "abuse@names.example", "RDAP", "2026-11-22"),
        ("network", "abuse@hosting.example", "RDAP", "2026-11-22"),
    ]
    assert found.failures == () and found.looked_up == "2026-11-22T20:00:00+00:00"


def test_a_cdn_is_named_and_its_form_given():
    found = look_up("a.example", "104.16.1.1", asking(address="cdn", abuse="abuse"))
    assert found.cdn == "Cloudflare" and set(found.failures) == {"no answer on a.example"}
    (desk,) = found.contacts
    assert (desk.desk, desk.address, desk.source) == ("cdn", "abuse@found.example", "RIPEstat")
    assert desk.form.startswith("https://abuse.cloudflare.com")


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "fe80::1", "", "no address"])
def test_addresses_of_our_own_are_never_asked_about(address):
    assert look_up("", address, lambda kind, name: pytest.fail("asked")).contacts == ()


def test_an_answer_is_kept_for_a_day(tmp_path):
    asked, clock = [], [NOW]

    def ask(kind, name):
        asked.append(name)
        return {"n": len(asked)}

    kept = Kept(tmp_path, lambda: clock[0], ask)
    assert kept("domain", "a.example") == ({"n": 1}, NOW)
    clock[0] += timedelta(hours=23)
    assert kept("domain", "a.example") == ({"n": 1}, NOW)
    clock[0] += timedelta(hours=2)
    assert kept("domain", "a.example")[0] == {"n": 2}
    for file in tmp_path.iterdir():
        file.write_text("{broken")
    assert kept("domain", "a.example")[0] == {"n": 3} and asked == ["a.example"] * 3
