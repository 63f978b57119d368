"""What a snapshot says of small pages, seen through the real browser."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from prober.browser.engine import open_engine
from prober.browser.find import find_browser
from prober.models.action import Click, Fill, Scroll
from tests.browser.conftest import Opener, Site
from tests.browser.seen import control, texts, why

pytestmark = pytest.mark.browser


async def test_text_is_joined_as_it_is_read(show: Opener) -> None:
    page = """<style>.x::before{content:"Сумма: "} .u{text-transform:uppercase}</style>
    <p class=x>10 <b>000</b> <span>тг</span></p><p>1<span>9</span><i></i>6<span style="display:none">z</span>60</p>
    <p class=u>штраф</p><p>Строка<br>вторая</p>"""
    async with show(page) as session:
        said = texts(await session.observe())
    assert said == ["Сумма: 10 000 тг", "19660", "ШТРАФ", "Строка\nвторая"]


async def test_the_page_cannot_lie_about_its_text(show: Opener) -> None:
    page = """<p>Штраф 10 000 тг</p><script>
    Object.defineProperty(HTMLElement.prototype, 'innerText', {get: () => 'Добро пожаловать'});
    Object.defineProperty(Node.prototype, 'textContent', {get: () => 'Добро пожаловать', set() {}});
    document.querySelectorAll = () => []; MutationObserver = null; getComputedStyle = () => ({});
    </script>"""
    async with show(page) as session:
        assert texts(await session.observe()) == ["Штраф 10 000 тг"]


@pytest.mark.parametrize(
    ("style", "reason"),
    [
        ("display:none", "display"),
        ("visibility:hidden", "visibility"),
        ("opacity:0.02", "opacity"),
        ("color:#fff", "contrast"),
        ("color:transparent", "contrast"),
        ("font-size:1px", "tiny"),
        ("position:absolute;left:-9999px", "offscreen"),
        ("text-indent:-9999px;overflow:hidden", "clipped"),
        ("height:0;overflow:hidden", "clipped"),
        ("position:absolute;clip:rect(0,0,0,0);width:1px;height:1px", "clipped"),
        ("clip-path:inset(100%)", "clipped"),
        ("transform:scale(0)", "tiny"),
        ("", "shown"),
        ("color:#fff;background:#135", "shown"),
        ("color:transparent;background:linear-gradient(red,blue);-webkit-background-clip:text", "shown"),
        ("color:#fff;text-shadow:0 0 2px #000", "shown"),
    ],
)
async def test_only_what_a_person_sees_is_visible(show: Opener, style: str, reason: str) -> None:
    async with show(f"<p>до</p><div style='{style}'>Секрет</div>") as session:
        assert why(await session.observe(), "Секрет") == reason


async def test_an_overlay_covers_and_a_bar_does_not(show: Opener) -> None:
    page = """<p>Под слоем</p><div style="position:fixed;inset:0;background:#fff;z-index:9"><b>Слой</b></div>"""
    bar = """<p>Текст</p><div style="height:3000px"></div><p>Низ</p>
    <div style="position:fixed;top:0;left:0;right:0;height:80px;background:#fff">Шапка</div>"""
    async with show(page) as session:
        snapshot = await session.observe()
        assert (why(snapshot, "Под слоем"), why(snapshot, "Слой")) == ("covered", "shown")
    async with show(bar) as session:
        snapshot = await session.observe()
        assert [why(snapshot, t) for t in ("Текст", "Низ", "Шапка")] == ["shown", "shown", "shown"]


async def test_white_text_on_a_dark_sibling_is_seen(show: Opener) -> None:
    page = """<div style="position:relative;height:100px"><div style="position:absolute;inset:0;background:#036"></div>
    <div style="position:relative;color:#fff;z-index:1">Белый на синем</div></div>"""
    async with show(page) as session:
        assert why(await session.observe(), "Белый на синем") == "shown"


async def test_order_follows_the_screen(show: Opener) -> None:
    page = """<div style="display:flex;flex-direction:row-reverse;justify-content:flex-end"><b>третий</b><b style="margin-right:40px">второй</b><b style="margin-right:40px">первый</b></div>
    <div style="position:relative;height:60px"><i style="position:absolute;left:12px;top:0">2</i><i style="position:absolute;left:4px;top:0">1</i><i style="position:absolute;left:20px;top:0">3</i></div>
    <div style="display:flex;flex-direction:column-reverse"><p>ниже</p><p>выше</p></div>"""
    async with show(page) as session:
        said = texts(await session.observe())
    assert said == ["первый", "второй", "третий", "123", "выше", "ниже"]


async def test_shadow_roots_and_frames_are_seen(show: Opener, site: Site) -> None:
    other = site.page("<label>Карта <input name=pan></label>", "/inner", host="localhost")
    page = f"""<div id=a></div><div id=b></div><iframe src="{other}" width=300 height=80></iframe>
    <iframe srcdoc="<p>Внутри</p><iframe srcdoc='<p>Глубже</p>'></iframe>"></iframe><script>
    a.attachShadow({{mode: 'open'}}).innerHTML = '<p>Открытый</p><input id=so>';
    b.attachShadow({{mode: 'closed'}}).innerHTML = '<p>Закрытый</p><button id=sc>Далее</button>';</script>"""
    async with show(page) as session:
        snapshot = await session.observe()
    said = texts(snapshot)
    assert {"Открытый", "Закрытый", "Внутри", "Глубже", "Карта", "Далее"} <= set(said)
    pan = control(snapshot, name="pan")
    assert snapshot.frames[pan.frame].url == other
    assert pan.label == "Карта"
    assert pan.box.y > control(snapshot, id="sc").box.y


async def test_frames_of_other_sites_are_seen_where_the_browser_isolates_them(site: Site) -> None:
    choice = find_browser(headed=True)  # a full browser; the headless shell has one process for all frames
    if choice is None:
        pytest.skip("no full Chromium is installed")
    deep = site.page(
        "<p>Глубже</p><button onclick=\"this.textContent='нажата'\">Оплатить</button>", "/deep", host="deep.localhost"
    )
    other = site.page(
        f"<input name=pan><iframe src='{deep}' width=200 height=90></iframe>", "/inner", host="pay.localhost"
    )
    page = f"<div style='height:1200px'></div><p>Сверху</p><iframe src='{other}' width=300 height=200></iframe>"
    async with open_engine(executable=choice.path) as engine, Opener(engine, site)(page) as session:
        snapshot = await session.observe()
        assert len(session.stage.tab.surfaces) == 3
        assert {"Сверху", "Глубже", "Оплатить"} <= set(texts(snapshot))
        pan, button = control(snapshot, name="pan"), control(snapshot, kind="button")
        assert (snapshot.frames[pan.frame].url, snapshot.frames[button.frame].url) == (other, deep)
        above = next(b for b in snapshot.blocks if b.text == "Сверху").box
        assert above.y < pan.box.y < button.box.y
        assert (await session.perform(Fill(ref=pan.ref, text="000QQQ99", purpose="plate"))).held == "000QQQ99"
        assert (await session.perform(Click(ref=button.ref, why="pay"))).changed
        assert "нажата" in texts(await session.observe())


async def test_everything_to_press_is_found_once(show: Opener) -> None:
    page = """<a href="/x">Ссылка</a><button><span>Кнопка</span></button><div id=d onclick="1"><span>Див</span></div>
    <span id=p style="cursor:pointer"><b>Рука</b></span><div role=button tabindex=0>Роль</div>
    <button aria-label="Закрыть"><svg width=20 height=20></svg></button><div role=tab>ИИН</div>
    <div id=card onclick="1"><p>Карточка</p><button id=in>Внутри</button></div>
    <input type=submit value="Отправить"><label><input type=checkbox> Согласен</label>"""
    async with show(page) as session:
        snapshot = await session.observe()
    found = [(c.kind, c.text or c.aria_label or c.label) for c in snapshot.controls]
    assert found == [
        ("link", "Ссылка"),
        ("button", "Кнопка"),
        ("button", "Див"),
        ("button", "Рука"),
        ("button", "Роль"),
        ("button", "Закрыть"),
        ("tab", "ИИН"),
        ("button", "Внутри"),
        ("button", "Отправить"),
        ("checkbox", "Согласен"),
    ]


async def test_labels_and_neighbours(show: Opener) -> None:
    page = """<table><tr><td>Госномер</td><td><input id=a></td></tr><tr><td>ИИН</td><td><input id=b></td></tr></table>
    <fieldset><legend>Карта</legend><span id=l>Номер</span><input id=c aria-labelledby=l></fieldset>
    <div>Регион</div><input id=d><div>подсказка снизу</div>"""
    async with show(page) as session:
        snapshot = await session.observe()
    near = {c.id: [(n.side, n.text) for n in c.near] for c in snapshot.controls}
    assert near["a"][0] == ("left", "Госномер")
    assert near["b"][0] == ("left", "ИИН")
    assert ("above", "Регион") in near["d"][:2]
    assert ("below", "подсказка снизу") in near["d"]
    assert control(snapshot, id="c").label == "Номер / Карта"


async def test_what_holds_other_things_is_no_field_though_it_listens_to_keys(show: Opener) -> None:
    page = """<div id=pop role=dialog tabindex=-1 style="border:1px solid;width:300px;height:200px"><h2>Ошибка</h2>
    <button>OK</button></div><div id=bar role=alert tabindex=0 style="width:300px;height:40px">Номер неверный</div>
    <div id=card tabindex=0 style="width:300px;height:90px"><input id=inner></div>
    <script>for (const e of [pop, bar, card]) e.addEventListener('keydown', () => 1);</script>"""
    async with show(page) as session:
        snapshot = await session.observe()
    assert [(c.id, c.kind) for c in snapshot.controls if c.kind != "button"] == [("inner", "text")]


@pytest.mark.parametrize("style", ["cursor:pointer", "background:#421;color:#fff;height:44px"])
async def test_what_looks_like_a_button_is_pressed_though_the_box_around_it_listens(show: Opener, style: str) -> None:
    page = f"""<div id=box><h2>У вас сообщение</h2><p>Подтвердите, что вы водитель или владелец машины.</p>
    <div id=go style="{style};text-align:center">Это я</div></div>
    <script>box.onclick = e => {{ if (e.target.id === 'go') document.body.textContent = 'дальше'; }}</script>"""
    async with show(page) as session:
        snapshot = await session.observe()
        (button,) = snapshot.controls
        await session.perform(Click(ref=button.ref, why="next"))
        after = await session.observe()
    assert (button.id, button.text, texts(after)) == ("go", "Это я", ["дальше"])


async def test_fields_of_every_kind(show: Opener) -> None:
    page = """<div id=ce contenteditable>текст</div><div id=fake tabindex=0 style="border:1px solid;width:200px;height:30px"></div>
    <select id=s><option value=1>Один<option value=2 selected>Два</select>
    <input type=radio name=r id=r1 checked><input id=o maxlength=1 inputmode=numeric autocomplete=one-time-code>
    <label for=sw><span style="display:inline-block;width:40px;height:20px;background:#0a0"></span> Принимаю</label>
    <input type=checkbox id=sw style="position:absolute;opacity:0;width:1px;height:1px">
    <script>fake.addEventListener('keydown', e => { if (e.key.length == 1) fake.textContent += e.key; });</script>"""
    async with show(page) as session:
        snapshot = await session.observe()
    kinds = {c.id: c.kind for c in snapshot.controls}
    assert kinds == {"ce": "editable", "fake": "editable", "s": "select", "r1": "radio", "o": "text", "sw": "checkbox"}
    select = control(snapshot, id="s")
    assert [(o.value, o.text, o.selected) for o in select.options] == [("1", "Один", False), ("2", "Два", True)]
    one = control(snapshot, id="o")
    assert (one.max_length, one.input_mode, one.autocomplete) == (1, "numeric", "one-time-code")
    switch = control(snapshot, id="sw")
    assert switch.visible and switch.box.width > 30 and switch.label == "Принимаю"


async def test_a_toast_of_five_milliseconds_is_told_once(show: Opener) -> None:
    page = """<p>Страница</p><script>setTimeout(() => { const t = document.createElement('div'); t.textContent = 'Штраф найден';
    document.body.append(t); setTimeout(() => t.remove(), 5); }, 800)</script>"""
    async with show(page, virtual=False) as session:
        await session.observe()
        await session.settler.change(1.5)
        first, second = await session.observe(), await session.observe()
    toasts = [b for s in (first, second) for b in s.blocks if b.source == "toast"]
    assert [(b.text, b.live) for b in toasts] == [("Штраф найден", True)]


async def test_dialogs_never_stop_it(show: Opener) -> None:
    page = "<p>Текст</p><script>for (let i = 0; i < 25; i++) alert('Штраф ' + i); prompt('Номер?'); confirm('Да?')</script>"
    async with show(page) as session:
        snapshot = await session.observe()
    assert [d.kind for d in snapshot.dialogs] == ["alert"] * 25 + ["prompt", "confirm"]
    assert texts(snapshot) == ["Текст"]


@pytest.mark.parametrize("virtual", [True, False])
@pytest.mark.parametrize("spin", ["setTimeout(() => { while (true); }, 50)", "setInterval(() => { while (true); }, 5)"])
async def test_a_page_that_spins_is_stopped_and_seen(show: Opener, virtual: bool, spin: str) -> None:
    async with show(f"<p>Текст</p><script>{spin}</script>", virtual=virtual) as session:
        await session.settler.change(0.2)
        snapshot = await session.observe()
        assert texts(snapshot) == ["Текст"]
        assert (await session.picture())[0] != b""


async def test_failures_have_names(show: Opener) -> None:
    async with show("<p>x</p>") as session:
        outcome = await session.goto("http://127.0.0.1:65432/")
        assert not outcome.ok
        assert (await session.observe()).failure == "refused"


async def test_painted_text_and_pictures(show: Opener) -> None:
    page = "<canvas id=c width=200 height=60></canvas><div style='width:90px;height:90px;background:url(/x.png)'></div>"
    async with show(page) as session:
        snapshot = await session.observe()
        png, box = await session.picture()
        assert png.startswith(b"\x89PNG") and box.width == snapshot.viewport.width
        assert "<canvas" in await session.dom()
    assert {i.kind for i in snapshot.images} == {"canvas", "background"}


async def test_a_picture_shows_the_part_it_names(show: Opener) -> None:
    page = "<div style='height:1000px;background:#f00'></div><div style='height:3000px;background:#00f'></div>"
    async with show(page) as session:
        await session.observe()
        await session.perform(Scroll(to="end"))
        for full, sharp, corner in (
            (False, False, (0, 0, 255)),
            (True, False, (255, 0, 0)),
            (False, True, (0, 0, 255)),
        ):
            png, box = await session.picture(full=full, sharp=sharp)
            picture = Image.open(io.BytesIO(png)).convert("RGB")
            assert picture.getpixel((picture.width // 2, 20)) == corner
            assert picture.width == round(box.width * (session.ratio if sharp else 1))
        assert (await session.observe()).viewport.y == box.y > 1000
