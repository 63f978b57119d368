"""The services as they speak: RDAP, RIPEstat and certificate logs over HTTP, WHOIS over TCP, DNS over UDP, all local."""

from __future__ import annotations

import json
import socketserver
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from prober.lookups.ask import Kept, NoAnswer
from prober.lookups.look import look_up
from prober.lookups.online import Online
from tests.lookups.test_whois import GENERIC, KAZNIC

dns_message = pytest.importorskip("dns.message")
ANSWERS = Path(__file__).parent / "answers"
NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
LOGGED = [
    {"not_before": "2026-11-19T00:00:00", "name_value": "elik-shtraf.example\nkit-panel.example"},
    {"not_before": "2026-11-18T05:00:00", "name_value": "elik-shtraf.example"},
]


def recorded(name):
    return json.loads((ANSWERS / f"{name}.json").read_text())


class Web(BaseHTTPRequestHandler):
    """IANA's lists (RFC 9224), a registry's RDAP (RFC 9083), RIPEstat and the certificate logs."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append((self.path, self.headers["Accept"], self.headers["User-Agent"]))
        base = f"http://127.0.0.1:{self.server.server_port}/registry"
        pages = {
            "/rdap/dns.json": {"services": [[["example", "net"], [base]]]},
            "/rdap/ipv4.json": {"services": [[["45.0.0.0/8"], [f"{base}/wrong/"]], [["45.77.0.0/16"], [base]]]},
            "/registry/domain/elik-shtraf.example": recorded("domain"),
            "/registry/ip/45.77.1.2": {key: value for key, value in recorded("address").items() if key != "entities"},
            "/ripestat?resource=45.77.1.2&sourceapp=prober": {"data": {"abuse_contacts": []}},
            "/logs?q=elik-shtraf.example&output=json": LOGGED,
        }
        page = pages.get(self.path)
        body = json.dumps({"errorCode": 404} if page is None else page).encode()
        self.send_response(404 if page is None else 200)
        self.send_header("Content-Type", "application/rdap+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Registry(socketserver.StreamRequestHandler):
    """WHOIS (RFC 3912): one line in, text out, closed."""

    def handle(self):
        asked = self.rfile.readline().decode("ascii").strip()
        self.server.asked.append(asked)
        texts = {"elik-shtraf.kz": KAZNIC, "elik-shtraf.top": GENERIC, "top": "refer:        127.0.0.1\n"}
        self.wfile.write(texts.get(asked, "*** Nothing found for this query.\n").replace("\n", "\r\n").encode())


class Names(socketserver.BaseRequestHandler):
    """A name server; its answers are written by a library that is not ours."""

    def handle(self):
        import dns.rrset

        query = dns_message.from_wire(self.request[0])
        question = query.question[0]
        known = {
            ("elik-shtraf.kz.", 2): ("NS", "ns1.kit.example."),
            ("2.1.77.45.abusix.test.", 16): ("TXT", '"abuse@hosting.example"'),
        }
        answer = dns_message.make_response(query)
        if found := known.get((question.name.to_text(), question.rdtype)):
            answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", *found))
        else:
            answer.set_rcode(3)
        self.request[1].sendto(answer.to_wire(), self.client_address)


@pytest.fixture
def services():
    """The three servers, and an Online that asks nobody else."""
    web = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    registry = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Registry)
    names = socketserver.ThreadingUDPServer(("127.0.0.1", 0), Names)
    web.asked, registry.asked = [], []
    servers = (web, registry, names)
    threads = [threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True) for server in servers]
    for thread in threads:
        thread.start()
    address = f"http://127.0.0.1:{web.server_port}"
    online = Online(
        rdap=f"{address}/rdap/", ripestat=f"{address}/ripestat", certificates=f"{address}/logs", abusix="abusix.test",
        whois_root=registry.server_address, whois={"kz": registry.server_address}, name_server=names.server_address,
    )  # fmt: skip
    yield online, web, registry
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_domain_with_rdap(services, tmp_path):
    online, web, registry = services
    found = look_up("elik-shtraf.example", "45.77.1.2", Kept(tmp_path, lambda: NOW, online))
    assert (found.registrar, found.registered_on) == ("Example Names LLC", "2026-11-18")
    assert (found.first_certificate, found.certificate_names) == ("2026-11-18", ("kit-panel.example",))
    assert [(c.desk, c.address, c.source, c.checked) for c in found.contacts] == [
        ("registrar", "abuse@names.example", "RDAP", "2026-11-22"),
        ("network", "abuse@hosting.example", "Abusix", "2026-11-22"),
    ]
    assert registry.asked == [] and all("rdap+json" in accept and "prober/" in agent for _, accept, agent in web.asked)
    before = len(web.asked)
    assert look_up("elik-shtraf.example", "45.77.1.2", Kept(tmp_path, lambda: NOW, online)).contacts == found.contacts
    assert len(web.asked) == before, "asked twice within a day"


def test_a_kazakh_domain_is_asked_of_its_registry_on_port_43(services, tmp_path):
    online, _, registry = services
    found = look_up("elik-shtraf.kz", "", Kept(tmp_path, lambda: NOW, online))
    assert registry.asked == ["elik-shtraf.kz"]
    assert (found.registrar, found.registered_on) == ("EXAMPLEREG", "2026-11-18")
    assert "clientHold" in found.domain_status and found.name_servers == ("ns1.kit.example", "ns2.kit.example")
    assert "WHOIS" in found.source and any("RDAP knows no registry" in failure for failure in found.failures)
    kept = "".join(file.read_text() for file in tmp_path.iterdir())
    assert "Private" not in kept, "the owner's name must not be kept"


def test_another_ending_is_asked_where_iana_says(services):
    online, _, registry = services
    assert online("whois", "elik-shtraf.top")["abuse"] == "abuse@names.example"
    assert registry.asked == ["top", "elik-shtraf.top"]


def test_what_is_not_known_is_no_answer(services):
    online, *_ = services
    for kind, name in (
        ("domain", "gone.example"), ("whois", "gone.kz"), ("whois", "x.kz\r\nx"), ("names", "gone.kz"),
        ("address", "9.9.9.9"), ("certificates", "gone.example"), ("abusix", "9.9.9.9"),
    ):  # fmt: skip
        with pytest.raises(NoAnswer):
            online(kind, name)


def test_a_service_that_is_away_or_talks_rubbish_is_no_answer():
    away = Online(rdap="http://127.0.0.1:9/", ripestat="ftp://x", whois={"kz": ("127.0.0.1", 9)})
    for kind, name in (("domain", "a.example"), ("abuse", "45.77.1.2"), ("whois", "a.kz")):
        with pytest.raises(NoAnswer, match="gave no answer"):
            away(kind, name)
