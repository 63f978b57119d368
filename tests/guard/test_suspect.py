"""What users give, understood."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prober.errors import SuspectRefused, UsageError
from prober.guard.suspect import extract_links, normalise, official_host, refuse_suspect, registrable_domain

CANONICAL = {
    "https://evil.top": "https://evil.top/",
    "HTTPS://EVIL.TOP:443/Pay?ID=1#A": "https://evil.top/Pay?ID=1#A",
    "http://evil.top:80/": "http://evil.top/",
    "http://evil.top:8080": "http://evil.top:8080/",
    "evil.top": "http://evil.top/",
    "egov-kz.example/s/8Fq2": "http://egov-kz.example/s/8Fq2",
    "//evil.top/x": "http://evil.top/x",
    "localhost:8000/x": "http://localhost:8000/x",
    "kaspi.localhost:8000": "http://kaspi.localhost:8000/",
    "hxxp://evil[.]top": "http://evil.top/",
    "hXXps://evil[.]top/a": "https://evil.top/a",
    "hxxps[:]//evil[.]top": "https://evil.top/",
    "hxxps[://]evil(.)top": "https://evil.top/",
    "[https]://evil[.]top": "https://evil.top/",
    "h**p://evil{.}top": "http://evil.top/",
    "evil[dot]top/x": "http://evil.top/x",
    "evil (dot) top": "http://evil.top/",
    "evil[точка]top": "http://evil.top/",
    "evil\\.top": "http://evil.top/",
    "http://evil[.]top[:]8080/": "http://evil.top:8080/",
    "«https://evil.top/a»": "https://evil.top/a",
    "<https://evil.top/a>": "https://evil.top/a",
    "https:\\\\evil.top\\a": "https://evil.top/a",
    "http:/evil.top": "http://evil.top/",
    "https://egov.kz@evil.top/": "https://evil.top/",
    "https://egov.kz:443@evil.top/": "https://evil.top/",
    "http://штраф-оплата.рф/путь?к=1": "http://xn----7sbba7crherhq8b.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C?%D0%BA=1",
    "http://EVIL。top/": "http://evil.top/",
    "http://ev\u200bil.top/": "http://evil.top/",
    "http://e%76il.top/": "http://evil.top/",
    "http://0x7f.1/": "http://127.0.0.1/",
    "http://2130706433:8000/": "http://127.0.0.1:8000/",
    "http://[::1]:8000/": "http://[::1]:8000/",
    "  https://evil.top/a\n": "https://evil.top/a",
    "https://evil.top/%D1%88": "https://evil.top/%D1%88",
}


@pytest.mark.parametrize(("given_text", "url"), CANONICAL.items())
def test_canonical(given_text: str, url: str) -> None:
    suspect = normalise(given_text)
    assert suspect.url == url
    assert normalise(suspect.url).url == url


def test_an_assumed_scheme_is_told() -> None:
    assert normalise("evil.top").assumed_scheme
    assert not normalise("http://evil.top").assumed_scheme


@pytest.mark.parametrize(
    "text",
    ["", " ", "abc", "not a url", "http://", "http:///", "https://a b.com/", "http://1.2.3.4.5/", "http://a:0/",
     "http://a:99999/", "http://[::1/", "http://a..b/", "x" * 9000 + ".top", "http://evil.top\x00/"],
)  # fmt: skip
def test_no_web_address(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        normalise(text)
    assert len(caught.value.message) < 400


@pytest.mark.parametrize(
    "text",
    ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "view-source:https://a.b", "chrome://gpu",
     "about:blank", "ftp://x.y/", "tel:1414", "mailto:a@b.kz", "blob:https://a.b/1", "ws://a.b/", "intent://a.b/"],
)  # fmt: skip
def test_other_schemes_are_refused(text: str) -> None:
    with pytest.raises(SuspectRefused):
        normalise(text)


SMS = {
    "1414: У вас штраф 19 660 тг. Оплатите: egov-kz.example/s/8Fq2": ["http://egov-kz.example/s/8Fq2"],
    "Штраф 19.660 тг до 25.11.2026, ст.592, т.д. и т.п.": [],
    "Айыппул 19.660 тг. Төлеу: https://egov-kz.top/pay?id=1.": ["https://egov-kz.top/pay?id=1"],
    "hxxps://egov-kz[.]top/a или egov[.]kz": ["https://egov-kz.top/a", "http://egov.kz/"],
    "Пишите на info@egov.kz или help.desk@kaspi.kz": [],
    "Оплатите штраф.Сайт штраф-оплата.рф/12": ["http://xn----7sbba7crherhq8b.xn--p1ai/12"],
    "pay it.In case of doubt go to HTTP://Evil.Top/Pay)": ["http://evil.top/Pay"],
    "(см. evil.top/a_(b)) версия 1.2.3.4 и 185.1.2.3/pay": ["http://evil.top/a_(b)", "http://185.1.2.3/pay"],
    "egov-kz.top/s/8Fq2,оплатите сейчас": ["http://egov-kz.top/s/8Fq2"],
    "egov-kz.top/s/8Fq2!": ["http://egov-kz.top/s/8Fq2"],
    "«egov-kz.top/s/8Fq2»": ["http://egov-kz.top/s/8Fq2"],
    "www.Evil.Top": ["http://www.evil.top/"],
    "Kaspi.kz": ["http://kaspi.kz/"],
    "сайт:egov-kz.top:8080/x": ["http://egov-kz.top:8080/x"],
    "https://egov.kz@evil.top/x": ["https://evil.top/x"],
    "a.top/1 a.top/1 b.top/2": ["http://a.top/1", "http://b.top/2"],
    "EGOV-KZ.TOP/PAY": ["http://egov-kz.top/PAY"],
    "bit.ly/3xYz, t.me/egov": ["http://bit.ly/3xYz", "http://t.me/egov"],
    "egov-kz.top?id=5 тел.87011234567": ["http://egov-kz.top/?id=5"],
    "Госномер 123ABC02, сумма 15.728,00 тг.": [],
    "https://a.top/?u=https://b.top/": ["https://a.top/?u=https://b.top/"],
    "ЕГОВ.ҚАЗ/төлем": ["http://xn--b1abf1b.xn--80ao21a/%D1%82%D3%A9%D0%BB%D0%B5%D0%BC"],
    "": [],
}


@pytest.mark.parametrize(("text", "urls"), SMS.items())
def test_links_of_a_message(text: str, urls: list[str]) -> None:
    assert [link.url for link in extract_links(text)] == urls


@given(st.text(max_size=300))
def test_any_message_gets_links_that_are_addresses(text: str) -> None:
    for link in extract_links(text):
        assert normalise(link.url).url == link.url


@given(st.text(max_size=120))
def test_any_input_is_an_address_or_a_clear_refusal(text: str) -> None:
    try:
        suspect = normalise(text)
    except UsageError as error:
        assert error.message
    else:
        assert suspect.url.startswith(("http://", "https://")) and suspect.url.isascii()
        assert normalise(suspect.url).url == suspect.url


_label = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=12)
_path = st.text(string.ascii_letters + string.digits + "/-_", max_size=20)


@given(_label, st.sampled_from(["top", "kz", "com.kz", "рф", "xyz"]), _path, st.sampled_from(["", ".", "!", ")", "»"]))
def test_a_link_is_found_whatever_stands_around_it(name: str, tld: str, path: str, after: str) -> None:
    text = f"Оплатите: {name}x.{tld}/{path}{after} Спасибо"
    (link,) = extract_links(text)
    assert link.url == normalise(f"{name}x.{tld}/{path}").url


OFFICIAL = ("egov.kz", "gov.kz", "*.salyk.kz", "gov.*", "гибдд.рф", "int")


@pytest.mark.parametrize(
    "host",
    ["egov.kz", "EGOV.KZ.", "m.egov.kz", "gov.kz", "qamqor.gov.kz", "a.b.gov.kz", "salyk.kz", "x.salyk.kz", "gov.uk",
     "www.gov.uk", "гибдд.рф", "xn--90adear.xn--p1ai", "who.int"],
)  # fmt: skip
def test_official(host: str) -> None:
    assert official_host(host, OFFICIAL)


@pytest.mark.parametrize(
    "host",
    ["egov.kz.evil.top", "egov-kz.top", "notegov.kz", "gov.kz.com", "gov.evil.top", "gov.top", "kz", "10.0.0.1", "",
     "xegov.kz", "egov.kz-pay.top", "sprint"],
)  # fmt: skip
def test_not_official(host: str) -> None:
    assert official_host(host, OFFICIAL) is None


@pytest.mark.parametrize(
    ("host", "domain"),
    [("a.b.evil.top", "evil.top"), ("a.evil.com.kz", "evil.com.kz"), ("x.github.io", "x.github.io"),
     ("10.0.0.1", "10.0.0.1"), ("gov.kz", "gov.kz"), ("a.штраф.рф", "xn--80a5afkq.xn--p1ai")],
)  # fmt: skip
def test_registrable_domain(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain


def test_refusals_say_why() -> None:
    with pytest.raises(SuspectRefused, match="official"):
        refuse_suspect(normalise("https://m.egov.kz/"), official=OFFICIAL)
    with pytest.raises(SuspectRefused, match="official"):
        refuse_suspect(normalise("https://m.egov.kz/"), official=OFFICIAL, allow_private=True)
    with pytest.raises(SuspectRefused, match="--allow-private"):
        refuse_suspect(normalise("http://192.168.1.1/"))
    refuse_suspect(normalise("http://192.168.1.1/"), allow_private=True)
    refuse_suspect(normalise("https://egov.kz.evil.top/"), official=OFFICIAL)
