"""The report and its PDF in a real browser: nothing runs, nothing leaves, and the text is there."""

import re
import shutil
import subprocess

import pytest
from playwright.async_api import async_playwright

from prober.browser.find import find_browser
from prober.browser.launch import open_browser
from prober.browser.pdf import print_pdf
from prober.models.action import Click
from prober.models.custody import Matter
from prober.reporting.report import render
from tests.factories_case import dossier_of, fraudulent
from tests.reporting.test_report import HOSTILE

pytestmark = pytest.mark.browser


async def test_a_hostile_page_runs_nothing_and_sends_nothing(tmp_path):
    html = render(dossier_of(*fraudulent(tmp_path, hostile=HOSTILE)))
    left, said = [], []
    async with async_playwright() as playwright:
        browser = await open_browser(playwright, find_browser())
        page = await browser.new_page(viewport={"width": 390, "height": 800})
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.on("console", lambda message: said.append(message.text))

        async def answer(route):
            if route.request.url == "http://report.invalid/":
                await route.fulfill(body=html, content_type="text/html; charset=utf-8")
            else:
                left.append(route.request.url)
                await route.abort()

        await page.route("**/*", answer)
        await page.goto("http://report.invalid/")
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390
        assert await page.evaluate("document.fonts.check('12px \"Case Sans\"')")
        await browser.close()
    assert (left, said) == ([], [])


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")
async def test_a_hostile_page_does_nothing_in_the_pdf(tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(await print_pdf(render(dossier_of(*fraudulent(tmp_path, hostile=HOSTILE)))))
    look_for_acts(file)


def look_for_acts(file):
    def told(*command):
        return subprocess.run([*command], capture_output=True, text=True, check=True).stdout

    info = told("pdfinfo", "-js", file)
    assert "JavaScript:      yes" not in info and "fetch" not in info
    assert told("pdfinfo", "-url", file).count("\n") <= 1
    text = told("pdftotext", file, "-")
    assert "<script>" in text and "\u202e" not in text and "\x1b" not in text
    assert "What this report cannot show" in text.split("End of report.")[-1], "the page ended the report"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")
@pytest.mark.parametrize("lang,headline", [("en", "showed a fine of"), ("ru", "показала штраф"), ("kk", "айыппұл")])
async def test_the_pdf_has_text_fonts_pages_and_bookmarks(tmp_path, lang, headline):
    file = tmp_path / "report.pdf"
    file.write_bytes(await print_pdf(render(dossier_of(*fraudulent(tmp_path)), lang)))
    check(file, lang, headline)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler")
async def test_a_long_page_one_stays_one_page(tmp_path):
    case, folder = fraudulent(tmp_path)
    first = case.probes[0].steps[0]
    way = tuple(Click(ref=f"m{n}", label=f"Қызмет көрсету бөлімі {n}", why="menu") for n in range(14))
    steps = (first.model_copy(update={"actions": (*way, *first.actions), "outcomes": ()}), *case.probes[0].steps[1:])
    probes = (case.probes[0].model_copy(update={"steps": steps}), *case.probes[1:])
    case = case.model_copy(update={"probes": probes, "matter": Matter(organisation="Ұйым " * 12, number="7" * 40)})
    file = tmp_path / "report.pdf"
    file.write_bytes(await print_pdf(render(dossier_of(case, folder), "kk")))
    check(file, "kk", "айыппұл")


def check(file, lang, headline):
    first = subprocess.run(["pdftotext", "-l", "1", file, "-"], capture_output=True, text=True, check=True).stdout
    assert headline in " ".join(first.split()) and "₸" in first
    assert re.search(r"\b1 ?/ ?\d\b", first) and "961120612736" in first
    foot = {"en": "nothing was paid", "ru": "ничего не оплачивалось", "kk": "ештеңе төленген жоқ"}[lang]
    assert foot in " ".join(first.split()), "page one does not fit on one page"
    info = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in info and "A4" in info
    fonts = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True).stdout
    assert "NotoSans-Regular" in fonts and "Type 3" not in fonts
    assert b"/Outlines" in file.read_bytes()
    assert file.stat().st_size < 3_000_000
