"""Sites whose way to the answer is long or unusual: chats, panels, walls, key pads, gateways."""

from __future__ import annotations

from prober.lab.site import Site
from prober.lab.sites.flows import (
    aiyppul_kit,
    asar_polis,
    avtoshtraf24,
    bank_picker,
    echallan_seva,
    ezdrive,
    inspektor_bot,
    kabinet_sms,
    northpost,
    pcn_pictures,
    shtrafomer,
    sms_first,
    swiftgate,
    wexcombe_parking,
)

SITES: tuple[Site, ...] = (
    inspektor_bot.SITE,
    sms_first.SITE,
    aiyppul_kit.SITE,
    pcn_pictures.SITE,
    ezdrive.SITE,
    swiftgate.SITE,
    avtoshtraf24.SITE,
    echallan_seva.SITE,
    bank_picker.SITE,
    shtrafomer.SITE,
    wexcombe_parking.SITE,
    northpost.SITE,
    asar_polis.SITE,
    kabinet_sms.SITE,
)
