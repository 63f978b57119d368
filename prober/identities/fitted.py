"""Values made to the form that a page asks for, whatever the country, which nobody can bear; pure and from a seed.

Every value has zeros where numbers in use begin otherwise. What else is impossible about it depends on what it is:
letters that plates do not carry, a check digit that no rule for numbers of that length accepts, a month 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

from prober.identities.lookalike import is_placeholder, reads_as
from prober.identities.numbers import accepted_by, rule_in, rules_for, spoil
from prober.identities.scripts import OF_PAPERS, letters_of
from prober.models.identity import MADE, Identity, Proof, Value
from prober.models.shape import Shape, is_separator, script_of

PLATES = frozenset({"plate"})
Variant = Literal[1, 2, 3]
_BEGINNINGS = {True: ("00",), False: ("000", "666000", "999")}
_LONG_AGO = "9"  # the century digit of Korean resident numbers for births before 1900


def fitted(kind: str, shape: Shape, identity: Identity, *, variant: Variant = 1, language: str = "") -> Value | None:
    """The identity's value of a kind in that form; None where no value of it is safe to type.

    The same identity and form give the same value, another identity another one in all places that are free.

    variant: 1 with noughts and with the letters that are never issued; 2 with letters in use, the noughts alone
        being the proof, or for digits with another beginning that is never issued; 3 digits that can be read as a
        birth long ago, for pages that look at the date only.
    language: of the page, which tells whose number a row of digits is.
    """
    if not _makes(kind, shape, variant, language):
        return None
    for attempt in range(40):
        rng = Random(f"{identity.seed}/{kind}/{shape.cells}/{variant}/{attempt}")
        maker = _Maker(kind, shape, _index(identity.name), rng, variant)
        text = maker.text()
        plain = "".join(char for char in text if char.isalnum())
        if shape.digits_only and kind not in PLATES:
            plain, text = _spoiled(plain, text, rng)
        if plain and safe(kind, plain) and (not shape.regex or shape.fits(text)):
            return _value(kind, text, plain, maker, language)
    return None


def _makes(kind: str, shape: Shape, variant: Variant, language: str) -> bool:
    """Whether there is such a variant: three for numbers, of which the dated one is Korea's; two with letters."""
    count = len(shape.solid)
    if not 3 <= count <= 24:
        return False
    if not shape.digits_only:
        return variant <= 2 and (variant == 1 or _varied(shape))
    if kind in PLATES:
        return variant == 1 and count >= 5
    if kind == "phone":
        return variant == 1 and count >= 7
    return (variant == 1 and count >= 6) or (variant == 2 and count >= 8) or (variant == 3 and _dated(count, language))


def _varied(shape: Shape) -> bool:
    """Whether letters can be chosen otherwise: there are some, not all of them Latin without an example."""
    letters = [cell for cell in shape.solid if cell.startswith("A")]
    return bool(letters) and (bool(shape.example) or any(cell[2:] not in ("any", "latin") for cell in letters))


def _dated(count: int, language: str) -> bool:
    return language == "ko" and count in (7, 13)


def safe(kind: str, plain: str) -> bool:
    """Whether a fitted value, without separators, keeps its proof: nobody's number, no card's, no stand-in."""
    if is_placeholder(plain) or reads_as(plain) or not any(char.isdecimal() for char in plain):
        return False
    if plain.isdecimal():
        return (plain.startswith(_BEGINNINGS[kind in PLATES]) and (kind in PLATES or not accepted_by(plain))) or (
            len(plain) in (7, 13) and plain[6] == _LONG_AGO and plain[:2] < "50" and not accepted_by(plain)
        )
    return any(set(run) == {"0"} for run in _runs(plain)) if kind in PLATES else "0" in plain


@dataclass
class _Maker:
    kind: str
    shape: Shape
    index: int
    rng: Random
    variant: Variant

    def __post_init__(self) -> None:
        cells = self.shape.solid
        self.layout = "".join("9" if c == "9" else "A" if c.startswith(("A", "[")) else "*" for c in cells)
        self.sample = [char for char in self.shape.example if char.isalnum()]

    def text(self) -> str:
        """The value with its separators."""
        solid = iter(self._solid())
        return "".join(cell[1:] if is_separator(cell) else next(solid) for cell in self.shape.cells)

    def _solid(self) -> list[str]:
        cells = self._decided()
        if self.kind not in PLATES and self.shape.digits_only and self.variant > 1:
            return self._otherwise_begun(len(cells))
        zeros = self._zeros(cells)
        return [self._char(place, cell, place in zeros) for place, cell in enumerate(cells)]

    def _otherwise_begun(self, count: int) -> list[str]:
        """Digits that begin with nines, or with an area that the United States never issue; or with a birth before 1850."""
        if self.variant == 3:
            year, month, day = (self._pick(n, pool) for n, pool in enumerate(("01234", "0123456789", "123456789")))
            head = f"{year}{month}0{day}{self._pick(4, '012')}{self._pick(5, '12345678')}{_LONG_AGO}"
        else:
            head = "666000" if count == 9 else "9" * leading_zeros(count)
        return [*head, *(self._pick(place, "0123456789") for place in range(len(head), count))]

    def _decided(self) -> list[str]:
        """Every '*' as a letter or a digit: two letters before digits, as most plates of the world begin."""
        cells = list(self.shape.solid)
        free = [place for place, cell in enumerate(cells) if cell == "*"]
        for rank, place in enumerate(free):
            letter = self.kind in PLATES and rank in (0, 1, len(free) - 1) and len(free) > 3
            cells[place] = "A:any" if letter else "9"
        return cells

    def _zeros(self, cells: list[str]) -> frozenset[int]:
        """Where digits are nought: in plates everywhere, but for the tail of a long number that has few letters."""
        digits = [place for place, cell in enumerate(cells) if cell == "9"]
        letters = sum(cell.startswith("A") for cell in cells)
        if self.kind in PLATES and letters >= 2:
            return frozenset(digits)
        if self.kind in PLATES and letters:
            apart = len(digits) > _tail(cells) >= 4 and self.variant == 1  # a number before the letter keeps the proof
            return frozenset(digits[:-2] if apart else digits)
        return frozenset(digits[: leading_zeros(len(digits))])

    def _char(self, place: int, cell: str, zero: bool) -> str:
        if cell == "9" and self.variant == 2 and place < self._kept():
            return self.sample[place]
        if cell == "9":
            return "0" if zero else self._pick(place, "0123456789")
        if cell.startswith("["):
            pool = cell[1:]
            if pool.isdecimal():
                return min(pool)
            rare = [char for char in pool if char in letters_of(script_of(pool[0]), self.layout).never]
            return self._pick(place, "".join(rare) if rare and self.variant == 1 else pool)
        if cell.startswith("="):
            return cell[1:]
        script = self._script(cell)
        if self.variant == 2 and place < self._kept():
            return self.sample[place].upper()
        letters = OF_PAPERS if self.kind not in PLATES and script == "latin" else letters_of(script, self.layout)
        usual = self.variant == 2 and script != "latin"
        return self._pick(place, letters.usual if usual else letters.never)

    def _script(self, cell: str) -> str:
        script = cell.partition(":")[2]
        own = [char for char in self.sample if char.isalpha()]
        return script if script not in ("any", "") else script_of(own[0]) if own else "latin"

    def _kept(self) -> int:
        """How many characters an example begins with that may name a country or region: 'T 123 ABC', '30A-123.45'.

        All noughts are issued in some countries with Latin plates (Italy, Spain, Argentina), so letters that are not
        issued stay beside them.
        """
        if len(self.sample) != len(self.shape.solid) or self.kind not in PLATES:
            return 0
        first = len(self.layout) - len(self.layout.lstrip(self.layout[0]))
        if self.layout[0] == "9":
            return first if first <= 2 and "A" in self.layout and "999" in self.layout[first:] else 0
        return first if self.layout.count("A") > first else min(1, first - 1)

    def _pick(self, place: int, pool: str) -> str:
        """Another character for each identity in turn, in an order of the seed's."""
        order = list(pool)
        Random(f"{self.rng.random()}/{place}").shuffle(order)
        turn, round_ = self.index % len(order), self.index // len(order)
        return order[(turn + round_ * place) % len(order)]


def leading_zeros(digits: int) -> int:
    """How many noughts a number begins with: enough for its day, month and office to be 0 wherever they stand."""
    return max(2, digits - 2) if digits < 7 else 3 if digits < 9 else 4 if digits < 12 else 5


def _tail(cells: list[str]) -> int:
    """Digits at the end."""
    count = 0
    for cell in reversed(cells):
        if cell != "9":
            break
        count += 1
    return count


def _spoiled(plain: str, text: str, rng: Random) -> tuple[str, str]:
    """The number with a last digit that no rule for its length accepts."""
    if not rules_for(len(plain)):
        return plain, text
    spoiled = spoil(plain, rng)
    if not spoiled:
        return "", ""
    last = max(place for place, char in enumerate(text) if char.isdecimal())
    return spoiled, text[:last] + spoiled[-1] + text[last + 1 :]


def _value(kind: str, text: str, plain: str, maker: _Maker, language: str) -> Value:
    proof, why = _reason(kind, text, plain, maker, language)
    return Value(kind=kind, text=text, grade=f"{MADE}{maker.variant}", proof=proof, why=why)


def _reason(kind: str, text: str, plain: str, maker: _Maker, language: str) -> tuple[Proof, str]:
    """How strongly, and in one sentence why."""
    if kind in PLATES:
        return Proof.CONVENTION, _why_plate(text, plain, maker)
    if kind == "phone":
        return Proof.CONVENTION, f"Nobody can be called on {text}: no country has numbers that begin with {plain[:3]}."
    if plain.isdecimal():
        return _why_number(text, plain, language)
    told = f", and {OF_PAPERS.why}" if maker.variant == 1 and any(c in OF_PAPERS.never for c in plain) else ""
    return (
        Proof.CONVENTION,
        f"Nothing is known to be registered under {text}: running numbers do not begin with noughts{told}.",
    )


def _why_plate(text: str, plain: str, maker: _Maker) -> str:
    why = f"No vehicle is known to carry {text}: plates are numbered from 1, without noughts before"
    letters = [char for char in plain if char.isalpha()]
    if maker.variant == 1 and letters:
        scripted = letters_of(script_of(letters[-1]), maker.layout)
        if all(char in scripted.never for char in letters):
            why += f", and {scripted.why}"
    else:
        why += " (letters as the page's own example has them)" if letters else ""
    return why + "."


def _why_number(text: str, plain: str, language: str) -> tuple[Proof, str]:
    rule, last = rule_in(language, len(plain)), plain[-1]
    if rule is not None and rule.right is not None:
        right = " or ".join(sorted(rule.right(plain)))
        return (
            Proof.ABSOLUTE,
            f"No number of the kind {rule.name} ({rule.country}) can be {text}: its last digit is {last}, but the "
            f"check-digit rule allows only {right}.",
        )
    known = [f"{r.name}{f' ({r.country})' if r.country else ''}" for r in rules_for(len(plain))]
    beginning = f"it begins with {plain[:3]}, and no day, month or office is numbered so"
    if _long_ago(plain):
        return (
            Proof.CONVENTION,
            f"Nobody living bears a number that begins with {text}: born before 1850 by its digits.",
        )
    if not known:
        return Proof.CONVENTION, f"Nobody is known to bear the number {text}: {beginning}."
    return (
        Proof.CONVENTION,
        f"Nobody is known to bear the number {text}: {beginning}, and its last digit {last} fails every check-digit "
        f"rule known for numbers of {len(plain)} digits: {', '.join(known)}.",
    )


def _long_ago(plain: str) -> bool:
    return len(plain) in (7, 13) and plain[6] == _LONG_AGO and not plain.startswith(_BEGINNINGS[False])


def _runs(plain: str) -> list[str]:
    return "".join(char if char.isdecimal() else " " for char in plain).split()


def _index(name: str) -> int:
    """0 for 'A', 1 for 'B', 26 for 'AA'."""
    number = 0
    for char in name:
        number = number * 26 + (ord(char) - 64 if "A" <= char <= "Z" else 1)
    return max(number - 1, 0)
