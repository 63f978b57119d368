"""`prober doctor`: what was found, what is missing, and whether a page renders."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import platform
import sys
from dataclasses import dataclass

from prober import __version__
from prober.app.doctor import render_check
from prober.catalog import scenario_names
from prober.cli.faults import FAILED, told
from prober.cli.show import table


@dataclass(frozen=True)
class Line:
    what: str
    found: str
    ok: bool
    advice: str = ""


def run_doctor(*, browser: str, no_sandbox: bool, as_json: bool) -> int:
    """0 when a page renders, 2 when prober cannot work here."""
    lines = [
        Line("prober", __version__, True),
        Line("python", platform.python_version(), True),
        Line("scenarios", ", ".join(scenario_names()), bool(scenario_names())),
    ]
    with told(as_json=as_json):
        rendered = asyncio.run(render_check(browser=browser, sandbox=not no_sandbox))
    lines += [
        Line("browser", rendered.browser, True),
        Line(
            "sandbox",
            "on" if rendered.sandbox else "OFF",
            rendered.sandbox,
            "" if rendered.sandbox else "started with --no-sandbox",
        ),
        Line(
            "page renders", f"yes, in {rendered.seconds:.2f} s" if rendered.ok else "no", rendered.ok, rendered.problem
        ),
        Line("text in pictures (OCR)", "yes" if rendered.ocr else "no", True, "" if rendered.ocr else OCR_ADVICE),
        Line("QR codes", "yes" if importlib.util.find_spec("zxingcpp") else "no", True),
    ]
    if as_json:
        print(json.dumps([line.__dict__ for line in lines], ensure_ascii=False))
    else:
        table(("", "", ""), [(line.what, line.found, line.advice) for line in lines])
    return 0 if all(line.ok or line.what == "sandbox" for line in lines) else FAILED


OCR_ADVICE = "optional: pip install 'prober[ocr]' and apt-get install tesseract-ocr-rus tesseract-ocr-kaz"


def run_install(browser: str) -> int:
    """Use the browser that is there, else install one; its path on standard output."""
    from prober.browser.find import find_browser
    from prober.browser.install import install_browser

    with told(as_json=False):
        choice = find_browser(browser) or asyncio.run(install_browser(lambda line: print(line, file=sys.stderr)))
    print(choice.path)
    return 0
