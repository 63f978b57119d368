"""For whom and on what footing a case is made: options that check, run and serve share."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from prober.errors import UsageError

if TYPE_CHECKING:
    from prober.models.custody import Matter

PANEL = "On whose behalf, and the outside time stamp"


def _option(name: str, variable: str, text: str) -> Any:
    return typer.Option(f"--{name}", envvar=f"PROBER_{variable}", help=text, rich_help_panel=PANEL)


# What each option adds to a command: name of the parameter, its type with the option, its default.
_PARAMETERS: dict[str, tuple[Any, Any]] = {
    "organisation": (
        Annotated[str, _option("organisation", "ORGANISATION", "Who makes the case; letters and XARF need it.")],
        "",
    ),
    "operator": (
        Annotated[str, _option("operator", "OPERATOR", "Name of the person; shown in our own edition only.")],
        "",
    ),
    "role": (Annotated[str, _option("role", "ROLE", "Role of that person, shown to recipients.")], ""),
    "matter": (Annotated[str, _option("matter", "MATTER", "Number of the matter.")], ""),
    "contact": (Annotated[str, _option("contact", "CONTACT", "E-mail address for questions; sender of letters.")], ""),
    "legal_basis": (Annotated[str, _option("legal-basis", "LEGAL_BASIS", "On what legal basis it is done.")], ""),
    "tlp": (Annotated[str, _option("tlp", "TLP", "Who may read it: CLEAR, GREEN, AMBER, AMBER+STRICT or RED.")], ""),
    "pap": (
        Annotated[str, _option("pap", "PAP", "CLEAR, GREEN, AMBER or RED; the last two forbid probing.")],
        "",
    ),
    "tsa": (Annotated[str, _option("tsa", "TSA", "Address of an RFC 3161 time-stamping authority.")], ""),
    "tsa_chain": (
        Annotated[Path | None, _option("tsa-chain", "TSA_CHAIN", "Its certificates in PEM, kept with the case.")],
        None,
    ),
}


@dataclass(frozen=True)
class Footing:
    """The options together: the matter, and where the time stamp comes from."""

    matter: Matter
    tsa: str = ""
    tsa_chain: Path | None = None


def on_footing(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the shared options in the place of its parameter `footing`, a function that makes the Footing.

    The markings are read when the command calls it, so that a wrong one is told like any other wrong use.
    """
    signature = inspect.signature(command, eval_str=True)
    own = [parameter for name, parameter in signature.parameters.items() if name != "footing"]
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in _PARAMETERS.items()
    ]

    @functools.wraps(command)
    def wrapper(**given: Any) -> None:
        shared = {name: given.pop(name) for name in _PARAMETERS}
        command(**given, footing=functools.partial(footing_of, shared))

    wrapper.__signature__ = signature.replace(parameters=[*own, *added])  # type: ignore[attr-defined]
    wrapper.__annotations__ = {p.name: p.annotation for p in (*own, *added)} | {"return": None}
    return wrapper


def no_footing() -> Footing:
    """What a caller has that gives no such options."""
    return footing_of({name: default for name, (_, default) in _PARAMETERS.items()})


def footing_of(given: dict[str, Any]) -> Footing:
    """The options as nouns. Raises UsageError for a marking or a file that does not exist."""
    from pydantic import ValidationError

    from prober.models.custody import Matter

    fields = {name: given[name] for name in ("organisation", "operator", "role", "contact", "legal_basis")}
    fields["number"] = given["matter"]
    for name in ("tlp", "pap"):
        fields[name] = given[name].upper().removeprefix(f"{name.upper()}:")
    chain: Path | None = given["tsa_chain"]
    if chain is not None and not chain.is_file():
        raise UsageError(f"{chain} is no file; --tsa-chain wants the authority's certificates in PEM.")
    try:
        return Footing(Matter.model_validate(fields), given["tsa"], chain)
    except ValidationError as problem:
        name = str(problem.errors()[0]["loc"][0])
        raise UsageError(
            f"--{name} {str(fields[name])[:40]!r} is no such marking; use CLEAR, GREEN, AMBER or RED."
        ) from problem
