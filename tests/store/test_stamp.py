"""Tests of time stamps, against an authority of our own made with OpenSSL."""

import subprocess
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from prober.errors import StoreError
from prober.store import stamp
from tests.store.authority import Authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa"))


def test_our_query_is_the_one_openssl_writes(tmp_path):
    (tmp_path / "data").write_bytes(b"x")
    (tmp_path / "ours").write_bytes(stamp.query(b"x", nonce=0x80FF))
    text = subprocess.run(
        ["openssl", "ts", "-query", "-in", tmp_path / "ours", "-text"], capture_output=True, text=True
    )
    assert "Hash Algorithm: sha256" in text.stdout and "Nonce: 0x80FF" in text.stdout
    assert "Certificate required: yes" in text.stdout


def test_asked_over_http_and_checked_by_openssl(tmp_path, authority):
    class Desk(BaseHTTPRequestHandler):
        def do_POST(self):
            reply = authority.reply(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Desk)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        reply = stamp.ask(f"http://127.0.0.1:{server.server_port}/", b"sums")
    finally:
        server.shutdown()
        server.server_close()
    (tmp_path / "S").write_bytes(b"sums")
    (tmp_path / "T").write_bytes(reply)
    assert stamp.check(tmp_path, "S", "T", "C").result == "unchecked"
    (tmp_path / "C").write_bytes(authority.chain)
    checked = stamp.check(tmp_path, "S", "T", "C")
    assert checked.result == "good"
    assert abs(checked.at - datetime.now(UTC)) < timedelta(minutes=5)
    (tmp_path / "S").write_bytes(b"sums of another date")
    assert stamp.check(tmp_path, "S", "T", "C").result == "bad"
    (tmp_path / "T").write_bytes(b"junk")
    assert stamp.check(tmp_path, "S", "T", "C").result == "bad"


def test_an_authority_that_does_not_answer_is_told():
    with pytest.raises(StoreError, match="did not answer"):
        stamp.ask("http://127.0.0.1:9/", b"x", seconds=1)
    with pytest.raises(StoreError, match="http"):
        stamp.ask("file:///etc/passwd", b"x")
