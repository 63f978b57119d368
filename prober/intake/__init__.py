"""Lists of suspects as people have them: text, CSV, JSON, feeds; every row becomes a suspect or is named with its fault."""

from prober.intake.near import near_key
from prober.intake.rows import Row, Unusable, read_rows

__all__ = ["Row", "Unusable", "near_key", "read_rows"]
