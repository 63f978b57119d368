"""Judging: pure rules over a recorded case."""

from prober.verdicts.judge import RULES_VERSION, judge

__all__ = ["RULES_VERSION", "judge"]
