"""A realistic case with drawn pictures, for tests of what is made from cases."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from PIL import Image, ImageDraw

from prober.catalog import load_scenario
from prober.identities.make import make_identities
from prober.models.action import Click, Fill, Outcome, Stop
from prober.models.case import Case, Environment, Host, Probe, Step
from prober.models.custody import Matter
from prober.models.page import Box, Control, Request, Snapshot
from prober.models.reading import Accusation, Amount, Demand, FieldReading, Pose, Reading, Refusal
from prober.reporting.annotate import font
from prober.reporting.dossier import Dossier
from prober.store.folder import CaseFolder
from prober.store.reading import exhibit_bytes, load_har, load_snapshot
from prober.verdicts import judge

AT = datetime(2026, 11, 22, 14, 3, 5, tzinfo=UTC)
URL = "https://elik-shtraf.example/pay/"
VIEW = Box(x=0, y=0, width=412, height=915)
FINE = Box(x=24, y=220, width=364, height=190)
CARD = Box(x=24, y=250, width=364, height=300)
POSE = Pose(body="egov", quote="Портал электронного правительства", how="title")


def png(title: str, lines: tuple[str, ...], fields: tuple[str, ...] = (), button: str = "") -> bytes:
    """A phone screen as a simple scam page would look."""
    scale = 2
    image = Image.new("RGB", (412 * scale, 915 * scale), "#f3f6fa")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 824, 130), fill="#0b6fb8")
    draw.text((40, 65), "eGov · Электрондық үкімет", font=font(34, bold=True), fill="white", anchor="lm")
    draw.text((48, 200), title, font=font(40, bold=True), fill="#15324b")
    draw.rounded_rectangle((32, 400, 792, 1160), radius=24, fill="white", outline="#d5dee8", width=3)
    y = 440
    for line in lines:
        draw.text((64, y), line, font=font(30, bold="₸" in line), fill="#15324b")
        y += 62
    for label in fields:
        draw.text((64, y), label, font=font(24), fill="#5a6b7c")
        draw.rounded_rectangle((64, y + 36, 760, y + 112), radius=12, outline="#9fb2c4", width=3, fill="#fafcff")
        y += 140
    if button:
        draw.rounded_rectangle((64, y + 10, 760, y + 98), radius=16, fill="#0b6fb8")
        draw.text((412, y + 54), button, font=font(32, bold=True), fill="white", anchor="mm")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _fine_snapshot(number: str) -> Snapshot:
    request = Request(
        method="POST", url=f"{URL}api/search", kind="fetch", status=200, posted=f"iin={number}", mime="application/json"
    )
    page = Request(method="GET", url=URL, kind="document", status=302, redirected_to=f"{URL}home")
    script = Request(method="GET", url="https://cdn.kit.example/app.js", kind="script", status=200)
    pay = Control(
        ref="c9",
        order=9,
        kind="button",
        tag="button",
        text="Оплатить",
        form_action=f"{URL}card",
        box=Box(x=1, y=1, width=9, height=9),
    )
    return Snapshot(
        url=f"{URL}home", title="Проверка штрафов", status=200, requests=(page, script, request), controls=(pay,),
        websockets=("wss://panel.kit.example/live",),
    )  # fmt: skip


class _Walk:
    def __init__(self, folder: CaseFolder, name: str, at: datetime) -> None:
        self.folder, self.name, self.at, self.steps = folder, name, at, []

    def step(self, picture: bytes | None, snapshot: Snapshot, **more) -> None:
        number = len(self.steps) + 1
        exhibits = ()
        if picture is not None:
            added = self.folder.add(
                "screenshot",
                picture,
                suffix="png",
                probe=self.name,
                step=number,
                url=snapshot.url,
                note="shows 0,0 412x915",
            )
            exhibits = (added.id,)
        at = self.at + timedelta(seconds=number)
        sha = self.folder.keep_snapshot(snapshot)
        self.steps.append(
            Step(
                number=number,
                at=at,
                url=snapshot.url,
                title=snapshot.title,
                snapshot=sha,
                status=200,
                exhibits=exhibits,
                **more,
            )
        )


def fraudulent(
    output: Path, *, hostile: str = "", matter: Matter | None = None, sums=("19 660 ₸", "19 660 ₸")
) -> tuple[Case, CaseFolder]:
    """A page that fined two impossible IINs and asked both for a card; `hostile` text is put wherever the page speaks."""
    scenario = load_scenario("kz-fines")
    folder = CaseFolder.create(output, URL, AT)
    identities = make_identities(scenario, 7, 2)
    probes = []
    for index, (identity, money) in enumerate(zip(identities, sums, strict=False)):
        probes.append(_accused(folder, f"P{index + 1}", identity, money, hostile, AT + timedelta(seconds=9 * index)))
    case = _case(folder, tuple(probes), matter or Matter())
    case = case.model_copy(update={"verdict": judge(case, scenario)})
    folder.write_case(case)
    return case, folder


def _accused(folder: CaseFolder, name: str, identity, money: str, hostile: str, at: datetime) -> Probe:
    value = identity.value("personal_id")
    walk = _Walk(folder, name, at)
    quote = hostile or f"У вас имеется неоплаченный штраф {money}"
    amount = Amount(value=Decimal(money.split("₸")[0].replace(" ", "")), currency="KZT", text=money)
    accusation = Accusation(debt="traffic_fine", quote=quote, amount=amount, case_number="KZ-20261", box=FINE)
    demand = Demand(
        kind="card", quote=hostile or "Номер карты", refs=("c1",), frame_url=f"{URL}card", amount=amount, box=CARD
    )
    landing = Snapshot(url=URL, title=hostile or "Проверка штрафов", status=200)
    fill = Fill(ref="c1", text=value.text, purpose="personal_id", value_kind="personal_id", label="ИИН")
    click = Click(ref="c2", why="submit", label=hostile or "Проверить")
    walk.step(
        png("Проверка штрафов", ("Введите ИИН владельца",), ("ИИН",), "Проверить"), landing,
        reading=Reading(language="ru", fields=(FieldReading(ref="c1", purpose="personal_id", confidence=0.9),), poses=(POSE,)),
        actions=(fill, click), outcomes=(Outcome(held=value.text), Outcome(sent=True)), asked=True, sent=True,
    )  # fmt: skip
    walk.step(
        png("Найден штраф", ("Постановление KZ-20261", "ПДД, статья 592 ч. 1", f"К оплате: {money}"), (), "Оплатить"),
        _fine_snapshot(value.text), reading=Reading(accusations=(accusation,), poses=(POSE,)),
        new_accusations=(accusation,), actions=(Click(ref="c9", why="pay", label="Оплатить"),), outcomes=(Outcome(),),
    )  # fmt: skip
    walk.step(
        png("Оплата", (f"К оплате: {money}",), ("Номер карты", "ММ/ГГ", "CVV"), "Оплатить"),
        Snapshot(url=f"{URL}card", title="Оплата", status=200), reading=Reading(demands=(demand,), poses=(POSE,)),
        new_demands=(demand,), actions=(Stop(outcome="card_demanded"),),
    )  # fmt: skip
    return Probe(
        name=name, identity=identity, profile="phone", started_at=at, seconds=4.2, steps=tuple(walk.steps),
        outcome="card_demanded", typed={"personal_id": value.text}, submitted=True,
    )  # fmt: skip


def rejecting(output: Path) -> tuple[Case, CaseFolder]:
    """A page that told two impossible IINs that nothing was found."""
    scenario = load_scenario("kz-fines")
    folder = CaseFolder.create(output, "https://kolik.example/", AT)
    probes = []
    for index, identity in enumerate(make_identities(scenario, 7, 2)):
        value = identity.value("personal_id")
        walk = _Walk(folder, f"P{index + 1}", AT + timedelta(seconds=8 * index))
        fill = Fill(ref="c1", text=value.text, purpose="personal_id", value_kind="personal_id", label="ИИН")
        walk.step(
            png("Проверка", (), ("ИИН",), "Проверить"), Snapshot(url="https://kolik.example/", status=200), reading=Reading(),
            actions=(fill, Click(ref="c2", why="submit", label="Проверить")), outcomes=(Outcome(), Outcome(sent=True)), asked=True, sent=True,
        )  # fmt: skip
        refusal = Refusal(kind="not_found", quote="По вашему запросу ничего не найдено")
        walk.step(
            png("Проверка", ("Ничего не найдено",)), Snapshot(url="https://kolik.example/r", status=200),
            reading=Reading(refusals=(refusal,)), actions=(Stop(outcome="rejected"),),
        )  # fmt: skip
        probes.append(
            Probe(
                name=walk.name,
                identity=identity,
                profile="phone",
                started_at=walk.at,
                seconds=3.0,
                steps=tuple(walk.steps),
                outcome="rejected",
                typed={"personal_id": value.text},
                submitted=True,
            )
        )
    case = _case(folder, tuple(probes), Matter())
    case = case.model_copy(update={"verdict": judge(case, scenario)})
    folder.write_case(case)
    return case, folder


def _case(folder: CaseFolder, probes: tuple[Probe, ...], matter: Matter) -> Case:
    first = probes[0].steps[0].url
    entry = {
        "startedDateTime": AT.isoformat(), "time": 40, "request": {"method": "GET", "url": first, "headers": [], "httpVersion": "HTTP/2", "cookies": [], "queryString": [], "headersSize": -1, "bodySize": 0},
        "response": {"status": 200, "statusText": "", "httpVersion": "HTTP/2", "cookies": [], "redirectURL": "", "headersSize": -1, "bodySize": 4, "headers": [{"name": "server", "value": "nginx"}, {"name": "x-powered-by", "value": "PHP/8.1"}], "content": {"size": 4, "mimeType": "text/html", "text": "<p>x"}},
        "cache": {}, "timings": {"send": 0, "wait": 30, "receive": 10}, "pageref": "page1",
    }  # fmt: skip
    folder.keep_har(
        "P1", {"pages": [{"id": "page1", "title": "x", "startedDateTime": AT.isoformat()}], "entries": [entry]}
    )
    return Case(
        id=folder.id, url=first, given=first, final_url=probes[-1].steps[-1].url, scenario="kz-fines", scenario_version="1",
        seed=7, started_at=AT, seconds=14.1, probes=probes, exhibits=folder.exhibits, matter=matter,
        environment=Environment(
            prober="0.1", browser="Chromium 156", profile="phone", locale="ru-KZ", timezone="Asia/Almaty", exit_country="KZ", agent="Mozilla/5.0 (Linux; Android 14) Chrome/156"
        ),
        hosts=(Host(name="elik-shtraf.example", port=443, addresses=("192.0.2.17",), requests=9), Host(name="cdn.kit.example", port=443, addresses=("198.51.100.4",), requests=2)),
    )  # fmt: skip


def dossier_of(case: Case, folder: CaseFolder, **more) -> Dossier:
    """The case with ports to its folder."""
    return Dossier(
        case, load_scenario(case.scenario), exhibit=lambda exhibit: exhibit_bytes(folder.path, exhibit),
        snapshot=lambda sha: load_snapshot(folder.path, sha), har=lambda: load_har(folder.path), **more,
    )  # fmt: skip
