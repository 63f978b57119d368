"""What travels to a worker, and what is its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("procrastinate")

from prober.app.check import CheckOptions
from prober.app.worker import options_from, options_to_send
from prober.models.custody import Matter


def test_options_travel_as_json(tmp_path: Path) -> None:
    chain = tmp_path / "chain.pem"
    chain.write_text("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n")
    options = CheckOptions(
        output=tmp_path / "asker", timeout=12.5, proxy="http://exit.example:3128", resolve={"a.example": "203.0.113.7"},
        matter=Matter(organisation="Example CERT", number="42", tlp="AMBER"), tsa="https://tsa.example/", tsa_chain=chain,
        evidence="s3://asker", index="postgresql://asker",
    )  # fmt: skip
    sent = json.loads(json.dumps(options_to_send(options) | {"of a later version": 1}))
    chain.unlink()
    got = options_from(sent, tmp_path / "worker")
    assert (got.timeout, got.proxy, got.resolve) == (12.5, "http://exit.example:3128", {"a.example": "203.0.113.7"})
    assert (got.matter.organisation, got.matter.number, got.matter.tlp) == ("Example CERT", "42", "AMBER")
    assert got.tsa == "https://tsa.example/"
    assert got.tsa_chain is not None
    assert got.tsa_chain.read_text().startswith("-----BEGIN CERTIFICATE-----")
    assert (got.output, got.evidence, got.index) == (tmp_path / "worker", "", "")


def test_without_a_chain_there_is_no_file(tmp_path: Path) -> None:
    assert options_from(options_to_send(CheckOptions()), tmp_path).tsa_chain is None
    assert list(tmp_path.iterdir()) == []
