"""The list of practice sites, in the order in which the index page shows them."""

from __future__ import annotations

from prober.lab.site import Site
from prober.lab.sites import fine_by_plate, nothing_found

_SITES: tuple[Site, ...] = (
    # scams
    fine_by_plate.SITE,
    # honest services
    nothing_found.SITE,
    # obstacles
)


def all_sites() -> tuple[Site, ...]:
    """Every practice site."""
    return _SITES
