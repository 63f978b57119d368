"""The page of a run: nothing of a page acts in it, and it says what there is to do."""

from __future__ import annotations

from prober.models.run import Finished, Highlights
from prober.reporting.run_page import duration, headline, render_run
from prober.reporting.run_summary import RunSummary, fill, next_steps


def one(outcome: str, n: int = 1, obstacle: str = "", text: str = "x", **more) -> Finished:
    lights = Highlights(claim=text, amount=more.pop("amount", ""), addresses=("192.0.2.1",))
    return Finished(n, f"https://a{n}.example/", outcome, obstacle, "kz-fines", text, float(n), f"case{n}", lights)


def summary(*rows: Finished, **more) -> RunSummary:
    return fill(RunSummary("list.txt", "out", "kz-fines", total=len(rows), **more), rows)


def test_hostile_text_stays_text() -> None:
    text = '<script>alert(1)</script>\u202e\x1b[31m{{ 7*7 }}" onload=x'
    html = render_run(summary(one("fraudulent", text=text, amount=text)), lambda one: None, 9, version="1")
    assert "<script>alert" not in html
    assert "\u202e" not in html
    assert "\x1b" not in html
    assert html.count("<script>") == 1
    assert "https://a1.example" not in html
    assert "hXXps://a1[.]example" in html


def test_pictures_are_limited_and_inlined() -> None:
    rows = [one("fraudulent", n) for n in range(1, 9)]
    html = render_run(summary(*rows), lambda one: b"jpeg", 3, version="1")
    assert html.count("data:image/jpeg;base64,anBlZw==") == 3
    assert "192.0.2.1" in html


def test_counts_are_whole_where_lists_are_cut() -> None:
    found = summary(*(one("no_fraud_found", n) for n in range(1, 2500)), one("fraudulent", 9999))
    assert found.done == 2500
    assert found.rows[0].outcome == "fraudulent"
    assert len(found.rows) == 2000
    assert found.slowest[0].seconds == 9999


def test_headlines() -> None:
    assert headline(summary(one("fraudulent"), one("suspicious"), one("refused"))) == (
        "1 of 2 suspects invents debts or takes cards for people who cannot exist; 1 more is suspicious."
    )
    assert "not a clearance" in headline(summary(one("no_fraud_found")))
    assert headline(summary(one("refused"))) == "No suspect was probed."


def test_next_steps_name_the_obstacles() -> None:
    steps = " ".join(next_steps(summary(one("inconclusive", obstacle="captcha"), one("inconclusive", obstacle="geo"))))
    assert "--attended" in steps
    assert "--proxy" in steps
    assert "not a clearance" in next_steps(summary(one("no_fraud_found")))[0]


def test_durations() -> None:
    assert [duration(s) for s in (4.6, 65, 3600 * 3 + 20 * 60)] == ["5 s", "1 min 5 s", "3 h 20 min"]
