"""The catalog: scenarios and suites from the packaged folder and the user's own, checked and located."""

from prober.catalog.choose import choose, scenarios_for
from prober.catalog.load import (
    all_scenarios,
    load_scenario,
    load_suite,
    official_hosts,
    problems_in,
    scenario_names,
    suite_names,
)

__all__ = [
    "all_scenarios",
    "choose",
    "load_scenario",
    "load_suite",
    "official_hosts",
    "problems_in",
    "scenario_names",
    "scenarios_for",
    "suite_names",
]
