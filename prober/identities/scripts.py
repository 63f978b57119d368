"""Letters by script: those that plates do not carry, with the reason, and those that they do."""

from __future__ import annotations

from typing import NamedTuple


class Letters(NamedTuple):
    """never: letters that no plate in this script is known to carry, for the reason `why`; usual: some that plates carry."""

    never: str
    usual: str
    why: str


BY_SCRIPT: dict[str, Letters] = {
    "latin": Letters("QXZWVJ", "ABCEHKMPTX", "no series in use has these letters"),
    "cyrillic": Letters("ЖЩЫЭЮЪ", "АВЕКМНОРСТУХ", "Cyrillic plates carry only letters that Latin has too"),
    "greek": Letters("ΓΔΘΛΞΠΣΦΨΩ", "ΑΒΕΗΙΚΜΝΟΡΤΥΧΖ", "Greek plates carry only letters that Latin has too"),
    "thai": Letters("ฃฅ", "กขคงจฉชฌ", "the letters ฃ and ฅ are out of use"),
    "hangul": Letters(
        "뷁쉛홱쀍럃뗐", "가나다라마거너더러머", "Korean plates carry a fixed set of syllables without these"
    ),
    "hiragana": Letters("おしへん", "あいうえかきく", "Japanese plates leave out お, し, へ and ん"),
    "katakana": Letters("ヲンヰヱ", "アイウエカキ", "Japanese plates carry no katakana of this kind"),
    "cjk": Letters("曌龘淼焱垚犇", "京沪粤苏浙川", "no province or city is written so on plates"),
    "hebrew": Letters("ךםןףץ", "אבגדהח", "final letters do not stand on plates"),
    "arabic": Letters("ثذضظغ", "ابحدرسص", "plates leave out letters that differ by dots alone"),
    "georgian": Letters("ჰჯჴჵ", "აბგდევ", "no series in use has these letters"),
    "devanagari": Letters("ङञणळ", "कखगचजप", "no series in use has these letters"),
}

# Latin layouts whose countries publish which letters they leave out: digits as 9, letters as A.
BY_LAYOUT: dict[str, Letters] = {
    "AA999AA": Letters("IOU", "ABCDEF", "plates of this form (France, Italy) leave out I, O and U"),
    "9999AAA": Letters("AEIOUQ", "BCDFGH", "plates of this form (Spain) leave out vowels and Q"),
    "AA99AAA": Letters("IQ", "ABCDEF", "plates of this form (United Kingdom) have neither I nor Q"),
    "A99999": Letters("IOQ", "ABCDEF", "plates of this form leave out I, O and Q"),
}

# For numbers of people and papers: letters that their check characters and series leave out.
OF_PAPERS = Letters("IUOQ", "ABCEHK", "numbers of this form leave out letters that are taken for digits")


def letters_of(script: str, layout: str = "") -> Letters:
    """The letters of a script, of a known layout where that says more."""
    if script == "latin" and layout in BY_LAYOUT:
        return BY_LAYOUT[layout]
    return BY_SCRIPT.get(script, BY_SCRIPT["latin"])
