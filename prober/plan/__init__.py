"""Deciding: from what was read to what to do next. Pure; the browser performs, the verdict judges."""

from prober.plan.arms import Arm, next_arms
from prober.plan.steps import next_actions
from prober.plan.turns import Trail, Turn

__all__ = ["Arm", "Trail", "Turn", "next_actions", "next_arms"]
