"""Classes that somebody adds come before those of kg."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotate.extract import extract
from kg.config import Settings

pytestmark = pytest.mark.model

PACK = """
[pack]
name = "port"
title = "Ports"
namespace = "https://port.example/ns#"
prefix = "port"

[classes.Expel]
label = "expel"
definition = "A port sends somebody away."

[classes.Expel.roles]
agent = { values = ["entity"], required = true }
theme = { values = ["entity", "text"] }

[[classes.Expel.triggers]]
verbs = ["accuse"]
frame = { subject = "agent", object = "theme" }

[[classes.Expel.triggers]]
nouns = ["visit"]
frame = { possessor = "agent", to = "theme" }
"""


@pytest.mark.parametrize("text", ["Norway accused Peru of fraud.", "Norway's visit to Peru was short."])
def test_a_class_of_an_added_pack_wins_over_a_richer_match(tmp_path: Path, text: str) -> None:
    pack = tmp_path / "port.toml"
    pack.write_text(PACK, "utf-8")
    ((plain,), (added,)) = (
        list(extract([("1", text)], settings=settings)) for settings in (Settings(), Settings(lexicon=(pack,)))
    )
    assert next(claim["type"] for claim in plain["claims"]) in {"Accuse", "Visit"}
    assert [claim["type"] for claim in added["claims"]] == ["Expel"]
