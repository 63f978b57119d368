"""What all nouns share."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Noun(BaseModel):
    """Frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
