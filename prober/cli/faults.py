"""prober's own failures as one clear sentence and the documented exit status."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from prober.errors import ProberError

FAILED = 2
INTERRUPTED = 130


class Failed(SystemExit):
    """Ends the command with the documented exit status, after the sentence was shown."""


@contextmanager
def told(*, as_json: bool) -> Iterator[None]:
    """Show a ProberError as a sentence on stderr (and as `prober/error/1` on stdout with --json), exit status 2."""
    try:
        yield
    except ProberError as error:
        if as_json:
            print(
                json.dumps(
                    {"schema": "prober/error/1", "error": error.code, "message": error.message}, ensure_ascii=False
                )
            )
        print(f"prober: {error.message}", file=sys.stderr)
        raise Failed(FAILED) from error
    except KeyboardInterrupt:
        print("prober: interrupted", file=sys.stderr)
        raise Failed(INTERRUPTED) from None
