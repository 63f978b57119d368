"""The catalogues of the pages have the same keys, and their sentences the same places to fill."""

import re

import pytest

from prober.web.words import catalogue


def shape(found):
    if isinstance(found, dict):
        return {str(key): shape(value) for key, value in found.items()}
    if isinstance(found, list):
        return [shape(value) for value in found]
    return sorted(set(re.findall(r"{\w+}", str(found))))


@pytest.mark.parametrize("lang", ["ru", "kk"])
def test_same_keys_and_places(lang):
    assert shape(catalogue(lang)) == shape(catalogue("en"))
