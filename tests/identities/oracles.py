"""Second implementations of the check-digit rules, written straight from the published text, sharing no code with prober."""

from __future__ import annotations


def iin_forbidden(eleven: str) -> set[str]:
    """Last digits that some reading of the IIN rule would accept after these eleven digits."""
    a = [int(c) for c in eleven]
    first = (
        a[0] * 1 + a[1] * 2 + a[2] * 3 + a[3] * 4 + a[4] * 5 + a[5] * 6
        + a[6] * 7 + a[7] * 8 + a[8] * 9 + a[9] * 10 + a[10] * 11
    ) % 11  # fmt: skip
    second = (
        a[0] * 3 + a[1] * 4 + a[2] * 5 + a[3] * 6 + a[4] * 7 + a[5] * 8
        + a[6] * 9 + a[7] * 10 + a[8] * 11 + a[9] * 1 + a[10] * 2
    ) % 11  # fmt: skip
    forbidden = {first, second} - {10}
    if 10 in (first, second):
        forbidden.add(0)
    return {str(digit) for digit in forbidden}


def iin_valid(iin: str) -> bool:
    """Whether twelve digits satisfy the IIN rule as usually read: second pass at 10, none at a second 10."""
    a = [int(c) for c in iin]
    remainder = sum((i + 1) * a[i] for i in range(11)) % 11
    if remainder == 10:
        remainder = sum(((i + 2) % 11 + 1) * a[i] for i in range(11)) % 11
    return remainder == a[11]


def luhn_valid(digits: str) -> bool:
    table = "0246813579"
    total = sum(int(table[int(c)]) if i % 2 else int(c) for i, c in enumerate(reversed(digits)))
    return total % 10 == 0


def s10_valid(nine: str) -> bool:
    """Eight digits and the check digit of a postal item (UPU S10)."""
    total = sum(int(c) * w for c, w in zip(nine[:8], [8, 6, 4, 2, 3, 5, 9, 7], strict=True))
    check = 11 - total % 11
    return nine[8] == {10: "0", 11: "5"}.get(check, str(check))


def uin_valid(uin: str) -> bool:
    """A Russian charge number (UIN): weights 1 to 10 in a circle, from 3 at a remainder of 10, then 0."""
    for start in (0, 2):
        remainder = sum(int(c) * ((i + start) % 10 + 1) for i, c in enumerate(uin[:-1])) % 11
        if remainder < 10:
            return uin[-1] == str(remainder)
    return uin[-1] == "0"


def vin_valid(vin: str) -> bool:
    """49 CFR 565.15, by the table of letters."""
    values = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", [*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)], strict=True))
    weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
    total = sum(w * (int(c) if c.isdigit() else values[c]) for c, w in zip(vin, weights, strict=True))
    return vin[8] == "0123456789X"[total % 11]


def gs1_valid(digits: str) -> bool:
    """Weights 3 and 1 from the right, the last digit completes to a multiple of ten."""
    total = sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(reversed(digits)))
    return total % 10 == 0
