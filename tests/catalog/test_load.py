"""Scenario and suite files: found, read, and refused with file, line and field."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from prober import catalog
from prober.catalog import load
from prober.errors import ScenarioError

GOOD = """\
schema: prober/scenario/1
name: own
version: "1"
title:
  en: Own
country: KZ
languages: [ru]
locale: ru-KZ
accept_languages: [ru]
timezone: Asia/Almaty
debt: traffic_fine
asks: [plate]
currencies: [KZT]
values:
  - kind: plate
    patterns:
      - grade: P2
        shape: 000[QXZ]{3}99
        proof: convention
        why: No region has the code 99.
        parts:
          region: "6:8"
official:
  hosts: [own.example]
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder with one good scenario."""
    monkeypatch.setenv("PROBER_SCENARIOS", str(tmp_path))
    (tmp_path / "own.yaml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def refused(folder: Path, text: str) -> str:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        catalog.load_scenario(str(path))
    return error.value.message.replace(str(path), "bad.yaml")


def test_the_packaged_ones_are_right() -> None:
    for folder in ("", "suites", "everywhere"):
        for path in (load.packaged_folder() / folder).glob("*.yaml"):
            faults = catalog.problems_in(path)
            assert not faults, "\n".join(map(str, faults))


def test_names_start_with_the_default() -> None:
    names = catalog.scenario_names()
    assert names[0] == "kz-fines"
    assert {"kz-fines", "ru-gibdd", "us-toll", "uk-pcn", "parcel-fee"} <= set(names)
    assert [scenario.name for scenario in catalog.all_scenarios()] == list(names)
    assert "all" in catalog.suite_names() and catalog.load_suite("all").mode == "choose"


def test_a_users_folder_adds(own: Path) -> None:
    assert catalog.load_scenario("own").title == {"en": "Own"}
    assert "kz-fines" in catalog.scenario_names() and "own" in catalog.scenario_names()
    assert "own.example" in catalog.official_hosts().hosts


def test_a_users_scenario_replaces_a_packaged_one_but_frees_no_host(own: Path) -> None:
    (own / "kz-fines.yaml").write_text(GOOD.replace("name: own", "name: kz-fines"), encoding="utf-8")
    assert catalog.load_scenario("kz-fines").title == {"en": "Own"}
    assert "egov.kz" in catalog.official_hosts().hosts


def test_official_hosts_are_those_of_all_scenarios() -> None:
    official = catalog.official_hosts()
    assert {"egov.kz", "kgp.kz", "gosuslugi.ru", "e-zpassny.com", "post.kz"} <= set(official.hosts)
    assert {"gov.kz", "gov.uk", "gov", "gob.es"} <= set(official.suffixes)
    assert {"stripe.com", "paybox.money", "yookassa.ru"} <= set(official.payment)
    assert official.checked_on


def test_gateways_of_all_countries_count_for_every_scenario() -> None:
    assert {"stripe.com", "paybox.money"} <= set(catalog.load_scenario("kz-fines").official.payment)


def test_numbers_stay_texts(own: Path) -> None:
    path = own / "own.yaml"
    path.write_text(GOOD.replace('version: "1"', "version: 010").replace("grade: P2", "grade: 08"), encoding="utf-8")
    scenario = catalog.load_scenario("own")
    assert scenario.version == "010" and scenario.values[0].patterns[0].grade == "08"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("debt: traffic_fine\n", "", "bad.yaml:1: debt: this field is missing"),
        ("country: KZ", "country: KZ\nkountry: KZ", "bad.yaml:7: kountry: there is no such field"),
        ("country: KZ", "country: KZ\ncountry: RU", "bad.yaml:7: country: the key 'country' stands here twice"),
        ("languages: [ru]", "languages: ru", "bad.yaml:7: languages: it must be a list"),
        ("languages: [ru]", "languages: [[ru]]", "bad.yaml:7: languages.0: it must be a text"),
        ("proof: convention", "proof: sure", "bad.yaml:19: values.0.patterns.0.proof: it must be 'absolute'"),
        ("000[QXZ]{3}99", "'000[QXZ'", "bad.yaml:18: values.0.patterns.0.shape: the shape ends too early"),
        (
            "  - kind: plate",
            "  - {kind: plates, make: otp}\n  - kind: plate",
            "bad.yaml:15: values.0.kind: 'plates' is no kind of value that forms ask for; did you",
        ),
        (
            "  - kind: plate",
            "  - {kind: card_number, make: otp}\n  - kind: plate",
            "bad.yaml:15: values.0.kind: prober never types a card_number",
        ),
        ("asks: [plate]", "asks: [plate, address]", "bad.yaml:12: asks.1: no value of the kind 'address'"),
        ('region: "6:8"', "region: six", "bad.yaml:22: values.0.patterns.0.parts.region: 'six' is no slice"),
        (
            "- kind: plate",
            "- kind: plate\n    make: kz_shoe",
            "bad.yaml:16: values.0.make: 'kz_shoe' is no ready ladder",
        ),
        ("hosts: [own.example]", "hosts: ['*.example']", "bad.yaml:24: official.hosts.0: '*.example' is no plain host"),
        ("hosts: [own.example]", "hosts: [kz]", "bad.yaml:24: official.hosts.0: 'kz' is a whole top-level domain"),
        ("proof: convention", "proof: convention\n        check: fail", "check: there is no 'check_digit' to fail"),
        ("000[QXZ]{3}99", "<city>", "no value <city:0>"),
        ("name: own", "name: Own One", "bad.yaml:2: name: 'Own One' does not have the form"),
        ("name: own", "name: another", "bad.yaml:2: name: 'another' is not the name of the file, 'own'"),
        ("timezone: Asia/Almaty", "timezone: Almaty", "bad.yaml:10: timezone: 'Almaty' does not have the form"),
        ("currencies: [KZT]", "currencies: [tenge]", "bad.yaml:13: currencies.0: 'tenge' does not have the form"),
        ("languages: [ru]", "languages: []", "bad.yaml:7: languages: the list must not be empty"),
        ("country: KZ", "country: &a KZ\ncurrency: *a", "aliases"),
        ("country: KZ", "country: !!python/name:os.system KZ", "the tag"),
        ("country: KZ", "country: [KZ", "not YAML"),
        ("country: KZ", "country: KZ\nvisits: many", "bad.yaml:7: visits: "),
    ],
)
def test_what_is_wrong_is_told_with_its_place(own: Path, old: str, new: str, says: str) -> None:
    assert old in GOOD
    message = refused(own, GOOD.replace(old, new))
    assert says in message
    assert message.endswith("Correct the file, then try again.")


def test_all_faults_are_listed(own: Path) -> None:
    path = own / "own.yaml"
    path.write_text(GOOD.replace("debt: traffic_fine\n", "").replace("proof: convention", "proof: x"), encoding="utf-8")
    assert [(fault.line, fault.field) for fault in catalog.problems_in(path)] == [
        (1, "debt"),
        (18, "values.0.patterns.0.proof"),
    ]
    assert "(and 1 more)" in refused(own, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", ["", "[]", "just words", "a: b: c", "\x00", "- 1", "? [a]\n: b"])
def test_what_is_no_scenario_at_all(own: Path, text: str) -> None:
    assert refused(own, text).startswith("bad.yaml:1: ")


def test_a_file_in_another_encoding(own: Path) -> None:
    path = own / "bad.yaml"
    path.write_bytes(GOOD.replace("Own", "Свой").encode("cp1251"))
    with pytest.raises(ScenarioError, match="cannot be read"):
        catalog.load_scenario(str(path))


def test_unknown_names_are_answered_with_the_known() -> None:
    with pytest.raises(ScenarioError, match=r"no scenario 'kz-fine'; choose one of .*kz-fines"):
        catalog.load_scenario("kz-fine")
    with pytest.raises(ScenarioError, match="no suite"):
        catalog.load_suite("some")
    with pytest.raises(ScenarioError, match="Cannot read"):
        catalog.load_scenario("nowhere/none.yaml")


def test_a_named_folder_must_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROBER_SCENARIOS", str(tmp_path / "none"))
    with pytest.raises(ScenarioError, match="which is no folder"):
        catalog.scenario_names()


def test_in_a_wheel_the_scenarios_lie_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "_PACKAGE", tmp_path)
    assert load.packaged_folder() == tmp_path.parent / "scenarios"
    (tmp_path / "_scenarios").mkdir()
    assert load.packaged_folder() == tmp_path / "_scenarios"


def test_a_suite_names_existing_scenarios(own: Path) -> None:
    (own / "suites").mkdir()
    text = "schema: prober/suite/1\nname: mine\ntitle: {en: Mine}\nscenarios: [own]\nrules:\n  - use: [none]\n"
    (own / "suites" / "mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"mine.yaml:6: rules.0.use.0: there is no scenario 'none'"):
        catalog.load_suite("mine")
    (own / "suites" / "mine.yaml").write_text(text.replace("none", "own"), encoding="utf-8")
    assert catalog.load_suite("mine").scenarios == ("own",)


def test_a_changed_file_is_read_again(own: Path) -> None:
    assert catalog.load_scenario("own").debt == "traffic_fine"
    path = own / "own.yaml"
    path.write_text(GOOD.replace("traffic_fine", "parking"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert catalog.load_scenario("own").debt == "parking"


def test_loading_everything_is_fast() -> None:
    load._cached.cache_clear()
    started = time.perf_counter()
    catalog.all_scenarios()
    catalog.official_hosts()
    assert time.perf_counter() - started < 0.6  # 0.03 s where nothing else runs


mutations = st.tuples(st.integers(0, len(GOOD)), st.integers(0, 6), st.text(alphabet="\n :-[]{}'\"&*!#aЖ0", max_size=6))


@settings(max_examples=300, deadline=None)
@given(st.lists(mutations, min_size=1, max_size=4))
def test_mutated_files_are_loaded_or_refused(tmp_path_factory: pytest.TempPathFactory, edits: list) -> None:
    text = GOOD
    for at, cut, put in edits:
        text = text[:at] + put + text[at + cut :]
    path = tmp_path_factory.getbasetemp() / "own.yaml"
    path.write_text(text, encoding="utf-8")
    for fault in catalog.problems_in(path):
        assert 1 <= fault.line <= text.count("\n") + 1 and fault.text


def test_aliases_cannot_blow_up() -> None:
    from prober.catalog.strict_yaml import YamlProblem, parse

    bomb = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12))
    with pytest.raises(YamlProblem, match="aliases"):
        parse(bomb)
    with pytest.raises(YamlProblem, match="aliases"):
        parse("a: &a [*a]")


def test_deep_nesting_is_refused() -> None:
    from prober.catalog.strict_yaml import YamlProblem, parse

    with pytest.raises(YamlProblem):
        parse("[" * 5000 + "]" * 5000)


def test_the_schema_fits_the_files_of_yaml_editors() -> None:
    for path in load.packaged_folder().glob("*.yaml"):
        assert "$schema=schema.json" in path.read_text(encoding="utf-8").splitlines()[0]
        assert isinstance(yaml.safe_load(path.read_text(encoding="utf-8"))["version"], str)
