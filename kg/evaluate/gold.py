"""Read hand-made annotation: claims and entity mentions as JSON Lines, with the files that they annotate."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import ReadError

__all__ = ["Gold", "GoldClaim", "GoldEntity", "GoldMention", "read_gold"]


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One annotated claim; ``frames`` are the role fillings that count as right, the annotator's own first."""

    id: str
    doc: str
    begin: int
    end: int
    triggers: tuple[tuple[int, int], ...]
    event_type: str
    types: frozenset[str]
    frames: tuple[Mapping[str, tuple[str, ...]], ...]
    optional: Mapping[str, tuple[str, ...]]
    polarity: str
    modality: str
    modalities: frozenset[str]
    attributed_to: tuple[str, ...]
    optional_attribution: bool
    ignore: bool
    quote: str


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One annotated mention of an entity."""

    begin: int
    end: int
    kind: str
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """One annotated entity of one document with its mentions."""

    doc: str
    name: str
    type: str
    wikidata: str | None
    aliases: tuple[str, ...]
    mentions: tuple[GoldMention, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Gold:
    """The annotation with the text and the SHA-256 of each annotated file, by the document's name in the gold."""

    claims: tuple[GoldClaim, ...]
    entities: tuple[GoldEntity, ...]
    texts: Mapping[str, str] = field(repr=False)
    hashes: Mapping[str, str]
    names: Mapping[str, str]


def read_gold(
    claims: Iterable[Path], entities: Iterable[Path], source: Path, *, docs: Iterable[str] | None = None
) -> Gold:
    """Read annotation files and check every quote against the text that it annotates.

    Args:
        claims: JSON Lines files with one claim a line; without any, only the mentions of the entities are scored.
        entities: JSON Lines files with one entity and document a line; may be empty where there are claims.
        source: The folder of the annotated files; document ``d`` is the file ``d.*`` or ``d_*``.
        docs: Only these documents.

    Raises:
        ReadError: A file cannot be read, a line is no claim, or a quote differs from the text at its offsets.
    """
    only = set(docs) if docs is not None else None
    wanted = [c for path in claims for c in _lines(path, _claim) if only is None or c.doc in only]
    named = [e for path in entities for e in _lines(path, _entity) if only is None or e.doc in only]
    if not wanted and not named:
        raise ReadError("the gold files hold no claim for the documents asked for", remedy="Check --gold and --docs")
    found = {doc: _file(source, doc) for doc in sorted({annotated.doc for annotated in wanted or named})}
    raw = {doc: path.read_bytes() for doc, path in found.items()}
    gold = Gold(
        claims=tuple(wanted),
        entities=tuple(e for e in named if e.doc in found),
        texts={doc: data.decode("utf-8-sig") for doc, data in raw.items()},
        hashes={hashlib.sha256(data).hexdigest(): doc for doc, data in raw.items()},
        names={path.name: doc for doc, path in found.items()},
    )
    _check_quotes(gold)
    return gold


def _lines(path: Path, make: Any) -> list[Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"cannot read the gold file: {error}", where=str(path)) from error
    out = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                out.append(make(json.loads(line)))
            except (KeyError, TypeError, ValueError) as error:
                raise ReadError(
                    f"not a gold record: {type(error).__name__} {error}",
                    where=f"{path} line {number}",
                    remedy="docs/evaluation.md gives the format",
                ) from error
    return out


def _claim(raw: Mapping[str, Any]) -> GoldClaim:
    speaker = raw.get("attributedTo") or ()
    return GoldClaim(
        id=raw["id"],
        doc=raw["doc"],
        begin=raw["begin"],
        end=raw["end"],
        triggers=((raw["trigger_begin"], raw["trigger_end"]), *((b, e) for b, e, _ in raw.get("alt_triggers", ()))),
        event_type=raw["type"],
        types=frozenset({raw["type"], *raw.get("alt_types", ())}),
        frames=_frames(raw),
        optional=_roles(raw.get("optional_roles", {})),
        polarity=raw["polarity"],
        modality=raw["modality"],
        modalities=frozenset({raw["modality"], *raw.get("alt_modality", ())}),
        attributed_to=(speaker,) if isinstance(speaker, str) else tuple(speaker),
        optional_attribution=bool(raw.get("optional_attribution")),
        ignore=bool(raw.get("ignore")),
        quote=raw["quote"],
    )


def _roles(raw: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {role: tuple(values) for role, values in raw.items()}


def _frames(raw: Mapping[str, Any]) -> tuple[dict[str, tuple[str, ...]], ...]:
    own, other = _roles(raw["roles"]), _roles(raw.get("alt_roles", {}))
    if not other:
        return (own,)
    return (own, own | other) if set(other) <= set(own) else (own, other)


def _entity(raw: Mapping[str, Any]) -> GoldEntity:
    return GoldEntity(
        doc=raw["doc"],
        name=raw["name"],
        type=raw["type"],
        wikidata=raw.get("wikidata"),
        aliases=tuple(raw.get("aliases", ())),
        mentions=tuple(GoldMention(b, e, kind, bool(flag)) for b, e, _, kind, *flag in raw["mentions"]),
        optional=bool(raw.get("optional")),
    )


def _file(source: Path, doc: str) -> Path:
    hits = sorted(p for p in source.iterdir() if p.is_file() and (p.stem == doc or p.name.startswith(f"{doc}_")))
    if len(hits) != 1:
        raise ReadError(
            f"{len(hits)} files for the gold document {doc!r}, expected one named {doc}.* or {doc}_*",
            where=str(source),
            remedy="Give the folder of the annotated files with --source",
        )
    return hits[0]


def _check_quotes(gold: Gold) -> None:
    for claim in gold.claims:
        found = gold.texts[claim.doc][claim.begin : claim.end]
        if found != claim.quote:
            raise ReadError(
                f"the quote is {claim.quote[:60]!r}, the file has {found[:60]!r} at {claim.begin}..{claim.end}",
                where=f"gold claim {claim.id}",
                remedy="The annotation belongs to another version of the text",
            )
