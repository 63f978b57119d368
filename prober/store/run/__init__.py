"""The memory of a run on one machine: which suspects are waiting, in work and done, and their results."""

from prober.store.run.results import Results
from prober.store.run.state import RunState

__all__ = ["Results", "RunState"]
