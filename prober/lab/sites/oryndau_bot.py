"""A chat in Kazakh: a 'bailiff's assistant' asks in bubbles, names a court debt in words, and wants the card as a message."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from prober.lab.kit import Pages, form, number, pick
from prober.lab.site import Site

page = Pages("oryndau-bot")
DEBTS = (
    ("4 мың 325 теңге", "төрт мың үш жүз жиырма бес теңге"),
    ("18 мың 960 теңге", "он сегіз мың тоғыз жүз алпыс теңге"),
)
PAY, LATER = "💳 Қазір төлеймін", "Кейінірек"


async def index(request: Request) -> Response:
    """The chat window."""
    return page(request, "index")


async def say(request: Request) -> Response:
    """One turn: the step that the page is at and what the visitor wrote."""
    fields = await form(request)
    step, text = fields.get("step", ""), fields.get("text", "")
    return JSONResponse(turn(step, text))


def turn(step: str, text: str) -> dict[str, object]:
    """What the bot says next, with the quick replies and the next step."""
    if step == "start":
        kinds = ["ЖСН бойынша", "Көлік нөмірі бойынша"]
        return {"say": ["Нені тексереміз? Төмендегі түймелердің бірін таңдаңыз."], "quick": kinds, "step": "kind"}
    if step == "kind":
        plate = "өлік" in text
        ask = "Көлігіңіздің мемлекеттік нөмірін жазыңыз." if plate else "ЖСН нөміріңізді жазыңыз (12 сан)."
        return {"say": [ask], "quick": [], "step": "plate" if plate else "iin"}
    if step == "iin" and (len(text) != 12 or not text.isdigit()):
        return {"say": ["ЖСН 12 саннан тұруы керек. Қайтадан жазыңыз."], "quick": [], "step": "iin"}
    if step in ("iin", "plate"):
        short, words = pick(text, DEBTS)
        return {
            "say": [
                "🔎 Атқарушылық іс жүргізу тізілімінен іздеп жатырмын…",
                f"⚠️ {text}: сізге қатысты № {number(text) % 10**6:06d}/26 атқарушылық іс қозғалған.",
                f"Берешек сомасы — {short} ({words}). Бүгін төлемесеңіз, шоттарыңызға тыйым салынады.",
            ],
            "quick": [PAY, LATER],
            "step": "debt",
        }
    if step == "debt" and text == LATER:
        return {"say": ["Ертең сома екі еселенеді. Бүгін төлеген дұрыс."], "quick": [PAY, LATER], "step": "debt"}
    asks = {
        "debt": ("Карта нөмірін жазыңыз (16 сан).", "pan"),
        "pan": ("Картаның жарамдылық мерзімі (АА/ЖЖ)?", "exp"),
        "exp": ("Картаның артындағы CVV кодын жазыңыз.", "cvv"),
        "cvv": ("Банк SMS жіберді. Кодты жазыңыз.", "sms"),
    }
    ask, following = asks.get(step, ("Код қате. Жаңа SMS кодты жазыңыз.", "sms"))
    return {"say": [ask], "quick": [], "step": following}


def build() -> Starlette:
    """The site with fresh state."""
    return Starlette(routes=[Route("/", index), Route("/say", say, methods=["POST"])])


SITE = Site(
    name="oryndau-bot",
    kind="scam",
    title="Сот орындаушысының көмекшісі",
    about="A chat that finds a court debt for any number, written in words, and asks for the card as chat messages.",
    languages=("kk",),
    techniques=("chat bubbles", "quick replies", "contenteditable input", "icon send button", "amount in words"),
    expect=("fraudulent",),
    build=build,
)
