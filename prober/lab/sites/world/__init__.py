"""Sites in fourteen languages other than Kazakh, Russian and English."""

from __future__ import annotations

from prober.lab.site import Site
from prober.lab.sites.world import (
    bijli,
    etilang,
    gwataeryo,
    ipva_facil,
    kat_zadalzhenia,
    klisi,
    kvish,
    maegesho,
    matrica,
    mflow,
    phatnguoi,
    polizia_locale,
    rovinieta,
    torguuli,
)

SITES: tuple[Site, ...] = (
    ipva_facil.SITE,
    etilang.SITE,
    mflow.SITE,
    kat_zadalzhenia.SITE,
    klisi.SITE,
    kvish.SITE,
    matrica.SITE,
    gwataeryo.SITE,
    maegesho.SITE,
    polizia_locale.SITE,
    rovinieta.SITE,
    phatnguoi.SITE,
    bijli.SITE,
    torguuli.SITE,
)
