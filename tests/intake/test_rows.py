"""Lists as people have them: each format, each fault, and nothing that stops the run."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prober.errors import UsageError
from prober.intake import Row, Unusable, read_rows
from prober.intake.lines import LONGEST


def rows(text: str | bytes, **more: str) -> list[Row | Unusable]:
    data = text if isinstance(text, bytes) else text.encode()
    return list(read_rows(io.BytesIO(data), **more))


def urls(text: str | bytes, **more: str) -> list[str]:
    return [row.suspect.url for row in rows(text, **more) if isinstance(row, Row)]


def faults(text: str | bytes, **more: str) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in rows(text, **more) if isinstance(row, Unusable)]


def test_plain_text_with_comments_defanged_and_bare_hosts() -> None:
    text = (
        "# suspects of Monday\r\n\r\nhxxps://shtraf-kz[.]top/pay  # from an SMS\nelik.example\n"
        "https://a.example/#/fines\n- hxxp://b[.]example/x\n0.0.0.0 c.example\nпросто слова\n"
    )
    assert urls(text) == [
        "https://shtraf-kz.top/pay", "http://elik.example/", "https://a.example/#/fines", "http://b.example/x",
        "http://c.example/",
    ]  # fmt: skip
    assert [line for line, _ in faults(text)] == [8]


def test_two_links_in_a_line_are_two_suspects() -> None:
    assert urls("https://a.example/ https://b.example/\n") == ["https://a.example/", "https://b.example/"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_csv_with_any_separator(separator: str) -> None:
    text = f"id{separator}URL{separator}note\n1{separator}https://a.example/{separator}x\n"
    assert urls(text) == ["https://a.example/"]
    assert urls(text, column="url") == ["https://a.example/"]


def test_csv_column_named_by_the_user_or_numbered() -> None:
    text = "url,seen at\nhttps://not.example/,https://a.example/\n"
    assert urls(text, column="seen at") == ["https://a.example/"]
    assert urls(text, column="2") == ["https://a.example/"]
    with pytest.raises(UsageError, match="it has url, seen at"):
        rows(text, column="adress")


def test_csv_without_a_header_uses_the_column_with_addresses() -> None:
    assert urls("1,2026-01-02,https://a.example/\n2,2026-01-03,https://b.example/\n", name="x.csv") == [
        "https://a.example/",
        "https://b.example/",
    ]


def test_a_cell_over_several_lines_and_a_quote_that_never_closes() -> None:
    text = 'url,note\nhttps://a.example/,"two\nlines"\nhttps://b.example/,"open\nhttps://c.example/,x\n'
    assert urls(text) == ["https://a.example/", "https://c.example/"]
    assert faults(text) == [(4, "a quoted cell does not end")]


def test_urlhaus() -> None:
    text = (
        "################\n# abuse.ch URLhaus Database Dump (CSV - recent URLs) #\n#\n"
        "# id,dateadded,url,url_status,last_online,threat,tags,urlhaus_link,reporter\n"
        '"1","2026-11-20 10:00:00","http://a.example/i","online","","malware","elf","https://urlhaus.example/1/","x"\n'
    )
    assert urls(text) == ["http://a.example/i"]


def test_phishtank() -> None:
    header = "phish_id,url,phish_detail_url,submission_time,verified,verification_time,online,target\n"
    row = "7,https://a.example/?x=1,https://detail.example/7,2026-11-01T00:00:00+00:00,yes,,yes,Other\n"
    assert urls(header + row) == ["https://a.example/?x=1"]
    items = [
        {"phish_id": n, "url": f"https://a{n}.example/", "phish_detail_url": "https://d.example/"} for n in range(9)
    ]
    assert len(urls(json.dumps(items))) == 9
    assert len(urls(json.dumps(items, indent=1))) == 9


def test_openphish() -> None:
    assert urls("https://a.example/1\nhttps://b.example/2\n") == ["https://a.example/1", "https://b.example/2"]


def test_dnstwist_leaves_out_the_original_and_the_unregistered() -> None:
    text = "fuzzer,domain,dns_a,dns_ns\n*original,egov.example,192.0.2.1,ns.example\nomission,eov.example,192.0.2.2,\nbitsquatting,agov.example,,\n"
    assert urls(text) == ["http://eov.example/"]
    assert [line for line, _ in faults(text)] == [2, 4]
    items = [
        {"fuzzer": "*original", "domain": "egov.example", "dns_a": ["192.0.2.1"]},
        {"fuzzer": "omission", "domain": "eov.example", "dns_a": ["192.0.2.2"]},
        {"fuzzer": "omission", "domain": "ego.example"},
        {"fuzzer": "various", "domain": "gov.example", "dns_ns": ["!ServFail"]},
    ]
    assert urls(json.dumps(items, indent=4)) == ["http://eov.example/", "http://ego.example/"]


def test_json_lines_of_objects_and_strings() -> None:
    text = '{"url": "https://a.example/", "lang": "kk"}\n"https://b.example/"\nnot json\n{"x": 1}\n{"url": 3}\n'
    found = rows(text)
    assert [row.suspect.url for row in found if isinstance(row, Row)] == ["https://a.example/", "https://b.example/"]
    assert isinstance(found[0], Row)
    assert found[0].lang == "kk"
    assert [row.line for row in found if isinstance(row, Unusable)] == [3, 4, 5]


def test_a_broken_array_gives_what_stood_before_the_break() -> None:
    text = '[\n{"url": "https://a.example/"},\n{"url": "https://b.exam'
    assert urls(text) == ["https://a.example/"]
    assert faults(text) == [(3, "the file is not valid JSON from here on")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings_with_a_mark(encoding: str) -> None:
    assert urls("https://штраф.example/\n".encode(encoding)) == ["https://xn--80a5afkq.example/"]


def test_bytes_that_are_no_text_are_named() -> None:
    assert faults("https://a.example/ш\n".encode("cp1251"))[0][0] == 1


def test_a_line_without_end_does_not_fill_memory() -> None:
    text = "x" * (LONGEST * 3) + "\nhttps://a.example/\n"
    assert urls(text) == ["https://a.example/"]
    assert len(faults(text)) == 1


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["", "x.csv", "x.jsonl", "x.txt"]))
def test_any_bytes_are_read_to_the_end(data: bytes, name: str) -> None:
    for row in rows(data, name=name):
        assert row.line >= 1


@settings(deadline=None)
@given(st.text(max_size=300), st.integers(0, 3))
def test_a_good_row_after_anything_is_found_in_a_text(noise: str, blanks: int) -> None:
    text = "https://first.example/\n" + noise.replace("\r", "") + "\n" * (blanks + 1) + "https://last.example/\n"
    found = urls(text)
    assert found[0] == "https://first.example/"
    assert found[-1] == "https://last.example/"


@settings(deadline=None)
@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=20, unique=True), st.data())
def test_every_format_gives_the_same_suspects(names: list[str], data: st.DataObject) -> None:
    wanted = [f"https://{name}.example/p" for name in names]
    listing = "\n".join(wanted)
    table = "\n".join(["id,url", *(f'{n},"{url}"' for n, url in enumerate(wanted))])
    objects = [{"url": url} for url in wanted]
    assert urls(listing) == wanted
    assert urls(table) == wanted
    assert urls("\n".join(map(json.dumps, objects))) == wanted
    assert urls(json.dumps(objects, indent=data.draw(st.sampled_from([None, 1, 4])))) == wanted
