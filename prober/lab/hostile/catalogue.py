"""All attacks of the hostile wing."""

from __future__ import annotations

from prober.lab.hostile import fingerprint
from prober.lab.hostile.attack import Attack
from prober.lab.hostile.deceits import DECEITS
from prober.lab.hostile.stalls import STALLS
from prober.lab.hostile.storms import STORMS
from prober.lab.site import Site

ATTACKS: tuple[Attack, ...] = (*STALLS, *STORMS, *DECEITS)


def hostile_sites() -> tuple[Site, ...]:
    """The sites of all attacks and the fingerprint page, to be served beside or instead of the practice sites."""
    return (*(attack.site for attack in ATTACKS), fingerprint.SITE)
