"""The unit and compose files name commands, options and variables that exist."""

from __future__ import annotations

import configparser
import re
import shlex
from pathlib import Path

import click
import pytest
import typer
import yaml

from prober.cli.main import app

DEPLOY = Path(__file__).parent.parent / "docs" / "deploy"
ROOT = typer.main.get_command(app)


def understood(arguments: list[str]) -> None:
    """Parses a command line as prober would, without doing anything."""
    assert isinstance(ROOT, click.Group) or hasattr(ROOT, "commands")
    command = ROOT.commands[arguments[0]]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in arguments[1:] if word.startswith("--")} <= options, arguments


def variables() -> set[str]:
    """Every environment variable that an option or the code reads."""
    code = "\n".join(file.read_text("utf-8") for file in (DEPLOY.parent.parent / "prober").rglob("*.py"))
    named = set(re.findall(r"PROBER_[A-Z_]+", code))
    own = {f"PROBER_{name}" for name in re.findall(r'_option\("[\w-]+", "([A-Z_]+)"', code)}
    return named | own


@pytest.mark.parametrize("name", ["prober.service", "prober-worker@.service"])
def test_the_units_start_what_there_is(name):
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(DEPLOY / name, "utf-8")
    understood(shlex.split(unit["Service"]["ExecStart"])[1:])
    assert set(re.findall(r"PROBER_[A-Z_]+", (DEPLOY / name).read_text("utf-8"))) <= variables()
    assert unit["Service"]["User"] == "prober" and unit["Service"]["NoNewPrivileges"] == "yes"


def test_the_compose_file_starts_what_there_is():
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    services = yaml.safe_load(text)["services"]
    assert {"database", "web", "worker", "proxy"} == services.keys()
    for name in ("web", "worker"):
        understood(services[name]["command"])
        assert "PROBER_QUEUE" in services[name]["environment"], "merged from what both share"
        assert set(services[name]["volumes"]) == {"cases:/cases", "keys:/keys"}
    assert [name for name, service in services.items() if service.get("ports")] == ["proxy"], (
        "nothing else is reachable"
    )
    known = variables() | {"PROBER_HOST_NAME"}
    assert set(re.findall(r"PROBER_[A-Z_]+", text)) <= known
    assert set(re.findall(r"PROBER_[A-Z_]+", (DEPLOY / "Dockerfile").read_text("utf-8"))) <= known


def test_the_guide_names_commands_that_exist():
    text = (DEPLOY.parent / "deploy.md").read_text("utf-8")
    for line in re.findall(r"^    (?:echo .*\| )?prober (.+)$", text, re.M):
        words = line.partition("#")[0].partition("|")[0].split()
        group = ROOT.commands[words[0]]
        assert not hasattr(group, "commands") or words[1] in group.commands, line
    for file in re.findall(r"\]\((deploy/[^)]+)\)", text):
        assert (DEPLOY.parent / file).is_file()
