"""`prober check --server`: what it prints and how it ends is that of the local command."""

import json

import pytest
from typer.testing import CliRunner

from prober.app import remote
from prober.app.check import CheckOptions
from prober.cli.main import app
from prober.errors import ServerError
from prober.web.app import make_site
from prober.web.settings import ServeOptions
from tests.app.stub_run import StubEngine
from tests.factories_case import fraudulent
from tests.web.live import listening, play

TOKEN = "a-token-for-tests"


@pytest.fixture
def address(tmp_path, monkeypatch):
    monkeypatch.setenv("PROBER_KEYS", str(tmp_path / "keys"))
    check = CheckOptions(output=tmp_path / "cases")
    site = make_site(ServeOptions(check=check, token=TOKEN), StubEngine())
    play(site, monkeypatch, fraudulent)
    with listening(site) as address:
        yield address


def run(*words, token=TOKEN):
    return CliRunner().invoke(app, ["check", *words], env={"PROBER_TOKEN": token})


def test_the_verdict_as_json_and_the_exit_status(address, tmp_path):
    done = run("https://elik-shtraf.example/pay/", "--server", address, "--json")
    assert done.exit_code == 1, done.stderr
    told = json.loads(done.stdout)
    assert told["schema"] == "prober/verdict/1" and told["verdict"] == "fraudulent"
    assert told["case_dir"] == str(tmp_path / "cases" / told["case_id"])


def test_the_verdict_for_a_person(address):
    done = run("--text", "Оплатите: https://elik-shtraf.example/pay/ и https://b.example/", "--server", address)
    assert done.exit_code == 1
    assert "FRAUDULENT" in done.stdout and f"{address}/cases/" in done.stdout
    assert "https://b.example/, which was not checked" in done.stderr and "seen before" in done.stderr


@pytest.mark.parametrize(
    "words,token,code,says",
    [
        (("https://a.example/",), "wrong", "server", "token"),
        (("https://egov.kz/",), TOKEN, "usage", "official"),
        (("https://a.example/", "--output", "x"), TOKEN, "usage", "--output"),
        (("https://a.example/", "--scenario", "nope"), TOKEN, "usage", "nope"),
        ((), TOKEN, "usage", "--text"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(address, words, token, code, says):
    done = run(*words, "--server", address, "--json", token=token)
    told = json.loads(done.stdout)
    assert done.exit_code == 2 and told["schema"] == "prober/error/1"
    assert told["error"].startswith(code) and says in told["message"]


def test_a_marked_matter_is_not_handed_to_a_server(address, monkeypatch):
    monkeypatch.setenv("PROBER_PAP", "RED")
    done = run("https://a.example/", "--server", address, "--json")
    assert done.exit_code == 2 and "PAP:RED" in done.stdout


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "not an address://", "ftp://a.example"])
def test_a_server_that_is_not_there(address):
    done = run("https://a.example/", "--server", address, "--json")
    assert done.exit_code == 2 and json.loads(done.stdout)["message"]


def test_a_broken_stream_goes_on_after_the_last_event(monkeypatch):
    asked = []

    def stream(self, path, after):
        asked.append(after)
        for number in range(after + 1, 7):
            yield {"number": number, "event": "ended" if number == 6 else "notice", "data": {}}
            if number == 3 and len(asked) == 1:
                raise ServerError("cut")
            if number == 5 and len(asked) == 2:
                return  # ended too early

    monkeypatch.setattr(remote.Server, "_stream", stream)
    monkeypatch.setattr(remote, "PAUSES", (0.0,))
    server = remote.Server("http://127.0.0.1:9")
    assert [told["number"] for told in server.events("x")] == [1, 2, 3, 4, 5, 6] and asked == [0, 3, 5]


def test_a_stream_that_never_comes_back(monkeypatch):
    def stream(self, path, after):
        raise ServerError("down")
        yield

    monkeypatch.setattr(remote.Server, "_stream", stream)
    monkeypatch.setattr(remote, "PAUSES", (0.0,))
    with pytest.raises(ServerError, match="down"):
        list(remote.Server("http://127.0.0.1:9").events("x"))
