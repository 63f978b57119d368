"""WHOIS answers of several registries, with made-up names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from prober.lookups.look import out_of_dns
from prober.lookups.whois import facts, referral

KAZNIC = """
Whois Server for the KZ top level domain name.
This server is maintained by KazNIC Organization, a ccTLD manager for Kazakhstan Republic.

Domain Name............: elik-shtraf.kz

Organization Using Domain Name
Name...................: Somebody Private
Organization Name......: Somebody Private
Street Address.........: Street 1
City...................: Somewhere
Country................: KZ

Administrative Contact/Agent
NIC Handle.............: HIS-0000001
Name...................: Somebody Private
Phone Number...........: +7.0000000000
Email Address..........: somebody@private.example

Nameserver in listed order

Primary server.........: ns1.kit.example
Primary ip address.....: 192.0.2.1
Secondary server.......: ns2.kit.example
Secondary ip address...: 192.0.2.2

Domain created: 2026-11-18 07:03:11 (GMT+0:00)
Last modified : 2026-11-19 08:00:00 (GMT+0:00)
Domain status : clientTransferProhibited - status prevents
                clientHold -
Registar created: EXAMPLEREG
Current Registar: EXAMPLEREG
"""
GENERIC = """   Domain Name: ELIK-SHTRAF.EXAMPLE
   Registrar: Example Names LLC
   Registrar Abuse Contact Email: abuse@names.example
   Creation Date: 2026-11-18T07:03:11Z
   Domain Status: clientHold https://icann.org/epp#clientHold
   Domain Status: serverTransferProhibited https://icann.org/epp#serverTransferProhibited
   Name Server: NS1.KIT.EXAMPLE
>>> Last update of WHOIS database: 2026-11-22T00:00:00Z <<<
"""
RUSSIAN = """% TCI Whois Service
domain:        ELIK-SHTRAF.RU
nserver:       ns1.kit.example.
nserver:       ns2.kit.example.
state:         REGISTERED, NOT DELEGATED, UNVERIFIED
person:        Private Person
registrar:     EXAMPLE-RU
created:       2026.11.18
"""


def test_the_kazakh_registry_is_read():
    found = facts(KAZNIC)
    assert found == {
        "registrar": "EXAMPLEREG", "created": "2026-11-18", "abuse": "",
        "status": ["clientTransferProhibited", "clientHold"], "name_servers": ["ns1.kit.example", "ns2.kit.example"],
    }  # fmt: skip
    assert out_of_dns(tuple(found["status"])) == "clientHold"


def test_nothing_about_the_owner_is_taken():
    assert not any(
        word in repr(facts(text)) for text in (KAZNIC, RUSSIAN) for word in ("Private", "private", "+7", "192.")
    )


def test_a_registry_with_the_common_form_is_read():
    found = facts(GENERIC)
    assert (found["registrar"], found["abuse"]) == ("Example Names LLC", "abuse@names.example")
    assert found["status"] == ["clientHold", "serverTransferProhibited"] and found["created"] == "2026-11-18"


def test_a_russian_registry_is_read():
    found = facts(RUSSIAN)
    assert (found["registrar"], found["created"]) == ("EXAMPLE-RU", "2026-11-18")
    assert out_of_dns(tuple(found["status"])) == "NOT DELEGATED"


def test_ianas_word_on_an_ending():
    assert referral("domain:  TOP\nrefer:        whois.nic.top\n") == "whois.nic.top"
    assert referral("refer: evil host; rm\n") == ""


@given(st.text(max_size=400))
def test_whatever_a_server_says_nothing_breaks(text):
    facts(text), referral(text)
