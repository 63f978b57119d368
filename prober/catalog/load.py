"""Finds, reads and checks scenario and suite files; every refusal names file, line and field."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from prober.catalog import strict_yaml
from prober.catalog.strict_yaml import YamlProblem
from prober.errors import ScenarioError
from prober.identities.examine import Problem, examine, hosts_in
from prober.models.base import Noun
from prober.models.scenario import Official, OfficialFile, Scenario
from prober.models.suite import Suite

DEFAULT = "kz-fines"
_PACKAGE = Path(__file__).parent.parent
_N = TypeVar("_N", bound=Noun)


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a file."""

    file: str
    line: int
    field: str
    text: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: "
        return f"{where}{self.field}: {self.text}" if self.field else where + self.text


def packaged_folder() -> Path:
    """The folder of the scenarios that come with prober: in the wheel inside the package, in a checkout above it."""
    inside = _PACKAGE / "_scenarios"
    return inside if inside.is_dir() else _PACKAGE.parent / "scenarios"


def user_folders() -> tuple[Path, ...]:
    """The user's own folders: PROBER_SCENARIOS (several are separated as in PATH), else the configuration folder.

    Raises:
        ScenarioError: PROBER_SCENARIOS names a folder that does not exist.
    """
    named = os.environ.get("PROBER_SCENARIOS", "")
    if named:
        folders = tuple(Path(part).expanduser() for part in named.split(os.pathsep) if part)
        if missing := next((folder for folder in folders if not folder.is_dir()), None):
            raise ScenarioError(
                f"PROBER_SCENARIOS names {missing}, which is no folder; make it or correct the variable."
            )
        return folders
    config = os.environ.get("XDG_CONFIG_HOME", "")
    return ((Path(config) if config else Path("~/.config").expanduser()) / "prober" / "scenarios",)


def _files(folder: str = "") -> dict[str, list[Path]]:
    """Name -> files of that name; the user's come first and take the packaged one's place."""
    found: dict[str, list[Path]] = {}
    for root in (*user_folders(), packaged_folder()):
        for path in sorted((root / folder).glob("*.y*ml")):
            found.setdefault(path.stem, []).append(path)
    return found


def scenario_names() -> tuple[str, ...]:
    """Names of all scenarios, the default first, then by alphabet."""
    return tuple(sorted(_files(), key=lambda name: (name != DEFAULT, name)))


def suite_names() -> tuple[str, ...]:
    """Names of all suites, by alphabet."""
    return tuple(sorted(_files("suites")))


def load_scenario(name_or_path: str) -> Scenario:
    """The scenario of that name, or in that file; gateways that serve many countries count as its own.

    Raises:
        ScenarioError: there is none, or its file is wrong.
    """
    scenario = _checked(_find(name_or_path, ""), Scenario)
    gateways = {host for official in _everywhere() for host in official.payment}
    payment = tuple(sorted(gateways | set(scenario.official.payment)))
    return scenario.model_copy(update={"official": scenario.official.model_copy(update={"payment": payment})})


def load_suite(name_or_path: str) -> Suite:
    """The suite of that name, or in that file; the scenarios that it names exist.

    Raises:
        ScenarioError: there is none, or its file is wrong.
    """
    return _checked(_find(name_or_path, "suites"), Suite)


def all_scenarios() -> tuple[Scenario, ...]:
    """Every scenario that can be chosen, the default first.

    Raises:
        ScenarioError: a file is wrong, be it the user's or a packaged one.
    """
    return tuple(load_scenario(name) for name in scenario_names())


def official_hosts() -> Official:
    """Official hosts, suffixes and payment gateways of all scenarios together, and those of no single country.

    A scenario that a user's file replaces still counts here.

    Raises:
        ScenarioError: a file is wrong; nothing is probed while it is unknown what must not be.
    """
    officials = [_checked(path, Scenario).official for paths in _files().values() for path in paths]
    officials += _everywhere()

    def union(group: str) -> tuple[str, ...]:
        return tuple(sorted({host for official in officials for host in getattr(official, group)}))

    dates = [official.checked_on for official in officials if official.checked_on]
    return Official(
        suffixes=union("suffixes"), hosts=union("hosts"), payment=union("payment"), checked_on=min(dates, default="")
    )


def _everywhere() -> list[Official]:
    """The official hosts of no single country."""
    return [_checked(path, OfficialFile).official for paths in _files("everywhere").values() for path in paths]


def problems_in(path: str | Path) -> tuple[Fault, ...]:
    """Everything that is wrong with a scenario or suite file, for `prober scenarios validate`."""
    path = Path(path)
    try:
        tree = strict_yaml.parse(path.read_text(encoding="utf-8")).tree
    except (OSError, UnicodeDecodeError, YamlProblem):
        tree = ""
    schema = tree.get("schema") if isinstance(tree, dict) else ""
    models: dict[str, type[Noun]] = {"prober/suite/1": Suite, "prober/official/1": OfficialFile}
    return _read(path, models.get(str(schema), Scenario))[1]


def _find(name_or_path: str, folder: str) -> Path:
    if name_or_path.endswith((".yaml", ".yml")) or os.sep in name_or_path:
        return Path(name_or_path)
    files = _files(folder)
    if name_or_path in files:
        return files[name_or_path][0]
    what = "suite" if folder else "scenario"
    raise ScenarioError(
        f"There is no {what} {name_or_path!r}; choose one of {', '.join(sorted(files))}, or name a file."
    )


def _checked(path: Path, model: type[_N]) -> _N:
    try:
        stamp = path.stat().st_mtime_ns
    except OSError as error:
        raise ScenarioError(f"Cannot read {path}: {error.strerror or error}.") from None
    found: tuple[_N | None, tuple[Fault, ...]] = _cached(path, model, stamp)
    noun, faults = found
    if noun is None:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise ScenarioError(f"{faults[0]}{more}. Correct the file, then try again.")
    return noun


@lru_cache(maxsize=256)
def _cached(path: Path, model: type[_N], stamp: int) -> tuple[_N | None, tuple[Fault, ...]]:
    return _read(path, model)


def _read(path: Path, model: type[_N]) -> tuple[_N | None, tuple[Fault, ...]]:
    """The file as a checked noun, or what is wrong with it."""
    try:
        document = strict_yaml.parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return None, (Fault(str(path), 1, "", f"cannot be read: {error}"),)
    except YamlProblem as problem:
        return None, (Fault(str(path), problem.line, _dotted(problem.path), problem.text),)
    try:
        noun = model.model_validate(document.tree)
        found: list[Problem] = [*_misnamed(noun, path), *_beyond_form(noun)]
    except ValidationError as error:
        noun, found = None, [_in_words(dict(detail)) for detail in error.errors(include_url=False)]
    faults = [Fault(str(path), document.line(where), _dotted(where), text) for where, text in found]
    return None if found else noun, tuple(sorted(faults, key=lambda fault: fault.line))


def _misnamed(noun: Noun, path: Path) -> list[Problem]:
    """A scenario is found again by the name that the case states, so name and file must agree."""
    name = getattr(noun, "name", path.stem)
    return [] if name == path.stem else [(("name",), f"{name!r} is not the name of the file, {path.stem!r}")]


def _beyond_form(noun: Noun) -> list[Problem]:
    if isinstance(noun, Scenario):
        return examine(noun)
    if isinstance(noun, OfficialFile):
        return hosts_in(noun.official)
    if not isinstance(noun, Suite):
        return []
    named: list[tuple[tuple[str | int, ...], str]] = [(("scenarios", i), name) for i, name in enumerate(noun.scenarios)]
    named += [(("rules", r, "use", i), name) for r, rule in enumerate(noun.rules) for i, name in enumerate(rule.use)]
    known = scenario_names()
    return [(where, f"there is no scenario {name!r}") for where, name in named if name not in known]


def _dotted(path: tuple[str | int, ...]) -> str:
    return ".".join(str(part) for part in path)


def _in_words(detail: dict[str, Any]) -> Problem:
    """A pydantic error as field path and sentence."""
    kind, where = detail["type"], tuple(detail["loc"])
    context = detail.get("ctx", {})
    if kind == "extra_forbidden":
        return where, "there is no such field"
    if kind == "missing":
        return where, "this field is missing"
    if kind == "literal_error":
        return where, f"it must be {context.get('expected', 'another word')}, not {detail['input']!r}"
    if kind in ("tuple_type", "list_type"):
        return where, "it must be a list"
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        return where, "it must be a mapping (key: value)"
    if kind == "string_type":
        return where, "it must be a text"
    if kind == "string_pattern_mismatch":
        return where, f"{detail['input']!r} does not have the form {context.get('pattern', '')}"
    if kind == "too_short":
        return where, "the list must not be empty"
    return where, str(detail["msg"]).lower()
