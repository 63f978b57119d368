"""Which value of the identity answers which field."""

from __future__ import annotations

import pytest

from prober.catalog import load_scenario
from prober.identities.make import make_identities
from prober.models.page import Box, Control, Option
from prober.plan.values import Attempt, answer, for_region_menu

(IDENTITY,) = make_identities(load_scenario("kz-fines"), 1, 1)


def menu(*regions: str) -> Control:
    options = tuple(Option(value=region, text=f"{region} region") for region in ("", *regions))
    return Control(
        ref="r", order=0, tag="select", kind="select", options=options, box=Box(x=0, y=0, width=90, height=30)
    )


def test_a_menu_of_existing_regions_gets_a_plate_that_fits_it() -> None:
    regions = menu(*(f"{number:02}" for number in range(1, 21)))
    cyrillic = for_region_menu(regions, IDENTITY, Attempt({}))
    typed = answer("plate_series", menu(), IDENTITY, cyrillic)
    chosen = answer("plate_region", regions, IDENTITY, cyrillic)
    assert chosen and chosen[1].grade == "P3" and chosen[0] == chosen[1].parts["region"]
    latin = for_region_menu(regions, IDENTITY, Attempt({"plate": 1}))
    second = answer("plate_region", regions, IDENTITY, latin)
    assert second and second[1].grade == "P3" and second[1] != chosen[1]
    assert typed is not None


@pytest.mark.parametrize("regions", [None, menu("01", IDENTITY.ladder["plate"][0].parts["region"])])
def test_otherwise_the_plate_stays(regions: Control | None) -> None:
    assert for_region_menu(regions, IDENTITY, Attempt({})) == Attempt({})


def test_dates_are_cut_by_their_parts() -> None:
    for purpose, part in {"birth_day": "day", "birth_month": "month", "birth_year": "year"}.items():
        answered = answer(purpose, menu(), IDENTITY, Attempt({}))
        assert answered and answered[0] == answered[1].parts[part]
