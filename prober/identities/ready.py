"""Ready ladders that a scenario can name in `make` instead of writing patterns, and the full ladder of every kind."""

from __future__ import annotations

from prober.identities import everywhere, kazakhstan
from prober.models.scenario import Scenario, ValueSpec

READY: dict[str, ValueSpec] = {
    "kz_iin": kazakhstan.IIN,
    "kz_plate": kazakhstan.PLATE,
    "kz_phone": kazakhstan.PHONE,
    "kz_protocol": kazakhstan.PROTOCOL,
    "kz_certificate": kazakhstan.CERTIFICATE,
    "kz_document": kazakhstan.DOCUMENT,
    "kz_driver_license": kazakhstan.DRIVER_LICENSE,
    "birth_date": everywhere.BIRTH_DATE,
    "document_date": everywhere.DOCUMENT_DATE,
    "email": everywhere.EMAIL,
    "otp": everywhere.OTP,
    "vin": everywhere.VIN,
    "tracking_s10": everywhere.TRACKING,
}


def complete(spec: ValueSpec) -> ValueSpec:
    """The spec with the patterns and the rule of the ready ladder that it names; its own patterns come after.

    Raises:
        KeyError: there is no ready ladder of that name.
    """
    if not spec.make:
        return spec
    ready = READY[spec.make]
    return spec.model_copy(
        update={
            "check_digit": spec.check_digit or ready.check_digit,
            "patterns": ready.patterns + spec.patterns,
            "source": spec.source or ready.source,
        }
    )


def specs_of(scenario: Scenario) -> dict[str, ValueSpec]:
    """Kind -> spec for all kinds that an identity of the scenario has."""
    own = {spec.kind: complete(spec) for spec in scenario.values}
    return own | {spec.kind: spec for spec in everywhere.COMMON if spec.kind not in own}
