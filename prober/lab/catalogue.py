"""The list of practice sites, in the order in which the index page shows them."""

from __future__ import annotations

from prober.lab.site import Site
from prober.lab.sites import (
    alert_fine,
    compensation,
    deep_menu,
    div_inputs,
    english_fines,
    fine_by_plate,
    iin_random,
    iin_strict,
    kk_derived,
    live_panel,
    mobile_only,
    nothing_found,
    pay_frame,
    picture_fine,
    qr_transfer,
    quiet_clone,
    robot_gate,
    second_factor,
    shadow_form,
    sms_wizard,
    spinner_list,
    split_plate,
    tabs_police,
    verify_tenge,
)

_SCAMS: tuple[Site, ...] = (
    fine_by_plate.SITE,
    iin_strict.SITE,
    iin_random.SITE,
    kk_derived.SITE,
    tabs_police.SITE,
    split_plate.SITE,
    deep_menu.SITE,
    spinner_list.SITE,
    pay_frame.SITE,
    shadow_form.SITE,
    div_inputs.SITE,
    sms_wizard.SITE,
    qr_transfer.SITE,
    english_fines.SITE,
    picture_fine.SITE,
    alert_fine.SITE,
    compensation.SITE,
    verify_tenge.SITE,
    second_factor.SITE,
    mobile_only.SITE,
    robot_gate.SITE,
    live_panel.SITE,
    quiet_clone.SITE,
)

_HONEST: tuple[Site, ...] = (nothing_found.SITE,)

_OBSTACLES: tuple[Site, ...] = ()


def all_sites() -> tuple[Site, ...]:
    """Every practice site: scams, then honest services, then obstacles."""
    return _SCAMS + _HONEST + _OBSTACLES
