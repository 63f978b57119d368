"""Every language that the lexicons know: a claimed fine accuses, its denial does not and is read as one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from prober.models.reading import Reading
from prober.reading.lexicon import detect, languages, lexicon_for, packaged
from prober.reading.read import read
from tests.factories import control, page

# language -> (lines that accuse, sum, line that denies)
SAYINGS: dict[str, tuple[list[str], str, str]] = {
    "ru": (["У вас есть неоплаченный штраф: 21 625 ₸", "[Оплатить]"], "21625", "По вашему номеру штрафов не найдено"),
    "kk": (["Сізде төленбеген айыппұл бар: 21 625 ₸", "[Төлеу]"], "21625", "Сізде айыппұл жоқ"),
    "en": (["You have 1 unpaid fine: $25.00", "[Pay now]"], "25.00", "No unpaid fines were found for this vehicle"),
    "uz": (["Sizda to'lanmagan jarima bor: 340 000 so'm", "[To‘lash]"], "340000", "Jarima topilmadi"),
    "ky": (["Сизде төлөнбөгөн айып пул бар: 3 000 сом", "[Төлөө]"], "3000", "Айып пул табылган жок"),
    "uk": (["У вас є несплачений штраф: 340 грн", "[Сплатити]"], "340", "Штрафів не знайдено"),
    "be": (["У вас ёсць неаплачаны штраф: 40 BYN", "[Аплаціць]"], "40", "Штрафаў няма"),
    "tg": (["Шумо ҷаримаи пардохтнашуда доред: 400 сомонӣ", "[Пардохт]"], "400", "Ҷарима ёфт нашуд"),
    "bg": (["Имате неплатена глоба: 50 лв", "[Плати]"], "50", "Няма намерени глоби"),
    "sr": (["Imate neplaćenu kaznu: 5.000 RSD", "[Plati]"], "5000", "Nema kazni za ovo vozilo"),
    "az": (["Sizin ödənilməmiş cəriməniz var: 40 AZN", "[Ödə]"], "40", "Cərimə tapılmadı"),
    "tr": (["Ödenmemiş trafik cezanız var: 1.506 TL", "[Şimdi öde]"], "1506", "Cezanız bulunmamaktadır"),
    "ka": (["თქვენ გაქვთ გადაუხდელი ჯარიმა: 50 ₾", "[გადახდა]"], "50", "ჯარიმა არ მოიძებნა"),
    "hy": (["Դուք ունեք չվճարված տուգանք: 5000 ֏", "[Վճարել]"], "5000", "Տուգանքներ չկան"),
    "de": (["Sie haben ein unbezahltes Bußgeld: 35,00 €", "[Jetzt bezahlen]"], "35.00", "Es wurden keine Bußgelder gefunden"),
    "fr": (["Vous avez une amende impayée : 35 €", "[Payer]"], "35", "Aucune amende trouvée pour ce véhicule"),
    "es": (["Usted tiene una multa pendiente de 100 €", "[Pagar ahora]"], "100", "No se encontraron multas para este vehículo"),
    "pt": (["Você tem uma multa pendente de R$ 130,16", "[Pagar]"], "130.16", "Nenhuma multa encontrada para este veículo"),
    "it": (["Hai una multa non pagata di 42,00 €", "[Paga ora]"], "42.00", "Nessuna multa trovata per questo veicolo"),
    "nl": (["U heeft een openstaande boete van € 42,00", "[Nu betalen]"], "42.00", "Er is geen boete gevonden op dit kenteken"),
    "pl": (["Masz nieopłacony mandat: 100 zł", "[Zapłać]"], "100", "Nie znaleziono mandatów"),
    "cs": (["Máte nezaplacenou pokutu: 500 Kč", "[Zaplatit]"], "500", "Nebyly nalezeny žádné pokuty"),
    "sk": (["Máte nezaplatenú pokutu: 50 €", "[Zaplatiť]"], "50", "Nenašli sa žiadne pokuty"),
    "ro": (["Aveți o amendă neplătită: 290 lei", "[Plătește]"], "290", "Nu au fost găsite amenzi"),
    "hu": (["Önnek befizetetlen bírsága van: 30 000 Ft", "[Fizetés]"], "30000", "Nincs bírság a rendszerben"),
    "el": (["Έχετε απλήρωτο πρόστιμο: 80 €", "[Πληρωμή]"], "80", "Δεν βρέθηκε πρόστιμο"),
    "ar": (["لديك مخالفة مرورية غير مدفوعة: 500 درهم", "[ادفع الآن]"], "500", "لا توجد مخالفات على هذه المركبة"),
    "fa": (["شما یک جریمه پرداخت نشده دارید: 500000 ریال", "[پرداخت]"], "500000", "جریمه ای یافت نشد"),
    "ur": (["آپ کا غیر ادا شدہ چالان: PKR 500", "[ادا کریں]"], "500", "کوئی چالان نہیں ملا"),
    "he": (["יש לך קנס שלא שולם: 250 ₪", "[שלם עכשיו]"], "250", "לא נמצאו קנסות לרכב זה"),
    "hi": (["आपका बकाया चालान: ₹590", "[भुगतान करें]"], "590", "कोई चालान नहीं मिला"),
    "bn": (["আপনার বকেয়া জরিমানা: ৳500", "[পরিশোধ করুন]"], "500", "কোনো জরিমানা নেই"),
    "id": (["Anda memiliki denda tilang belum dibayar: Rp 250.000", "[Bayar sekarang]"], "250000", "Denda tidak ditemukan untuk kendaraan ini"),
    "ms": (["Anda mempunyai saman belum dibayar: RM 150", "[Bayar]"], "150", "Tiada saman dijumpai untuk kenderaan ini"),
    "vi": (["Bạn có 1 lỗi vi phạm chưa nộp phạt: 800.000 đồng", "[Nộp phạt ngay]"], "800000", "Không tìm thấy vi phạm nào"),
    "th": (["คุณมีใบสั่งค้างชำระ 500 บาท", "[ชำระเงิน]"], "500", "ไม่พบใบสั่งของรถคันนี้"),
    "zh": (["您有1条未处理违章，罚款金额：200元", "[立即缴纳]"], "200", "未查询到违章记录"),
    "ja": (["お客様の未払いの反則金：9,000円", "[今すぐ支払う]"], "9000", "違反は見つかりませんでした"),
    "ko": (["미납된 과태료가 있습니다: 40,000원", "[납부하기]"], "40000", "조회된 과태료 내역이 없습니다"),
    "sv": (["Du har obetalda böter: 1 500 kr", "[Betala]"], "1500", "Inga böter hittades för detta fordon"),
    "no": (["Du har en ubetalt bot på 1 500 kr", "[Betal nå]"], "1500", "Ingen bøter funnet på dette kjøretøyet"),
    "da": (["Du har en ubetalt bøde på 1.500 kr.", "[Betal]"], "1500", "Ingen bøder fundet på dette køretøj"),
    "fi": (["Sinulla on maksamaton sakko: 200 €", "[Maksa]"], "200", "Sakkoja ei löytynyt tälle ajoneuvolle"),
    "lt": (["Turite nesumokėtą baudą: 40 €", "[Mokėti]"], "40", "Baudų nerasta"),
    "lv": (["Jums ir neapmaksāts sods: 40 €", "[Maksāt]"], "40", "Nav sodu šim numuram"),
    "et": (["Teil on maksmata trahv: 40 €", "[Maksa]"], "40", "Trahve ei leitud"),
    "sq": (["Keni një gjobë të papaguar: 3.000 lekë", "[Paguaj]"], "3000", "Nuk u gjet asnjë gjobë"),
}  # fmt: skip

# language -> claim, sum, denial, refusal, offer, and the words of buttons
PAGES: dict[str, dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "sayings.yaml").read_text(encoding="utf-8"), yaml.BaseLoader
)
for _code, _page in PAGES.items():
    if "claim" in _page:
        SAYINGS[_code] = (_page["claim"], _page["sum"], _page["denial"])

CORE = frozenset(
    [
        "fine",
        "toll",
        "parking",
        "parcel",
        "tax",
        "debt",
        "found",
        "unpaid",
        "due",
        "sum",
        "record",
        "pay",
        "not_found",
        "invalid",
        "error",
        "if",
        "conditional",
        "law",
        "example",
        "tariff",
        "news",
        "faq",
        "warning",
        "refund",
        "price",
        "top_up",
        "insurance",
        "subscription",
        "donation",
        "transfer",
        "login",
        "captcha",
        "blocked",
        "error_page",
        "maintenance",
        "wait",
        "submit",
        "next",
        "menu",
        "cookie",
        "back",
        "close",
        "agree",
        "result",
        "help",
        "demo",
        "official",
        "verification",
    ]
)


def test_every_language_has_words_and_a_saying() -> None:
    assert {c.split("_")[0] for c in languages()} == {c.split("_")[0] for c in SAYINGS}
    assert set(SAYINGS) <= set(languages())


@pytest.mark.parametrize("code", sorted({entry["words"] for entry in languages().values()}))
def test_every_language_has_the_core_categories(code: str) -> None:
    assert CORE - set(packaged(code)) == set()
    assert all(packaged(code)[category] for category in CORE)


def _read_pages(code: str, line: str) -> Reading:
    """The line on a page that says something else in its language too, as every page does."""
    return read(page([SAYINGS[code][2], line], [control("f", form=3)]))


@pytest.mark.parametrize("code", PAGES)
def test_a_refusal_of_what_was_typed_is_no_answer_to_it(code: str) -> None:
    reading = _read_pages(code, PAGES[code]["refusal"])
    assert "invalid" in {r.kind for r in reading.refusals}, reading
    assert reading.accusations == ()


@pytest.mark.parametrize("code", PAGES)
def test_something_for_sale_is_an_offer(code: str) -> None:
    reading = _read_pages(code, PAGES[code]["offer"])
    assert [o for o in reading.offers if o.amount is not None], reading
    assert reading.accusations == ()


@pytest.mark.parametrize("code", PAGES)
def test_buttons_do_what_they_say(code: str) -> None:
    said = PAGES[code]
    for role in ("submit", "next", "back", "close", "pay"):
        reading = read(page([SAYINGS[code][2], said["refusal"], f"[{said[role]}]"]))
        assert role in [b.role for b in reading.buttons], (role, said[role], reading.buttons)


@pytest.mark.parametrize("code", PAGES)
def test_neighbours_are_told_apart(code: str) -> None:
    said = PAGES[code]
    text = "\n".join([*SAYINGS[code][0], SAYINGS[code][2], said["refusal"]])
    mine = {code, "hr"} if code == "bs" else {code}
    assert mine & set(detect(text)[:1]), detect(text)


def test_lexicons_use_no_category_that_english_does_not_explain() -> None:
    known = set(packaged("en"))
    for code in SAYINGS:
        assert set(packaged(languages()[code]["words"])) <= known, code


@pytest.mark.parametrize("code", SAYINGS)
def test_a_claimed_fine_accuses_in_every_language(code: str) -> None:
    lines, value, _ = SAYINGS[code]
    reading = read(page(lines))
    assert reading.accusations, reading
    amount = reading.accusations[0].amount
    assert amount is not None and str(amount.value) == value


@pytest.mark.parametrize("code", SAYINGS)
def test_a_denial_refuses_in_every_language(code: str) -> None:
    reading = read(page([SAYINGS[code][2]]))
    assert reading.accusations == ()
    assert "not_found" in [r.kind for r in reading.refusals], reading


@pytest.mark.parametrize("code", SAYINGS)
def test_the_pay_button_is_known_in_every_language(code: str) -> None:
    reading = read(page(SAYINGS[code][0]))
    assert [b.role for b in reading.buttons][:1] == ["pay"], reading.buttons


@pytest.mark.parametrize(
    "code", ["ru", "kk", "en", "uz", "ky", "uk", "de", "fr", "es", "tr", "ar", "hi", "zh", "ja", "ko"]
)
def test_a_look_up_form_has_a_submit_button(code: str) -> None:
    word = packaged(code)["submit"][0].rstrip("*")
    reading = read(page([SAYINGS[code][2], f"[{word}]"], [control("f", form=3)]))
    assert reading.with_role("submit"), reading.buttons


def test_a_language_is_named() -> None:
    for code in ("ru", "kk", "en", "de", "fr", "es", "tr", "uk", "ka", "zh"):
        assert read(page([*SAYINGS[code][0], SAYINGS[code][2]])).language == code


def test_lexicon_marks_ignore_phrases() -> None:
    marks = lexicon_for(["en"]).find("Toll-free support, read the fine print")
    assert not marks.any("fine", "toll")


def _plain(code: str, category: str) -> str:
    """A phrase of the category as a page would print it."""
    known = packaged(languages()[code]["words"])[category]
    return next(p.rstrip("*") for p in known if not any(n in p for n in ("..", "<n>")) and "*" not in p[:-1])


@pytest.mark.parametrize("code", sorted(set(SAYINGS) - {"bs", "kk_latn", "uz_cyrl", "sr_latn"}))
def test_what_is_told_of_fines_accuses_nobody(code: str) -> None:
    fine, denial = _plain(code, "fine"), SAYINGS[code][2]
    table = [f"# {_plain(code, 'tariff')}", f"{fine} A: 500 EUR", f"{fine} B: 700 EUR", f"{fine} C: 900 EUR"]
    for lines in (
        [denial, *table],
        [denial, f"{_plain(code, 'example')}: {fine} 500 EUR"],
        [denial, f"{_plain(code, 'warning')}: {fine} 500 EUR"],
        [denial, f"# {_plain(code, 'news')}", f"{fine} 500 EUR"],
        [denial, f"{_plain(code, 'insurance')} 500 EUR"],
    ):
        assert read(page(lines)).accusations == (), lines


CARD_FORMS = {  # number, expiry, code
    "af": ("Kaartnommer", "Vervaldatum", "Sekuriteitskode"),
    "am": ("የካርድ ቁጥር", "የሚያበቃበት ቀን", "የደህንነት ኮድ"),
    "ca": ("Número de targeta", "Data de caducitat", "Codi de seguretat"),
    "gu": ("કાર્ડ નંબર", "સમાપ્તિ તારીખ", "સુરક્ષા કોડ"),
    "is": ("Kortanúmer", "Gildistími", "Öryggiskóði"),
    "km": ("លេខកាត", "ថ្ងៃផុតកំណត់កាត", "លេខកូដសុវត្ថិភាព"),
    "kn": ("ಕಾರ್ಡ್ ಸಂಖ್ಯೆ", "ಮುಕ್ತಾಯ ದಿನಾಂಕ", "ಭದ್ರತಾ ಕೋಡ್"),
    "lo": ("ເລກບັດ", "ວັນໝົດອາຍຸ", "ລະຫັດຄວາມປອດໄພ"),
    "mk": ("Број на картичка", "Датум на истекување", "Безбедносен код"),
    "ml": ("കാർഡ് നമ്പർ", "കാലാവധി തീയതി", "സുരക്ഷാ കോഡ്"),
    "mn": ("Картын дугаар", "Дуусах хугацаа", "Нууцлалын код"),
    "mr": ("कार्ड क्रमांक", "समाप्ती तारीख", "सुरक्षा कोड"),
    "my": ("ကတ်နံပါတ်", "သက်တမ်းကုန်ဆုံးရက်", "လုံခြုံရေးကုဒ်"),
    "ne": ("कार्ड नम्बर", "म्याद सकिने मिति", "सुरक्षा कोड"),
    "pa": ("ਕਾਰਡ ਨੰਬਰ", "ਸਮਾਪਤੀ ਮਿਤੀ", "ਸੁਰੱਖਿਆ ਕੋਡ"),
    "si": ("කාඩ්පත් අංකය", "කල් ඉකුත් වන දිනය", "ආරක්ෂක කේතය"),
    "sl": ("Številka kartice", "Datum poteka", "Varnostna koda"),
    "sw": ("Nambari ya kadi", "Tarehe ya kuisha", "Nambari ya usalama"),
    "ta": ("அட்டை எண்", "காலாவதி தேதி", "பாதுகாப்பு குறியீடு"),
    "te": ("కార్డ్ నంబర్", "గడువు తేదీ", "భద్రతా కోడ్"),
    "tl": ("Numero ng card", "Petsa ng pag-expire", "Security code"),
}


@pytest.mark.parametrize("code", CARD_FORMS)
def test_a_card_form_is_known_by_its_labels(code: str) -> None:
    fields = [control(f"f{i}", order=i, label=label, form=3) for i, label in enumerate(CARD_FORMS[code])]
    reading = read(page([SAYINGS[code][2]], fields))
    purposes = {f.ref: f.purpose for f in reversed(reading.fields)}
    assert purposes == {"f0": "card_number", "f1": "card_expiry", "f2": "card_code"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Search", "en"),
        ("Toll fee unpaid", "en"),
        ("Multa", "es"),
        ("Betaal nu uw boete", "nl"),
        ("Paga la multa", "it"),
    ],
)
def test_a_word_that_many_languages_share_leaves_out_no_big_one(text: str, code: str) -> None:
    assert code in detect(text)[:4]
