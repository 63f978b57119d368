"""A Faker provider of values that can belong to nobody: `fake.add_provider(InvalidKazakhProvider)`."""

from __future__ import annotations

from random import Random

from faker.providers import BaseProvider

from prober.identities import everywhere, kazakhstan
from prober.identities.make import make_value
from prober.models.identity import Value
from prober.models.scenario import ValueSpec


class InvalidKazakhProvider(BaseProvider):
    """Invalid numbers of Kazakhstan, reproducible with `fake.seed_instance(...)`.

    Every method gives the text; `invalid_value` gives it with its proof and the reason as well.

        fake = Faker()
        fake.add_provider(InvalidKazakhProvider)
        fake.invalid_iin()            '771031600480', born after 2059 by its date, wrong check digit
        fake.invalid_plate("P1")      '3Q7X1Z'
    """

    kinds: dict[str, ValueSpec] = {
        spec.kind: spec
        for spec in (
            kazakhstan.IIN,
            kazakhstan.PLATE,
            kazakhstan.PHONE,
            kazakhstan.PROTOCOL,
            kazakhstan.CERTIFICATE,
            kazakhstan.DOCUMENT,
            kazakhstan.DRIVER_LICENSE,
            *everywhere.COMMON,
        )
    }

    def invalid_value(self, kind: str, grade: str = "") -> Value:
        """A value of a kind ('personal_id', 'plate', ...) and grade ('I3', 'P2', ...; '' for the most plausible).

        Raises:
            ValueError: there is no such kind or grade.
        """
        spec = self.kinds.get(kind)
        if spec is None:
            raise ValueError(f"There is no kind {kind!r}; choose one of {', '.join(self.kinds)}.")
        patterns = [p for p in spec.patterns if not p.last_resort]
        chosen = next((p for p in patterns if grade in ("", p.grade)), None)
        if chosen is None:
            raise ValueError(f"{kind} has no grade {grade!r}; choose one of {', '.join(p.grade for p in patterns)}.")
        made: dict[tuple[str, int], Value] = {}

        def look_up(other: str, rung: int, part: str) -> str:
            key = other, rung
            if key not in made:
                made[key] = make_value(self.kinds[other], self.kinds[other].patterns[rung], rng, lookup=look_up)
            return made[key].parts[part] if part else made[key].text

        rng: Random = self.generator.random
        return make_value(spec, chosen, rng, locale="ru-KZ", lookup=look_up)

    def invalid_iin(self, grade: str = "I3") -> str:
        """An IIN that cannot be issued; grades I3, I3b, I2, I1, I0 from the most plausible to the plainly wrong."""
        return self.invalid_value("personal_id", grade).text

    def invalid_plate(self, grade: str = "P2") -> str:
        """A plate that cannot exist; grades P2, P3 (existing region), P1 (wrong shape), P0 (garbage)."""
        return self.invalid_value("plate", grade).text

    def invalid_protocol_number(self, grade: str = "N2") -> str:
        """The number of a fine that is not known to be in use."""
        return self.invalid_value("protocol", grade).text

    def invalid_vehicle_certificate(self) -> str:
        """A registration certificate number of a series that is not in use."""
        return self.invalid_value("vehicle_certificate").text

    def invalid_document_number(self) -> str:
        """An identity card number far beyond those issued."""
        return self.invalid_value("document_number").text

    def invalid_phone(self) -> str:
        """A mobile number with a code that no operator uses, in the form +7XXXXXXXXXX."""
        return self.invalid_value("phone").text

    def invalid_email(self) -> str:
        """An address at a domain that is reserved for examples."""
        return self.invalid_value("email").text

    def invalid_vin(self, grade: str = "V2") -> str:
        """A vehicle identification number with a wrong check digit (V2) or forbidden letters (V1)."""
        return self.invalid_value("vin", grade).text

    def future_document_date(self) -> str:
        """A date of issue decades ahead, as DD.MM.YYYY."""
        return self.invalid_value("document_date").text

    def nobodys_name(self) -> str:
        """An invented name; it proves nothing."""
        return self.invalid_value("name").text
