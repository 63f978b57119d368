"""Sealed cases of the lab, checked and read with tools that are not ours, and small enough to be mailed."""

from __future__ import annotations

import email
import email.policy
import hashlib
import html
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import pytest_asyncio

from prober.app.check import CheckOptions, check
from prober.app.dossiers import ReportOptions, make_letters, make_report, verify_case, write_exports
from prober.browser.engine import Engine
from prober.lab.catalogue import all_sites
from prober.lab.server import Lab
from prober.models.case import Case
from prober.models.custody import Matter
from tests.store.authority import Authority

pytestmark = pytest.mark.browser
SITES = ("fine-by-plate", "iin-random", "nothing-found", "login-wall")
MOST = 3_000_000  # bytes of a sealed case, and of each of its reports
MATTER = Matter(organisation="CERT of Examples", contact="desk@cert.example", tlp="GREEN")


@dataclass(frozen=True)
class Made:
    case: Case
    folder: Path
    sealed: int  # bytes


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A time-stamping authority on this machine: its address and its certificates."""
    authority = Authority(tmp_path_factory.mktemp("tsa"))

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            reply = authority.reply(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", authority.home / "ca.pem"
    server.shutdown()
    server.server_close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def made(
    engine: Engine, lab: Lab, clock: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Made]:
    output = tmp_path_factory.mktemp("cases")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROBER_KEYS", str(tmp_path_factory.mktemp("keys")))
        found = {}
        for site in all_sites():
            if site.name in SITES:
                options = CheckOptions(scenario=site.scenario, output=output, allow_private=True, seed=3, matter=MATTER)
                if site.name == SITES[0]:
                    options = replace(options, tsa=clock[0], tsa_chain=clock[1])
                case = await check(lab.url(site.name), options, engine)
                folder = output / case.id
                size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
                await make_report(folder, ReportOptions(pdf=site.name == SITES[0]))
                found[site.name] = Made(case, folder, size)
    assert set(found) == set(SITES)
    return found


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("site", SITES)
def test_a_case_and_its_reports_are_small(made: dict[str, Made], site: str) -> None:
    one = made[site]
    assert one.sealed < MOST
    for name in ("report.html", "report.pdf"):
        file = one.folder / name
        assert not file.exists() or file.stat().st_size < MOST


@pytest.mark.parametrize("site", SITES)
def test_sha256sum_and_openssl_check_it(made: dict[str, Made], site: str) -> None:
    folder = made[site].folder
    assert run(folder, "sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS").returncode == 0
    assert run(folder, "sha256sum", "-c", "--strict", "--quiet", "report.sha256").returncode == 0
    signed = run(
        folder, "openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "signer.pem", "-rawin", "-in", "SHA256SUMS",
        "-sigfile", "SHA256SUMS.sig",
    )  # fmt: skip
    assert signed.returncode == 0, signed.stderr


def test_openssl_checks_the_outside_time_and_the_report_tells_it(made: dict[str, Made]) -> None:
    folder = made["fine-by-plate"].folder
    stamp = ("-data", "SHA256SUMS", "-in", "SHA256SUMS.tsr", "-CAfile", "tsa-chain.pem")
    assert "Verification: OK" in (done := run(folder, "openssl", "ts", "-verify", *stamp)).stdout, done.stderr
    result = verify_case(folder)
    assert (result.intact, result.stamp, result.judged) == (True, "good", "same")
    assert "An outside authority stamped the record" in (folder / "report.html").read_text("utf-8")
    other = made["iin-random"].folder
    assert verify_case(other).stamp == "none"
    assert "The date rests on the observer's clock and key alone" in html.unescape((other / "report.html").read_text())


@pytest.mark.parametrize("site", SITES)
def test_a_har_reader_reads_the_network_record(made: dict[str, Made], site: str) -> None:
    haralyzer = pytest.importorskip("haralyzer")
    one = made[site]
    record = json.loads((one.folder / "network.har").read_text("utf-8"))
    parser = haralyzer.HarParser(record)
    assert {page.page_id.split("-")[0] for page in parser.pages} >= {probe.name for probe in one.case.probes}
    entries = [entry for page in parser.pages for entry in page.entries]
    assert len(entries) == len(record["log"]["entries"]), "an entry belongs to no page"
    documents = [e for e in entries if "html" in e.response.mimeType and e.response.status == 200]
    assert documents and all("<" in entry.response.text for entry in documents)
    assert all(datetime.fromisoformat(e["startedDateTime"].replace("Z", "+00:00")) for e in record["log"]["entries"])
    assert {e.get("serverIPAddress") for e in record["log"]["entries"]} == {"127.0.0.1"}
    for entry in record["log"]["entries"]:
        content = entry["response"]["content"]
        assert "text" in content or content["size"] <= 0 or "bytes" in content["comment"], entry["request"]["url"]


def test_the_har_has_what_was_posted_and_answered(made: dict[str, Made]) -> None:
    one = made["fine-by-plate"]
    entries = json.loads((one.folder / "network.har").read_text("utf-8"))["log"]["entries"]
    posted = " ".join(e["request"].get("postData", {}).get("text", "") for e in entries)
    typed = [text for probe in one.case.probes for text in probe.typed.values()]
    assert typed and all(text in posted for text in typed)


def test_the_saved_pages_are_read_by_a_mail_parser_and_hashed_as_listed(made: dict[str, Made]) -> None:
    one = made["fine-by-plate"]
    saved = [exhibit for exhibit in one.case.exhibits if exhibit.kind == "mhtml"]
    assert len(saved) == 2, "the fine and the card form"
    for exhibit in saved:
        data = (one.folder / exhibit.file).read_bytes()
        assert hashlib.sha256(data).hexdigest() == exhibit.sha256
        message = email.message_from_bytes(data, policy=email.policy.default)
        part = next(part for part in message.walk() if part.get_content_type() == "text/html")
        assert part["Content-Location"] == exhibit.url and "<form" in part.get_content()
    # Every step has its document, beside the picture where there is one.
    steps = {(probe.name, step.number) for probe in one.case.probes for step in probe.steps}
    assert steps == {(e.probe, e.step) for e in one.case.exhibits if e.kind == "dom"}


def test_an_html_validator_accepts_the_reports(made: dict[str, Made]) -> None:
    html5lib = pytest.importorskip("html5lib")
    for one in made.values():
        parser = html5lib.HTMLParser()
        parser.parse((one.folder / "report.html").read_text("utf-8"))
        assert parser.errors == [], one.folder.name


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")
def test_a_pdf_tool_reads_the_report(made: dict[str, Made]) -> None:
    folder = made["fine-by-plate"].folder
    info = run(folder, "pdfinfo", "report.pdf").stdout
    pages = int(next(line.split()[-1] for line in info.splitlines() if line.startswith("Pages:")))
    assert "Tagged:          yes" in info and 3 <= pages <= 8
    for page in range(1, pages + 1):
        text = run(folder, "pdftotext", "-f", str(page), "-l", str(page), "report.pdf", "-").stdout
        assert f"{page}/{pages}" in text.replace(" ", "") and "NOT REVIEWED" in text, f"page {page} lacks its foot"
    fonts = run(folder, "pdffonts", "report.pdf").stdout.splitlines()[2:]
    assert fonts and all("NotoSans" in line and "Type 3" not in line for line in fonts)


def test_other_readers_take_exports_and_letters(made: dict[str, Made]) -> None:
    xarf, pymisp = pytest.importorskip("xarf"), pytest.importorskip("pymisp")
    validator = pytest.importorskip("stix2validator")
    one = made["iin-random"]
    write_exports(one.folder)
    room = one.folder / "exports"
    assert run(room, "sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS").returncode == 0
    assert xarf.parse((room / "xarf.json").read_text()).errors == []
    assert validator.validate_string(
        (room / "stix.json").read_text(), validator.ValidationOptions(version="2.1")
    ).is_valid
    event = pymisp.MISPEvent()
    event.load_file(str(room / "misp.json"))
    assert event.get_objects_by_name("phishing")
    letters = [file for file in make_letters(one.folder, ReportOptions()) if file.suffix == ".eml"]
    for file in letters:
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        assert not message.defects and file.stat().st_size < MOST
        body = message.get_body(("plain",))
        assert body is not None and body.get_content().startswith("Anyone can check this in a minute")
