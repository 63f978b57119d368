"""Many cases at once: campaigns, tables of a filter, sealed cases of a pick; nobody takes what is not theirs."""

import csv
import io
import json
import re
import zipfile

import pytest

from prober.app.kits import find_kits
from prober.store.index.index import CaseIndex
from prober.store.keys import load_or_make
from prober.store.seal import seal
from tests.factories_case import fraudulent, rejecting
from tests.web.conftest import signed_in


@pytest.fixture
def cases(site):
    """Two copies of one kit on two hosts, and an honest site."""
    output = site.options.output
    index = CaseIndex(output)
    ids = []
    for host in ("", "shtraf-2.example"):
        case, folder = fraudulent(output)
        if host:
            case = case.model_copy(update={"url": f"https://{host}/", "final_url": f"https://{host}/pay"})
            folder.write_case(case)
        seal(folder.path, load_or_make())
        index.put((case, folder.path.name))
        ids.append(case.id)
    case, folder = rejecting(output)
    index.put((case, folder.path.name))
    find_kits(index)
    index.close()
    return [*ids, case.id]


def test_a_table_of_all_that_fit(program, cases):
    told = program.get("/cases/download?form=csv&verdict=fraudulent")
    assert told.headers["content-disposition"] == 'attachment; filename="cases.csv"'
    assert told.headers["content-security-policy"].startswith("sandbox")
    rows = list(csv.DictReader(io.StringIO(told.text.removeprefix("\ufeff"))))
    assert {row["id"] for row in rows} == set(cases[:2]) and "https://" not in told.text
    lines = program.get("/cases/download?form=jsonl&q=SHTRAF-2").text.splitlines()
    assert [json.loads(line)["host"] for line in lines] == ["shtraf-2.example"]


def test_one_bundle_of_several_cases(program, cases):
    bundle = program.get("/cases/download?form=stix&verdict=fraudulent").json()
    ids = [one["id"] for one in bundle["objects"]]
    assert bundle["type"] == "bundle" and len(ids) == len(set(ids))
    assert sum(one["type"] == "indicator" for one in bundle["objects"]) >= 2


def test_the_picked_cases_whole(program, cases):
    told = program.get("/cases/download", params={"form": "zip", "id": cases[:2]})
    with zipfile.ZipFile(io.BytesIO(told.content)) as whole:
        assert sorted(whole.namelist()) == sorted(f"{id}.zip" for id in cases[:2])
        with zipfile.ZipFile(io.BytesIO(whole.read(f"{cases[0]}.zip"))) as one:
            assert any(name.endswith("case.json") for name in one.namelist())
    assert program.get("/cases/download", params={"form": "zip", "id": ["../x", "nothing"]}).status_code == 422
    assert program.get("/cases/download?form=exe").status_code == 422


def test_too_many_whole_cases_are_refused(program, cases, monkeypatch):
    monkeypatch.setattr("prober.web.bulk.WHOLE", 2)
    told = program.get("/cases/download?form=stix")
    assert told.status_code == 422 and "More than 2" in told.text


def test_campaigns_by_name_their_cases_and_the_way_back(program, cases):
    page = program.get("/campaigns").text
    assert "elik-shtraf[.]example" in page and "2 on 2 hosts" in page
    link = re.search(r"/cases\?campaign=(kit-[0-9a-f]+)", page)
    listed = program.get(link[0]).text
    assert cases[0] in listed and cases[1] in listed and cases[2] not in listed
    assert len(program.get("/api/v1/cases", params={"campaign": link[1]}).json()["cases"]) == 2
    assert link[0] in program.get(f"/cases/{cases[0]}").text
    assert link[0] not in program.get(f"/cases/{cases[2]}").text
    for lang in ("ru", "kk"):
        assert link[0] in program.get(f"/campaigns?lang={lang}").text


def test_nobody_takes_what_is_not_theirs(site, cases):
    analyst = signed_in(site, "ann")
    for form in ("csv", "jsonl", "stix"):
        assert not any(id in analyst.get(f"/cases/download?form={form}").text for id in cases)
    assert analyst.get("/cases/download", params={"form": "zip", "id": cases}).status_code == 422
    assert "kit-" not in analyst.get("/campaigns").text
    own = site.access.people.find("ann").holders
    site.cases.hold(cases[1], own)
    assert cases[1] in analyst.get("/cases/download?form=jsonl").text
    assert "kit-" not in analyst.get("/campaigns").text, "one host makes no campaign"


def test_a_campaign_is_named_after_a_host_that_its_reader_may_see(site, cases):
    index = CaseIndex(site.options.output)
    case, folder = fraudulent(site.options.output)
    case = case.model_copy(update={"url": "https://shtraf-3.example/", "final_url": "https://shtraf-3.example/pay"})
    folder.write_case(case)
    index.put((case, folder.path.name))
    find_kits(index)
    index.close()
    analyst = signed_in(site, "ann")
    for id in (cases[1], case.id):
        site.cases.hold(id, site.access.people.find("ann").holders)
    page = analyst.get("/campaigns").text
    assert "shtraf-2[.]example" in page and "2 on 2 hosts" in page and "elik" not in page
