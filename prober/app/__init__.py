"""Plugs the parts together: what the command line, the web page and the queue ask for."""

from prober.app.check import CheckOptions, check

__all__ = ["CheckOptions", "check"]
