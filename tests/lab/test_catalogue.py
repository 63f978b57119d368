"""The catalogue is complete, and every entry makes sense."""

from __future__ import annotations

import pkgutil
import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

from prober.lab import sites
from prober.lab.catalogue import all_sites
from prober.lab.inline import ASSETS
from prober.lab.kit import TEMPLATES
from prober.lab.site import Site
from prober.models.case import VerdictClass

_EXTERNAL = re.compile(
    r"""(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:)?//(?!{{ site.name }}.localhost)""", re.IGNORECASE
)
_LONG_NUMBER = re.compile(r"(?<!\d)\d{12}(?!\d)")


def test_names_are_unique_host_labels() -> None:
    names = [site.name for site in all_sites()]
    assert [name for name, times in Counter(names).items() if times > 1] == []
    assert [name for name in names if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_every_module_of_sites_is_listed() -> None:
    listed = {id(site) for site in all_sites()}
    for module in pkgutil.walk_packages(sites.__path__, "prober.lab.sites."):
        found = [value for value in vars(import_module(module.name)).values()]
        entries = [value for value in found if isinstance(value, Site)]
        entries += [site for value in found if isinstance(value, tuple) for site in value if isinstance(site, Site)]
        assert entries, f"{module.name} has no SITE"
        assert all(id(site) in listed for site in entries), f"{module.name} is not in the catalogue"


def test_there_is_enough_to_practise_on() -> None:
    kinds = Counter(site.kind for site in all_sites())
    assert kinds["scam"] >= 13
    assert kinds["honest"] >= 9
    assert kinds["obstacle"] >= 5
    assert {language for site in all_sites() for language in site.languages} >= {"ru", "kk", "en"}


@pytest.mark.parametrize("site", all_sites(), ids=lambda site: site.name)
def test_the_entry_makes_sense(site: Site) -> None:
    assert set(site.expect) <= set(VerdictClass)
    assert len(set(site.expect)) == len(site.expect) > 0
    assert site.entry.startswith("/")
    assert site.techniques
    assert site.languages
    assert site.title
    assert site.about.endswith(".")
    if site.kind == "honest":
        assert not {"fraudulent", "suspicious"} & set(site.expect)
    if site.kind != "scam":
        assert "fraudulent" not in site.expect


def test_each_build_is_fresh() -> None:
    assert all(site.build() is not site.build() for site in all_sites())


def pages() -> list[Path]:
    """The templates, the modules that hold their pages as text, and the sources of the bundles."""
    families = [path for family in Path(sites.__path__[0]).iterdir() if family.is_dir() for path in family.glob("*.py")]
    return [*TEMPLATES.rglob("*.*"), *families, *(ASSETS / "src").iterdir()]


def test_no_page_needs_another_host() -> None:
    assert [path.name for path in pages() if _EXTERNAL.search(path.read_text("utf-8"))] == []


def test_no_page_holds_a_number_that_could_be_an_iin() -> None:
    assert [path.name for path in pages() if _LONG_NUMBER.search(path.read_text("utf-8"))] == []


def test_every_vendored_file_has_its_licence() -> None:
    notice = (ASSETS / "NOTICE").read_text("utf-8")
    files = [path.name for path in ASSETS.iterdir() if path.is_file() and path.name != "NOTICE"]
    assert [name for name in files if name not in notice] == []
