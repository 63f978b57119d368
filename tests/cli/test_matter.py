"""For whom a case is made: the options, the environment and the configuration file, in that order."""

import pytest
from typer.testing import CliRunner

import prober.cli.run
import prober.cli.serve
from prober.cli.config import defaults
from prober.cli.main import app
from prober.errors import UsageError

NAMES = ("ORGANISATION", "OPERATOR", "ROLE", "MATTER", "CONTACT", "LEGAL_BASIS", "TLP", "PAP", "TSA", "TSA_CHAIN")
COMMANDS = {"check": {"tlp": "tlp", "legal-basis": "legal_basis"}, "run": {"tlp": "tlp", "jobs": "jobs"}}


@pytest.fixture(autouse=True)
def config(monkeypatch, tmp_path):
    for name in NAMES:
        monkeypatch.delenv(f"PROBER_{name}", raising=False)
    monkeypatch.setenv("PROBER_CONFIG", str(tmp_path / "config.toml"))
    (tmp_path / "config.toml").write_text("")
    return tmp_path / "config.toml"


@pytest.fixture
def footing(monkeypatch):
    """What `prober run` or `prober serve` would work on."""
    taken = []

    def take(arguments):
        taken.append(arguments.footing())
        return 0

    monkeypatch.setattr(prober.cli.run, "run_list", take)
    monkeypatch.setattr(prober.cli.serve, "run_serve", take)

    def call(*words, status=0):
        result = CliRunner().invoke(app, list(words))
        assert result.exit_code == status, result.output
        return taken.pop() if taken else result

    return call


@pytest.mark.parametrize("command", [("run", "kz-fines", "list.txt"), ("serve",)])
def test_every_option_reaches_the_matter(footing, tmp_path, command):
    (tmp_path / "chain.pem").write_text("PEM")
    given = footing(
        *command, "--organisation", "CERT of Examples", "--operator", "A. Person", "--role", "analyst", "--matter", "7/26",
        "--contact", "desk@cert.example", "--legal-basis", "Art. 5", "--tlp", "tlp:amber+strict", "--pap", "green",
        "--tsa", "http://127.0.0.1:1/", "--tsa-chain", str(tmp_path / "chain.pem"),
    )  # fmt: skip
    assert given.matter.model_dump() == {
        "organisation": "CERT of Examples", "operator": "A. Person", "role": "analyst", "number": "7/26",
        "contact": "desk@cert.example", "legal_basis": "Art. 5", "tlp": "AMBER+STRICT", "pap": "GREEN",
    }  # fmt: skip
    assert (given.tsa, given.tsa_chain) == ("http://127.0.0.1:1/", tmp_path / "chain.pem")


def test_the_command_line_comes_before_the_environment_before_the_file(footing, monkeypatch, config):
    config.write_text(
        'organisation = "file"\nrole = "file"\nmatter = "file"\n[run]\nrole = "run"\n[check]\nrole = "check"\n'
    )
    monkeypatch.setenv("PROBER_ORGANISATION", "environment")
    monkeypatch.setenv("PROBER_MATTER", "environment")
    matter = footing("run", "kz-fines", "list.txt", "--organisation", "line").matter
    assert (matter.organisation, matter.number, matter.role, matter.legal_basis) == ("line", "environment", "run", "")


def test_a_probe_is_refused_by_its_marking_before_anything_is_asked(tmp_path):
    result = CliRunner().invoke(
        app, ["check", "https://suspect.invalid/", "--pap", "purple", "--output", str(tmp_path)]
    )
    assert result.exit_code == 2 and list(tmp_path.glob("2*")) == []


def test_keys_go_to_the_commands_that_have_them(config):
    config.write_text('tlp = "GREEN"\nlegal-basis = "x"\n[run]\njobs = 1\n')
    assert defaults(COMMANDS) == {
        "check": {"tlp": "GREEN", "legal_basis": "x"}, "run": {"tlp": "GREEN", "jobs": 1},
    }  # fmt: skip


@pytest.mark.parametrize(
    "text,said",
    [("tlp =", "does not read"), ("colour = 1", "no option 'colour'"), ("[fly]\na = 1", "no command 'fly'"),
     ("[check]\njobs = 1", "no option 'jobs' of 'check'")],
)  # fmt: skip
def test_a_wrong_file_is_told(config, text, said):
    config.write_text(text)
    with pytest.raises(UsageError, match=said):
        defaults(COMMANDS)


def test_no_file_is_no_fault_unless_it_was_named(config, monkeypatch, tmp_path):
    config.unlink()
    with pytest.raises(UsageError, match="not there"):
        defaults(COMMANDS)
    monkeypatch.delenv("PROBER_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "nowhere"))
    assert defaults(COMMANDS) == {}
