"""Reads the data that every case needs before the first page is there."""

from __future__ import annotations

import gc
from functools import lru_cache

from prober.catalog import all_scenarios, load_scenario, official_hosts
from prober.errors import ScenarioError
from prober.models.page import Box, Control, Snapshot, TextBlock
from prober.reading.read import read

_BOX = Box(x=0, y=0, width=100, height=20)
# Ordinary words, so that the page's language is plain; a page of a few odd words costs a look at every language.
_TEXT = "Проверьте, есть ли у вас штраф, и оплатите его на этой странице. Сумма: 1 000 ₸"
_PAGE = Snapshot(
    url="http://page.invalid/",
    blocks=(TextBlock(id=0, text=_TEXT, box=_BOX, source="dom"),),
    controls=(
        Control(ref="0.1", order=0, kind="text", tag="input", box=_BOX),
        Control(ref="0.2", order=1, kind="button", tag="button", box=_BOX),
    ),
)


def settle(scenario: str = "auto") -> None:
    """Before many cases in one process: load what all of them need, and have the garbage collector pass over it.

    A case makes many objects that live as long as it does; looking for garbage less often saves a tenth of the time.
    """
    warm(scenario)
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@lru_cache(maxsize=16)
def warm(scenario: str) -> None:
    """Load scenarios, official hosts and the words of the scenario's languages; all of it stays in memory.

    What is wrong with a file is told later, where it is needed.
    """
    try:
        official_hosts()
        chosen = all_scenarios()[0] if scenario == "auto" else load_scenario(scenario)
    except ScenarioError:
        return
    read(_PAGE, chosen)
