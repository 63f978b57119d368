"""The configuration file: defaults for options, written once for an organisation or a machine."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from prober.errors import UsageError


def config_file() -> Path:
    """PROBER_CONFIG, else `prober/config.toml` in the user's configuration folder."""
    if named := os.environ.get("PROBER_CONFIG"):
        return Path(named)
    home = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(home).expanduser() / "prober" / "config.toml"


def options_of(commands: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Command -> option as written -> name of its parameter, of click's commands."""
    return {
        name: {
            option.removeprefix("--"): str(parameter.name)
            for parameter in command.params
            for option in parameter.opts
            if option.startswith("--")
        }
        for name, command in commands.items()
    }


def defaults(commands: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, Any]]:
    """Command -> parameter -> default, as the file has them; {} where there is no file.

    A key above all tables counts for every command that has such an option, one in a command's table for that
    command alone. The command line and the environment come first.

    Args:
        commands: command -> option as written ('legal-basis') -> name of its parameter.

    Raises:
        UsageError: the file does not read, or names a command or option that does not exist.
    """
    file = config_file()
    try:
        given = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError as problem:
        if os.environ.get("PROBER_CONFIG"):
            raise UsageError(f"PROBER_CONFIG names {file}, which is not there.") from problem
        return {}
    except (OSError, ValueError) as problem:
        raise UsageError(f"{file} does not read: {problem}.") from problem
    found: dict[str, dict[str, Any]] = {}
    for key, value in given.items():
        if isinstance(value, dict):
            if key not in commands:
                raise UsageError(f"{file}: there is no command '{key}'.")
            for option, own in value.items():
                _put(found, {key: commands[key]}, option, own, file)
    for key, value in given.items():
        if not isinstance(value, dict):
            _put(found, commands, key, value, file)
    return found


def _put(
    found: dict[str, dict[str, Any]], commands: Mapping[str, Mapping[str, str]], option: str, value: Any, file: Path
) -> None:
    option = option.replace("_", "-")
    having = {command: options[option] for command, options in commands.items() if option in options}
    if not having:
        raise UsageError(f"{file}: there is no option '{option}'{_of(commands)}; see prober check --help.")
    for command, parameter in having.items():
        found.setdefault(command, {}).setdefault(parameter, value)


def _of(commands: Mapping[str, Mapping[str, str]]) -> str:
    return f" of '{next(iter(commands))}'" if len(commands) == 1 else ""
