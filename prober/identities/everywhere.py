"""Values that are the same in every country; a scenario gets those that it does not describe itself."""

from __future__ import annotations

from prober.models.scenario import CheckDigit, Pattern, ValueSpec

VIN_RULE = CheckDigit(
    modulus=11,
    passes=((8, 7, 6, 5, 4, 3, 2, 10, 9, 8, 7, 6, 5, 4, 3, 2),),
    position=8,
    map="0123456789X",
    letters={"AJ": 1, "BKS": 2, "CLT": 3, "DMU": 4, "ENV": 5, "FW": 6, "GPX": 7, "HY": 8, "RZ": 9},
)

# Universal Postal Union, S10: weights 8 6 4 2 3 5 9 7; 11 minus the remainder, 10 written 0 and 11 written 5.
S10_RULE = CheckDigit(modulus=11, passes=((8, 6, 4, 2, 3, 5, 9, 7),), map="50987654321", span="2:11")

_DAY = "(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"

BIRTH_DATE = ValueSpec(
    kind="birth_date",
    patterns=(
        Pattern(
            grade="B2",
            shape="20[6-9][0-9]-" + _DAY,
            proof="convention",
            why="Nobody living was born on {text}: that day is decades ahead.",
        ),
        Pattern(
            grade="B1",
            shape="18(0[1-9]|[1-4][0-9])-" + _DAY,
            proof="convention",
            why="Nobody living was born on {text}: that is more than 170 years ago.",
        ),
        Pattern(
            grade="B0",
            shape="19[78][0-9]-" + _DAY,
            proof="none",
            why="A date of birth alone belongs to nobody; typed after the page refused days that nobody was born on.",
        ),
    ),
)

DOCUMENT_DATE = ValueSpec(
    kind="document_date",
    patterns=(
        Pattern(
            grade="D2",
            shape="20[6-9][0-9]-" + _DAY,
            proof="convention",
            why="No document was issued on {text}: that day is decades ahead.",
        ),
    ),
)

EMAIL = ValueSpec(
    kind="email",
    source="RFC 2606, RFC 6761",
    patterns=(
        Pattern(
            grade="E2",
            shape="[bdfgklmnprst][aeiou][bdfgklmnprst][aeiou][bdfgklmnprst][0-9]{3}@example.(com|org|net)",
            proof="absolute",
            why="Nobody receives mail at {text}: the domain is reserved for examples (RFC 2606).",
        ),
        Pattern(
            grade="E1",
            shape="[bdfgklmnprst][aeiou][bdfgklmnprst][aeiou][bdfgklmnprst][0-9]{3}@mail.invalid",
            proof="absolute",
            why="Nobody receives mail at {text}: names ending in .invalid cannot exist (RFC 6761).",
        ),
    ),
)

OTP = ValueSpec(
    kind="otp",
    patterns=(
        Pattern(grade="O", shape="[1-9][0-9]{5}", proof="none", why="{text} is a random code, sent to nobody."),
        Pattern(grade="O4", shape="[1-9][0-9]{3}", proof="none", why="{text} is a random code, sent to nobody."),
    ),
)

VIN = ValueSpec(
    kind="vin",
    check_digit=VIN_RULE,
    source="ISO 3779; 49 CFR 565.15",
    patterns=(
        Pattern(
            grade="V2",
            shape="1[JVWXZ][JVWXZ][A-HJ-NPR-Z]{2}[0-9]{4}[A-HJ-NPR-Y][A-HJ-NPR-Z]00[0-9]{4}",
            check="fail",
            proof="absolute",
            why="No North American car has the number {text}: its ninth character is {last}, the check-digit rule "
            "demands {right} (49 CFR 565.15).",
        ),
        Pattern(
            grade="V1",
            shape="[IOQ]{2}[0-9]{15}",
            proof="absolute",
            why="No car has the number {text}: the letters I, O and Q are not allowed in it (ISO 3779).",
        ),
    ),
)

TRACKING = ValueSpec(
    kind="tracking",
    check_digit=S10_RULE,
    source="Universal Postal Union, standard S10",
    patterns=(
        Pattern(
            grade="S2",
            shape="[RCEL][A-Z]000[0-9]{6}ZZ",
            check="fail",
            proof="absolute",
            why="No parcel has the number {text}: its check digit is {last}, the rule demands {right} (UPU S10), "
            "and ZZ is no country.",
        ),
    ),
)

ACCOUNT = ValueSpec(
    kind="account",
    patterns=(
        Pattern(
            grade="A2",
            shape="990000[0-9]{5}",
            proof="none",
            why="{text} is a random account number with leading digits that are rarely used.",
        ),
    ),
)

NAME_GIVEN = ValueSpec(
    kind="name_given",
    patterns=(
        Pattern(
            grade="N",
            shape="(Alan|Barbara|Carl|Diana|Edwin|Flora|Gregor|Helen|Igor|Julia|Kevin|Laura)",
            proof="none",
            why="A common first name; it proves nothing.",
        ),
    ),
)

NAME_FAMILY = ValueSpec(
    kind="name_family",
    patterns=(
        Pattern(
            grade="N",
            shape="(Nobodyson|Testerly|Invaldi|Fictman|Nonesuch|Placeholt|Unrealov|Inventer)",
            proof="none",
            why="An invented family name; it proves nothing.",
        ),
    ),
)

NAME = ValueSpec(
    kind="name",
    patterns=(
        Pattern(
            grade="N", shape="<name_given> <name_family>", proof="none", why="An invented name; it proves nothing."
        ),
    ),
)

COMMENT = ValueSpec(
    kind="comment",
    patterns=(
        Pattern(grade="N", shape="(ok|-|n/a|no)", proof="none", why="A word without meaning; it proves nothing."),
    ),
)

# What every identity has, unless its scenario says better.
COMMON = (
    BIRTH_DATE,
    DOCUMENT_DATE,
    EMAIL,
    OTP,
    VIN,
    TRACKING,
    ACCOUNT,
    NAME_GIVEN,
    NAME_FAMILY,
    NAME,
    COMMENT,
)
