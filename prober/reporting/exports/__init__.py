"""A case for machines: abuse reports, indicators, block lists, CERT exchange formats, tickets."""
