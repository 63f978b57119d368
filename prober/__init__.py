"""prober: submits invalid identities to a suspect site and judges what it answers."""

__version__ = "0.1.0"
