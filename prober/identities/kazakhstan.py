"""Kazakhstan's numbers: the check-digit rule of the IIN, and ladders of values that nobody there can bear.

Sources: IIN, order 521 of the Ministry of Internal Affairs, 29 June 2023 (12 digits and a check digit), and
the rules of 2007 for its reading by date of birth; plates, ST RK 986 and the region codes 01 to 20 in use.
"""

from __future__ import annotations

from prober.models.scenario import CheckDigit, Pattern, ValueSpec

IIN_RULE = CheckDigit(
    modulus=11,
    passes=((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)),
)

_FAILING = "its last digit is {last}, but the check-digit rule allows only {right} (order 521 of 2023)"
_BIRTH = {"birth_yy": "0:2", "birth_month": "2:4", "birth_day": "4:6"}

IIN = ValueSpec(
    kind="personal_id",
    check_digit=IIN_RULE,
    source="Order 521 of the Ministry of Internal Affairs of Kazakhstan, 29 June 2023",
    patterns=(
        Pattern(
            grade="I3",
            shape="<birth_date.yy><birth_date.month><birth_date.day>[56][0-9]{5}",
            check="fail",
            proof="absolute",
            why="No IIN can be {text}: " + _FAILING + "; read as a date, its bearer would be born after 2059.",
            parts=_BIRTH,
        ),
        Pattern(
            grade="I3b",
            shape="<birth_date:1.yy><birth_date:1.month><birth_date:1.day>[12][0-9]{5}",
            check="fail",
            proof="absolute",
            why="No IIN can be {text}: " + _FAILING + "; read as a date, its bearer would be born before 1851.",
            parts=_BIRTH,
        ),
        Pattern(
            grade="I2",
            shape="[0-9]{2}(1[3-9]|[2-9][0-9])[0-9]{2}9[0-9]{5}",
            check="fail",
            proof="absolute",
            why="No IIN can be {text}: " + _FAILING + "; read as a date, it names a 13th or later month.",
        ),
        Pattern(
            grade="I1",
            shape="[0-9]{2}(1[3-9]|[2-9][0-9])[0-9]{2}9[0-9]{4}",
            proof="absolute",
            why="No IIN can be {text}: an IIN has 12 digits, this has 11 (order 521 of 2023).",
        ),
        Pattern(
            grade="I0",
            shape="[ЖЫЩЮЯ]{4}[QWXZ]{4}[ЖЫЩЮЯ]{4}",
            proof="absolute",
            why="No IIN can be {text}: an IIN has 12 digits and no letters (order 521 of 2023).",
        ),
        Pattern(
            grade="IV",
            shape="<birth_date.yy><birth_date.month><birth_date.day>[56][0-9]{5}",
            check="pass",
            proof="convention",
            why="Nobody living bears the IIN {text}: its check digit is right, but its bearer would be born after "
            "2059. Entered only because the page's own script refused an IIN with a wrong check digit.",
            parts=_BIRTH,
            last_resort=True,
        ),
    ),
)

_PLATE = {"number": "0:3", "series": "3:6", "region": "6:8"}

PLATE = ValueSpec(
    kind="plate",
    source="ST RK 986; region codes 01 to 20 in use since 2022",
    patterns=(
        Pattern(
            grade="P2",
            shape="000[JQVWXZ]{3}(00|9[0-9])",
            proof="convention",
            why="No plate of Kazakhstan reads {text}: numbers start at 001, and no region has the code {region} "
            "(01 to 20 are in use).",
            parts=_PLATE,
        ),
        Pattern(
            grade="P3",
            shape="000[ЖЫЩЮЭ]{3}(0[1-9]|1[0-7])",
            proof="convention",
            why="No plate of Kazakhstan reads {text}: plates carry Latin letters only, and numbers start at 001.",
            parts=_PLATE,
        ),
        Pattern(
            grade="P3",
            shape="000[JQVWXZ]{3}(0[1-9]|1[0-7])",
            proof="convention",
            why="No plate of Kazakhstan reads {text}: numbers start at 001. This is a single impossibility, used where "
            "a menu offers existing regions only.",
            parts=_PLATE,
        ),
        Pattern(
            grade="P1",
            shape="[1-9][JQVWXZ][1-9][JQVWXZ][1-9][JQVWXZ]",
            proof="absolute",
            why="No plate of Kazakhstan reads {text}: no kind of plate mixes digits and letters in this order.",
        ),
        Pattern(grade="P0", shape="[ЖЫЩЮЭ]{5}[#*?!]{2}", proof="none", why="{text} does not look like a plate at all."),
    ),
)

PHONE = ValueSpec(
    kind="phone",
    patterns=(
        Pattern(
            grade="T2",
            shape="+7(709|779|749|769)000[0-9]{4}",
            proof="convention",
            why="Nobody can be called on {text}: no mobile operator of Kazakhstan uses the code {code}.",
            parts={"country": "0:2", "national": "2:12", "code": "2:5"},
        ),
    ),
)

PROTOCOL = ValueSpec(
    kind="protocol",
    patterns=(
        Pattern(
            grade="N2",
            shape="99[0-9]{4}000[0-9]{6}",
            proof="convention",
            why="No fine is known under {text}: the numbers seen on real notices do not begin with 99.",
        ),
        Pattern(
            grade="N1",
            shape="99[0-9]{4}000[0-9]{4}",
            proof="convention",
            why="No fine has the number {text}: notices carry 15 digits, this has 13.",
        ),
    ),
)

CERTIFICATE = ValueSpec(
    kind="vehicle_certificate",
    patterns=(
        Pattern(
            grade="C2",
            shape="Z[JQVWXZ]000[0-9]{5}",
            proof="convention",
            why="No registration certificate is known as {text}: no series in use begins with Z.",
            parts={"series": "0:2", "number": "2:10"},
        ),
    ),
)

DOCUMENT = ValueSpec(
    kind="document_number",
    patterns=(
        Pattern(
            grade="D2",
            shape="99[0-9]{7}",
            proof="convention",
            why="No identity card is known as {text}: the numbers issued so far begin with 0.",
        ),
    ),
)

DRIVER_LICENSE = ValueSpec(
    kind="driver_license",
    patterns=(
        Pattern(
            grade="L2",
            shape="Z[JQVWXZ]000[0-9]{3}",
            proof="convention",
            why="No driving licence is known as {text}: no series in use begins with Z.",
            parts={"series": "0:2", "number": "2:8"},
        ),
    ),
)
