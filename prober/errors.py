"""Every way prober itself can fail; what a site does wrong is data, never an exception.

ProberError
├── UsageError           the user asked for something that cannot be done
│   ├── SuspectRefused   this address must not or may not be probed
│   └── ScenarioError    a scenario or suite file is missing or wrong
├── BrowserError         no usable browser, or it does not start
├── ServerError          a prober server elsewhere cannot be reached, or refuses
├── StoreError           a case cannot be written or read
└── BrokenCase           a stored case contradicts its own seal
"""

from __future__ import annotations


class ProberError(Exception):
    """A fault of prober or its surroundings, told in one sentence that says what to do.

    Attributes:
        code: stable word for machines, e.g. ``suspect_refused``.
        message: what happened, on what, and what to do next.
    """

    code = "prober_error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UsageError(ProberError):
    code = "usage"


class SuspectRefused(UsageError):
    code = "suspect_refused"


class ScenarioError(UsageError):
    code = "scenario"


class BrowserError(ProberError):
    code = "browser"


class ServerError(ProberError):
    """status: of its HTTP answer, 0 when there was none."""

    code = "server"

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class StoreError(ProberError):
    code = "store"


class BrokenCase(ProberError):
    code = "broken_case"
