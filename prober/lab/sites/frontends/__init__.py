"""Sites of Kazakhstan and its neighbours, built with the front-end libraries that pages of today are built with."""

from __future__ import annotations

from prober.lab.site import Site
from prober.lab.sites.frontends import (
    aiyppul_kg,
    autotarih,
    avtokod,
    bda_tj,
    bishpark,
    dolzhnik,
    ejarima,
    haydovchi,
    kabinet,
    kaztoll,
    pdr_ua,
    qoldau,
    senim_polis,
    turaq,
)

SITES: tuple[Site, ...] = (
    qoldau.SITE,
    turaq.SITE,
    ejarima.SITE,
    aiyppul_kg.SITE,
    pdr_ua.SITE,
    bda_tj.SITE,
    dolzhnik.SITE,
    avtokod.SITE,
    kaztoll.SITE,
    autotarih.SITE,
    senim_polis.SITE,
    haydovchi.SITE,
    bishpark.SITE,
    kabinet.SITE,
)
