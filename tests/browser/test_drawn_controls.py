"""Controls that pages draw themselves: seen as what they are, and used as a person would."""

from __future__ import annotations

import pytest

from prober.models.action import Check, Choose, Click, Fill, Scroll
from tests.browser.conftest import Opener, Site
from tests.browser.seen import control, texts

pytestmark = pytest.mark.browser

ROW = "border:1px solid #999;padding:10px;width:260px"

# A list without roles that stands in for a hidden native one, as the plug-ins of the last fifteen years draw it.
STAND_IN = f"""<label for=r>Регион</label><select id=r name=region required style="display:none"><option value="">Выберите</option><option value=01>Астана</option><option value=02>Алматы</option></select>
<div class=nice style="{ROW}" tabindex=0><span class=cur>Выберите</span><ul class=list style="display:none;margin:0;padding:0">
<li data-v="">Выберите</li><li data-v=01>Астана</li><li data-v=02>Алматы</li></ul></div><button>Проверить</button>
<script>const n = document.querySelector('.nice'), u = document.querySelector('ul');
n.addEventListener('click', () => {{ u.style.display = u.style.display == 'none' ? 'block' : 'none' }});
u.addEventListener('click', (e) => {{ r.value = e.target.dataset.v; document.querySelector('.cur').textContent = e.target.textContent; r.dispatchEvent(new Event('change')) }});</script>"""


async def test_a_drawn_list_takes_the_place_of_the_hidden_one(show: Opener) -> None:
    async with show(STAND_IN) as session:
        snapshot = await session.observe()
        lists = [c for c in snapshot.controls if c.kind == "select"]
        assert [(c.name, c.label, c.required, c.visible) for c in lists] == [("region", "Регион", True, True)]
        assert [o.text for o in lists[0].options] == ["Выберите", "Астана", "Алматы"]
        chosen = await session.perform(Choose(ref=lists[0].ref, value="02"))
        after = control(await session.observe(), name="region")
    assert chosen.ok and "алматы" in chosen.held
    assert [o.text for o in after.options if o.selected] == ["Алматы"]


async def test_any_entry_is_taken_where_none_is_named(show: Opener) -> None:
    page = f"""<div id=k role=combobox aria-expanded=false tabindex=0 style="{ROW}">Вид ТС ▾</div>
    <script>k.onclick = () => {{ if (window.p) return; p = document.createElement('div'); p.style.cssText = 'position:absolute;top:80px;left:10px;background:#fff';
    p.innerHTML = '<div role=option>Вид ТС ▾</div><div role=option aria-disabled=true>Танк</div><div role=option>Легковой</div>';
    p.onclick = (e) => {{ if (e.target.ariaDisabled) return; k.textContent = e.target.textContent; p.remove() }}; document.body.append(p); k.setAttribute('aria-expanded', 'true') }}</script>"""
    async with show(page) as session:
        done = await session.perform(Choose(ref=control(await session.observe(), id="k").ref, value=""))
        after = control(await session.observe(), id="k")
    assert done.ok and after.text == "Легковой" and after.expanded is True


@pytest.mark.parametrize("wanted", ["Шымкент", "нет такого"])
async def test_a_full_screen_picker_with_a_search_box(show: Opener, wanted: str) -> None:
    cities = ["Астана", "Алматы", "Шымкент", "Караганда", "Павлодар", "Костанай", "Атырау", "Актау", "Тараз", "Семей"]
    entries = "".join(f'<li onclick="f.value=this.textContent;p.hidden=true">{c}</li>' for c in cities)
    page = f"""<form><input id=f readonly placeholder="Город ▾" onclick="p.hidden=false" style="{ROW}"><button>Далее</button></form>
    <div id=p hidden style="position:fixed;inset:0;background:#fff"><input placeholder="Поиск" oninput="for (const l of p.querySelectorAll('li')) l.hidden = !l.textContent.includes(this.value)"><ul>{entries}</ul></div>"""
    async with show(page) as session:
        done = await session.perform(Choose(ref=control(await session.observe(), id="f").ref, value=wanted))
        after = control(await session.observe(), id="f")
    assert done.ok and after.value == ("Шымкент" if wanted == "Шымкент" else "Астана")


CALENDAR = f"""<input id=d readonly placeholder="дд.мм.гггг" style="{ROW}"><div id=c hidden style="width:280px;background:#fff">
<b>Ноябрь 2026</b><div id=g style="display:grid;grid-template-columns:repeat(7,40px)"></div>CONFIRM</div><script>
let day = '';
for (let i = 26; i <= 30 + 35; i++) {{ const s = document.createElement('span'), n = i > 30 ? i - 30 : i; if (n > 30) break;
 s.textContent = n; s.style.height = '40px'; if (i <= 30 || n > 22) s.style.opacity = .4; else s.onclick = () => {{ day = String(n).padStart(2, '0') + '.11.2026'; TAKE }}; g.append(s) }}
d.onclick = () => {{ c.hidden = false }};</script>"""


@pytest.mark.parametrize(
    ("confirm", "take"),
    [
        ("", "d.value = day; c.hidden = true"),
        ('<button onclick="d.value = day; c.hidden = true">Готово</button>', "s.style.background = 'green'"),
    ],
)
async def test_a_day_is_chosen_in_a_calendar(show: Opener, confirm: str, take: str) -> None:
    async with show(CALENDAR.replace("CONFIRM", confirm).replace("TAKE", take)) as session:
        done = await session.perform(Choose(ref=control(await session.observe(), id="d").ref, value=""))
        after = control(await session.observe(), id="d")
    assert done.ok and after.value == "10.11.2026"


@pytest.mark.parametrize("event", ["click", "pointerdown", "touchstart"])
async def test_a_value_is_typed_on_a_drawn_pad(show: Opener, event: str) -> None:
    page = f"""<input id=n readonly style="{ROW}"><div id=kb style="display:grid;grid-template-columns:repeat(3,80px)"></div><script>
    for (const t of '123456789⌫0АВЕКМ') {{ const k = document.createElement('i'); k.textContent = t; k.style.height = '40px'; kb.append(k) }}
    kb.addEventListener('{event}', (e) => {{ const t = e.target.textContent; n.value = t == '⌫' ? n.value.slice(0, -1) : n.value + t }});</script>"""
    async with show(page) as session:
        done = await session.perform(
            Fill(ref=control(await session.observe(), id="n").ref, text="000AB99", purpose="plate")
        )
    assert (done.ok, done.held) == (True, "000АВ99")


async def test_terms_are_read_to_their_end_and_a_drawn_box_is_ticked(show: Opener) -> None:
    page = (
        """<div id=t style="height:100px;overflow:auto">"""
        + "<p>Условия обработки данных и ответственность сторон.</p>" * 20
        + """</div>
    <div id=w style="display:flex"><div id=b style="width:20px;height:20px;border:2px solid"></div><span>Прочитано</span></div><button id=g disabled>Далее</button>
    <script>let end = false; t.onscroll = () => { end = end || t.scrollTop + t.clientHeight > t.scrollHeight - 5 };
    b.onclick = () => { if (!end) return; b.classList.toggle('checked'); g.disabled = !b.classList.contains('checked') }</script>"""
    )
    async with show(page) as session:
        before = await session.observe()
        assert before.unread == 1
        assert await session.perform(Scroll(inner=True))
        assert (await session.perform(Check(ref=control(before, id="b").ref))).ok
        after = await session.observe()
    assert control(after, id="b").kind == "checkbox" and control(after, id="b").checked
    assert (after.unread, control(after, id="g").disabled) == (0, False)


async def test_a_knob_is_dragged_along_its_track(show: Opener, site: Site) -> None:
    page = """<div id=s style="position:relative;height:56px;width:300px;background:#ded;text-align:center;touch-action:none">Проведите, чтобы оплатить
    <div id=k style="position:absolute;left:4px;top:4px;width:48px;height:48px;background:#1a7;touch-action:none"></div></div><script>let x = null;
    k.addEventListener('pointerdown', (e) => { x = e.clientX; k.setPointerCapture(e.pointerId) });
    k.addEventListener('pointermove', (e) => { if (x !== null) k.style.left = 4 + Math.max(0, Math.min(244, e.clientX - x)) + 'px' });
    k.addEventListener('pointerup', () => { if (parseFloat(k.style.left) > 220) s.outerHTML = '<h1>Оплата картой</h1>'; else k.style.left = '4px'; x = null });</script>"""
    async with show(page) as session:
        knob = control(await session.observe(), type="slide")
        assert "Проведите" in knob.text
        assert (await session.perform(Click(ref=knob.ref, why="pay"))).ok
        assert "Оплата картой" in texts(await session.observe())


async def test_a_label_that_has_not_floated_yet_hides_no_field(show: Opener) -> None:
    page = """<my-field></my-field><my-tab></my-tab><script>
    customElements.define('my-field', class extends HTMLElement { constructor() { super(); this.attachShadow({mode: 'open'}).innerHTML =
      '<div style="position:relative;height:56px;border:1px solid"><span style="position:absolute;left:16px;top:16px">ИИН</span><div style="opacity:0"><input id=inner aria-label="ИИН" style="margin:16px;height:24px;width:250px"></div></div>' } });
    customElements.define('my-tab', class extends HTMLElement { constructor() { super(); this.attachShadow({mode: 'open'}).innerHTML = '<slot></slot>Проверка'; this.internals = this.attachInternals(); this.internals.role = 'tab';
      this.addEventListener('keydown', () => {}) } connectedCallback() { this.tabIndex = 0; this.style.cssText = 'display:block;height:48px;width:200px' } });</script>"""
    async with show(page) as session:
        snapshot = await session.observe()
    assert control(snapshot, id="inner").visible
    assert control(snapshot, tag="my-tab").kind == "tab"


async def test_generated_content_without_a_place_covers_nothing(show: Opener) -> None:
    page = """<style>button{display:flex;width:300px;height:50px}button::after{content:"";width:20px;height:20px;margin-left:auto;background:url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E")}</style>
    <button id=a aria-expanded=false>Справки</button><button id=b>Проверка штрафов</button><button id=c class=collapsed>Техосмотр</button>"""
    async with show(page) as session:
        snapshot = await session.observe()
    assert [c.visible for c in snapshot.controls] == [True] * 3
    assert [c.expanded for c in snapshot.controls] == [False, None, False]


async def test_a_box_that_keeps_its_state_to_itself_is_pressed_once(show: Opener) -> None:
    page = """<my-box></my-box><div id=late style="width:20px;height:20px;border:1px solid" onclick="setTimeout(() => this.classList.toggle('on'), 30)"></div><script>
    customElements.define('my-box', class extends HTMLElement { constructor() { super(); this.attachShadow({mode: 'open'}).innerHTML = '<slot></slot>'; this.i = this.attachInternals(); this.i.role = 'checkbox'; this.i.ariaChecked = 'false';
      this.addEventListener('keydown', () => {}); this.addEventListener('click', () => { this.i.ariaChecked = this.i.ariaChecked == 'true' ? 'false' : 'true' }) }
      connectedCallback() { this.tabIndex = 0; this.style.cssText = 'display:block;height:20px;width:20px' } });</script>"""
    async with show(page) as session:
        snapshot = await session.observe()
        assert control(snapshot, tag="my-box").kind == "checkbox"
        assert (await session.perform(Check(ref=control(snapshot, tag="my-box").ref))).ok
        assert (await session.perform(Check(ref=control(snapshot, id="late").ref))).ok
        assert control(await session.observe(), id="late").classes == "on"


async def test_a_trap_for_machines_is_no_field(show: Opener) -> None:
    page = """<form><div style="opacity:0;height:0;overflow:hidden"><label>Госномер<input id=trap tabindex=-1 style="width:300px;height:40px"></label></div>
    <div><label>ИИН<input id=iin style="width:300px;height:40px"></label></div><div style="opacity:0;height:0"><input id=other style="width:300px;height:40px"></div><button>Проверить</button></form>"""
    async with show(page) as session:
        snapshot = await session.observe()
    assert [c.id for c in snapshot.controls if c.visible and c.kind == "text"] == ["iin"]
