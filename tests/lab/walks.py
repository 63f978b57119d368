"""Hand-written walks through the scams, step by step with their own selectors, as far as the demand for money.

A step is `(what, selector, value)`: fill, type (real keys), pick (a select option), click, or see (wait for a text).
"""

from __future__ import annotations

from prober.lab.kit import iin_check_digit

PLATE = "000QQQ99"  # region 99 is not assigned
IIN = "991331900000"  # month 13, and a check digit that fails
DATED_IIN = "991231500007"  # a birth in 2099, and a check digit that fails
STRICT_IIN = "99133190001" + str(iin_check_digit("99133190001"))  # month 13, nobody's although the digit fits

Step = tuple[str, str, str]

WALKS: dict[str, tuple[Step, ...]] = {
    "fine-by-plate": (
        ("fill", "#grnz", PLATE),
        ("click", ".btn", ""),
        ("see", "main", "19 660 ₸"),
        ("click", ".btn", ""),
        ("see", "#cvv", ""),
    ),
    "iin-strict": (
        ("fill", "#iin", IIN),
        ("click", "button", ""),
        ("see", "#m", "Некорректный ИИН"),
        ("fill", "#iin", STRICT_IIN),
        ("click", "button", ""),
        ("see", ".due", "21 625 ₸"),
        ("click", ".go", ""),
        ("see", "[name=csc]", ""),
    ),
    "iin-random": (
        ("type", "#iin", DATED_IIN),
        ("click", "#go", ""),
        ("see", "#step2", "Сумма штрафа"),
        ("click", "#topay", ""),
        ("see", "[name=cvv2]", ""),
    ),
    "kk-derived": (
        ("fill", "[name=nomir]", PLATE),
        ("click", ".ok", ""),
        ("see", "center", "төленбеген айыппұл табылды"),
        ("click", ".ok", ""),
        ("see", "[name=cvv]", ""),
    ),
    "tabs-police": (
        ("click", "label[for=t2]", ""),
        ("fill", "[name=q2]", IIN),
        ("click", ".p2 button", ""),
        ("see", ".sum", "43 250 ₸"),
        ("click", "a.bt", ""),
        ("see", "[name=b]", ""),
    ),
    "split-plate": (
        ("type", ".d", "000"),
        ("type", ".l", "QQQ"),
        ("pick", "select", "20"),
        ("click", "#app > .cta", ""),
        ("see", ".modal", "Найден 1 штраф"),
        ("click", ".modal .cta", ""),
        ("see", "[placeholder=CVC]", ""),
    ),
    "deep-menu": (
        ("click", "#ck button", ""),
        ("click", "a[href^='/transport']", ""),
        ("click", "a[href^='/transport/fines']", ""),
        ("click", "a[href^='/transport/fines/check']", ""),
        ("fill", "[name=gn]", PLATE),
        ("click", "[name=agree]", ""),
        ("click", ".b", ""),
        ("see", ".bill", "12 975 ₸"),
        ("click", "a.b", ""),
        ("see", "[name=cvc]", ""),
    ),
    "spinner-list": (
        ("fill", "#q", PLATE),
        ("click", "#start", ""),
        ("see", "#card", "найдено нарушений — 3"),
        ("click", ".item >> nth=0", ""),
        ("see", "#card", "Постановление №"),
        ("click", ".t-btn", ""),
        ("see", "[placeholder='Код CVV']", ""),
    ),
    "pay-frame": (
        ("fill", "[name=iin]", IIN),
        ("click", ".k", ""),
        ("see", ".decree", "40 500 тенге"),
        ("click", "a.k", ""),
        ("see", "iframe", ""),
    ),
    "div-inputs": (
        ("type", "#gos", PLATE),
        ("click", "#b1", ""),
        ("see", "#sum", "21 625 ₸"),
        ("click", "#b2", ""),
        ("see", "#b3", ""),
    ),
    "sms-wizard": (
        ("fill", "[name=iin]", IIN),
        ("click", "button", ""),
        ("fill", "[name=phone]", "+7 709 000 00 00"),
        ("click", "button", ""),
        ("fill", "[name=code]", "482913"),
        ("click", "button", ""),
        ("see", ".amt", "8 650 ₸"),
        ("click", "button", ""),
        ("see", "[name=cvv]", ""),
    ),
    "qr-transfer": (
        ("fill", "[name=auto]", PLATE),
        ("click", ".b", ""),
        ("see", ".k", "15 728 тг"),
        ("click", ".b", ""),
        ("see", ".to", "+7 709"),
    ),
    "english-fines": (
        ("fill", "#vrn", PLATE),
        ("click", ".bt", ""),
        ("see", ".sl", "KZT 21,625.00"),
        ("click", ".bt", ""),
        ("see", "[name=cvc]", ""),
    ),
    "picture-fine": (
        ("fill", "[name=x1]", PLATE),
        ("click", "button", ""),
        ("see", "canvas", ""),
        ("click", "button", ""),
        ("see", "[name=x4]", ""),
    ),
    "alert-fine": (
        ("fill", "#n", PLATE),
        ("click", ".go >> nth=0", ""),
        ("see", "#pay", "17 300 тг"),
        ("see", "#v", ""),
    ),
    "compensation": (
        ("fill", "[name=iin]", IIN),
        ("click", ".b", ""),
        ("see", ".ok", "Вам положен возврат"),
        ("click", ".b", ""),
        ("see", "[name=cvv]", ""),
    ),
    "verify-tenge": (
        ("fill", "[name=iin]", IIN),
        ("fill", "[name=plate]", PLATE),
        ("click", ".b", ""),
        ("see", "#c", "Водитель найден"),
        ("click", ".b", ""),
        ("see", "[name=c]", ""),
    ),
    "mobile-only": (
        ("fill", "[name=v]", PLATE),
        ("click", ".k", ""),
        ("see", ".z", "9 830 тг"),
        ("click", ".k", ""),
        ("see", "[name=s]", ""),
    ),
    "robot-gate": (
        ("click", "#x", ""),
        ("fill", "[name=ident]", IIN),
        ("click", "button", ""),
        ("see", "#no", "Данные не найдены"),
        ("click", "button", ""),
        ("see", "section", "Задолженность найдена"),
        ("click", ".btn", ""),
        ("see", "[name=m]", ""),
    ),
    "live-panel": (
        ("see", "#log", "Здравствуйте"),
        ("fill", "[name=q]", PLATE),
        ("click", "#f button", ""),
        ("see", "#log", "12 480 тг"),
        ("click", ".go", ""),
        ("see", "[placeholder=CVC]", ""),
    ),
    "lookalike-letters": (
        ("fill", "[name=f1]", PLATE),
        ("click", "button", ""),
        ("see", ".big", "19 660"),
        ("click", "button", ""),
        ("see", "[name=f4]", ""),
    ),
    "polling-search": (
        ("fill", "#q", PLATE),
        ("click", "#b", ""),
        ("see", ".debt", "32 437,50 ₸"),
        ("click", ".b", ""),
        ("see", "iframe[title=CVV]", ""),
    ),
    "toast-toll": (
        ("fill", "#p", PLATE),
        ("click", "#b", ""),
        ("see", "#t", "KZT 2,400.00"),
        ("see", "[autocomplete=cc-csc]", ""),
    ),
    "gibdd-fine": (
        ("fill", "[name=regnum]", "Ж000ЖЖ"),
        ("fill", "[name=regreg]", "00"),
        ("fill", "[name=stsnum]", "0000000000"),
        ("click", "button", ""),
        ("see", ".big", "750 ₽"),
        ("click", "button", ""),
        ("see", "[name=cvc]", ""),
    ),
    "ez-toll": (
        ("fill", "[name=plate]", "QI0Q0QZ"),
        ("fill", "[name=zip]", "00000"),
        ("click", "button", ""),
        ("see", "table", "$6.99"),
        ("click", "button", ""),
        ("see", "[name=street]", ""),
        ("click", "button", ""),
        ("see", "[name=cvv]", ""),
    ),
    "council-pcn": (
        ("fill", "[name=reg]", "QI00 QQI"),
        ("click", "button", ""),
        ("see", ".sum", "£25.00"),
        ("click", "button", ""),
        ("see", "[name=a3]", ""),
    ),
    "parcel-fee": (
        ("fill", "[name=code]", "XX000000000XX"),
        ("click", "button", ""),
        ("see", ".c", "€ 1.99"),
        ("click", "button", ""),
        ("see", "[name=cvv]", ""),
    ),
}

UNSCRIPTED = {
    "shadow-form": "a closed shadow root has no selectors",
    "second-factor": "its arithmetic question changes; walked by HTTP",
    "popup-pay": "ends in another window; walked by HTTP",
    "quiet-clone": "asks for nothing",
}
