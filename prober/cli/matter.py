"""For whom and on what footing a case is made, from PROBER_* variables: set once for an organisation, not per check."""

from __future__ import annotations

import os

from pydantic import ValidationError

from prober.errors import UsageError
from prober.models.custody import Matter

VARIABLES = {
    "organisation": "PROBER_ORGANISATION",
    "operator": "PROBER_OPERATOR",
    "role": "PROBER_ROLE",
    "number": "PROBER_MATTER",
    "contact": "PROBER_CONTACT",
    "legal_basis": "PROBER_LEGAL_BASIS",
    "tlp": "PROBER_TLP",
    "pap": "PROBER_PAP",
}


def matter_of_environment() -> Matter:
    """What the variables say. Raises UsageError for a marking that does not exist."""
    given = {name: os.environ.get(variable, "") for name, variable in VARIABLES.items()}
    for name in ("tlp", "pap"):
        given[name] = given[name].upper().removeprefix(f"{name.upper()}:")
    try:
        return Matter.model_validate(given)
    except ValidationError as problem:
        name = str(problem.errors()[0]["loc"][0])
        raise UsageError(
            f"{VARIABLES[name]}={given[name][:40]!r} is no such marking; use CLEAR, GREEN, AMBER or RED."
        ) from problem
