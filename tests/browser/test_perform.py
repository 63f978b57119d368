"""Actions by real input events, and what their outcomes say."""

from __future__ import annotations

import pytest

from prober.models.action import DISABLED, Back, Check, Choose, Click, Fill, Press
from tests.browser.conftest import Opener, Site
from tests.browser.seen import control, texts

pytestmark = pytest.mark.browser

PLATE = "000QQQ99"


def fill(ref: str, text: str = PLATE) -> Fill:
    return Fill(ref=ref, text=text, purpose="plate")


def click(ref: str) -> Click:
    return Click(ref=ref, why="submit")


async def test_a_form_is_filled_and_sent(show: Opener, site: Site) -> None:
    page = "<form method=post action=/post><input name=plate><button>Проверить</button></form>"
    async with show(page) as session:
        snapshot = await session.observe()
        typed = await session.perform(fill(control(snapshot, name="plate").ref))
        pressed = await session.perform(click(control(snapshot, kind="button").ref))
        after = await session.observe()
    assert (typed.ok, typed.held, typed.sent) == (True, PLATE, False)
    assert (pressed.ok, pressed.changed, pressed.sent) == (True, True, True)
    assert site.received == [("", f"plate={PLATE}")]
    assert texts(after) == ["Принято", "Штраф 10 000 тг"]
    assert [r.posted for r in after.requests if r.method == "POST"] == [f"plate={PLATE}"]
    entries = session.har()["entries"]
    assert any(e["request"].get("postData", {}).get("text") == f"plate={PLATE}" for e in entries)


async def test_a_closed_shadow_root_and_a_frame_can_be_used(show: Opener, site: Site) -> None:
    inner = site.page(
        "<input name=inner><p id=q></p><script>onkeydown = (e) => { q.textContent += e.key }</script>",
        "/in",
        "localhost",
    )
    page = f"""<div style="height:1500px"></div><div id=h></div><iframe src="{inner}"></iframe><script>
    const r = h.attachShadow({{mode: 'closed'}}); r.innerHTML = '<input name=deep><div onclick="1" id=go>Далее</div><p id=out></p>';
    r.querySelector('#go').addEventListener('click', (e) => {{ r.querySelector('#out').textContent = r.querySelector('input').value + e.isTrusted }});</script>"""
    async with show(page) as session:
        snapshot = await session.observe()
        await session.perform(fill(control(snapshot, name="deep").ref))
        held = await session.perform(fill(control(snapshot, name="inner").ref))
        pressed = await session.perform(click(control(snapshot, text="Далее").ref))
        after = await session.observe()
    assert held.held == PLATE
    assert pressed.changed and not pressed.sent
    assert f"{PLATE}true" in texts(after)


@pytest.mark.parametrize(
    ("script", "text", "held"),
    [
        ("i.oninput = () => { i.value = i.value.toUpperCase() }", "000qqq99", "000QQQ99"),
        (
            "i.oninput = () => { i.value = i.value.replace(/\\D/g, '').replace(/^(...)(...)/, '$1 $2 ') }",
            "000000000000",
            "000 000 000000",
        ),
        (
            "i.onfocus = () => { i.value = '+7 (' }; i.oninput = () => { const d = i.value.replace(/\\D/g, '').replace(/^7/, ''); i.value = '+7 (' + d.slice(0, 3) + (d.length > 3 ? ') ' + d.slice(3, 10) : '') }",
            "+70000000000",
            "+7 (000) 0000000",
        ),
        ("i.onkeydown = (e) => { e.preventDefault() }", PLATE, PLATE),
        ("i.maxLength = 6", "000QQQ99", "000QQQ"),
        ("i.value = 'старое'", PLATE, PLATE),
    ],
)
async def test_masks_are_overcome(show: Opener, script: str, text: str, held: str) -> None:
    async with show(f"<input id=i><script>{script}</script>") as session:
        snapshot = await session.observe()
        assert (await session.perform(fill(control(snapshot, id="i").ref, text))).held == held


async def test_fields_that_are_no_inputs(show: Opener) -> None:
    page = """<div id=ce contenteditable style="min-height:20px"></div><div id=fake tabindex=0 style="width:200px;height:30px;border:1px solid"></div>
    <script>fake.addEventListener('keydown', e => { if (e.key === 'Backspace') fake.textContent = fake.textContent.slice(0, -1); else if (e.key.length == 1) fake.textContent += e.key; });</script>"""
    async with show(page) as session:
        snapshot = await session.observe()
        for name in ("ce", "fake"):
            assert (await session.perform(fill(control(snapshot, id=name).ref, "123ЖЫЬ"))).held == "123ЖЫЬ"


async def test_split_boxes_that_jump_ahead(show: Opener) -> None:
    page = """<input maxlength=3 id=a><input maxlength=3 id=b><script>a.oninput = () => { if (a.value.length == 3) b.focus() }</script>"""
    async with show(page) as session:
        snapshot = await session.observe()
        await session.perform(fill(control(snapshot, id="a").ref, "000"))
        await session.perform(fill(control(snapshot, id="b").ref, "QQQ"))
        after = await session.observe()
    assert [c.value for c in after.controls] == ["000", "QQQ"]


async def test_lists_are_chosen_from(show: Opener) -> None:
    page = """<select id=s><option value="">--<option value=02>Алматы</select><p id=o></p>
    <div role=combobox id=c tabindex=0 aria-controls=l onclick="l.hidden=false">Регион</div><ul id=l role=listbox hidden><li role=option onclick="o.textContent='выбран ' + this.textContent">Астана</li></ul>
    <script>s.onchange = () => { o.textContent = s.value }</script>"""
    async with show(page) as session:
        snapshot = await session.observe()
        assert (await session.perform(Choose(ref=control(snapshot, id="s").ref, value="Алматы"))).held == "Алматы"
        assert "02" in texts(await session.observe())
        assert (await session.perform(Choose(ref=control(snapshot, id="c").ref, value="Астана"))).ok
        assert "выбран Астана" in texts(await session.observe())


async def test_a_drawn_checkbox_is_ticked(show: Opener) -> None:
    page = """<input type=checkbox id=c style="display:none"><label for=c><span style="display:inline-block;width:30px;height:30px;border:1px solid"></span></label>
    <div role=checkbox aria-checked=false id=d onclick="this.setAttribute('aria-checked', 'true')">Согласен</div>"""
    async with show(page) as session:
        snapshot = await session.observe()
        for name in ("c", "d"):
            outcome = await session.perform(Check(ref=control(snapshot, id=name).ref))
            assert outcome.ok and outcome.held == "checked"
        assert all(c.checked for c in (await session.observe()).controls)


@pytest.mark.parametrize("event", ["click", "mousedown", "touchend", "pointerup"])
async def test_div_buttons_of_every_kind_react(show: Opener, event: str) -> None:
    page = f"""<div id=b style="cursor:pointer">Далее</div><p id=o></p>
    <script>b.addEventListener('{event}', () => setTimeout(() => {{ o.textContent = 'сделано ' + (++n) }}, 900)); let n = 0</script>"""
    async with show(page) as session:
        snapshot = await session.observe()
        outcome = await session.perform(click(control(snapshot, id="b").ref))
        after = await session.observe()
    assert outcome.changed
    assert texts(after) == ["Далее", "сделано 1"]


async def test_a_button_under_a_bar_is_brought_out(show: Opener) -> None:
    page = """<div style="position:fixed;top:0;left:0;right:0;height:120px;background:#eee;z-index:5">Шапка</div><div style="height:1200px"></div>
    <button id=b onclick="this.textContent='нажата'">Нажать</button><div style="height:2000px"></div>"""
    async with show(page) as session:
        snapshot = await session.observe()
        assert (await session.perform(click(control(snapshot, id="b").ref))).changed
        assert "нажата" in texts(await session.observe())


async def test_a_dead_button_changes_nothing(show: Opener) -> None:
    async with show("<button>Ничего</button>") as session:
        snapshot = await session.observe()
        outcome = await session.perform(click(snapshot.controls[0].ref))
    assert not outcome.changed and not outcome.sent


@pytest.mark.parametrize(("letters", "problem"), [("QQQ", ""), ("ЩЖЩ", DISABLED)])
async def test_a_button_that_a_script_enables_by_and_by(show: Opener, site: Site, letters: str, problem: str) -> None:
    page = """<form method=post action=/post><input name=plate><button disabled>Найти</button></form><script>
    document.querySelector('input').oninput = (e) => setTimeout(() => {
      document.querySelector('button').disabled = !/^[A-Z]+$/.test(e.target.value) }, 300)</script>"""
    async with show(page) as session:
        snapshot = await session.observe()
        await session.perform(fill(control(snapshot, name="plate").ref, letters))
        outcome = await session.perform(click(control(snapshot, kind="button").ref))
    assert (outcome.problem, outcome.sent, len(site.received)) == (problem, not problem, int(not problem))


async def test_enter_submits_and_back_returns(show: Opener, site: Site) -> None:
    async with show("<form action=/post><input name=q></form>") as session:
        snapshot = await session.observe()
        ref = snapshot.controls[0].ref
        await session.perform(fill(ref))
        outcome = await session.perform(Press(ref=ref, key="Enter"))
        assert outcome.changed and outcome.sent
        assert (await session.observe()).title == "" and site.received
        assert (await session.perform(Back())).ok
        assert (await session.observe()).controls


async def test_the_newest_page_takes_over_and_gives_back(show: Opener, site: Site) -> None:
    site.page("<p>Окно</p><button onclick='window.close()'>Закрыть</button>", "/new")
    async with show("<a href=/new target=_blank>Открыть</a>") as session:
        snapshot = await session.observe()
        await session.perform(click(snapshot.controls[0].ref))
        popup = await session.observe()
        assert (popup.popups, texts(popup)) == (1, ["Окно", "Закрыть"])
        await session.perform(click(control(popup, kind="button").ref))
        assert texts(await session.observe()) == ["Открыть"]


async def test_downloads_are_refused_and_told(show: Opener) -> None:
    async with show("<a href=/file>Скачать</a>") as session:
        snapshot = await session.observe()
        assert (await session.perform(click(snapshot.controls[0].ref))).changed
        after = await session.observe()
    assert [d.name for d in after.downloads] == ["app.apk"]
    assert texts(after) == ["Скачать"]


async def test_leaving_is_never_asked_about(show: Opener, site: Site) -> None:
    site.page("<p>Вторая</p>", "/two")
    page = "<a href=/two>Дальше</a><input><script>onbeforeunload = (e) => { e.preventDefault(); return 'x' }</script>"
    async with show(page) as session:
        snapshot = await session.observe()
        await session.perform(fill(control(snapshot, kind="text").ref))
        await session.perform(click(control(snapshot, kind="link").ref))
        assert texts(await session.observe()) == ["Вторая"]


async def test_a_file_field_is_never_filled(show: Opener) -> None:
    async with show("<input type=file>") as session:
        snapshot = await session.observe()
        assert not (await session.perform(fill(snapshot.controls[0].ref))).ok


async def test_a_control_that_is_gone_is_no_error(show: Opener) -> None:
    async with show("<button id=b>X</button>") as session:
        snapshot = await session.observe()
        await session.goto(session.last.url)
        await session.observe()
        assert not (await session.perform(click(snapshot.controls[0].ref))).ok
