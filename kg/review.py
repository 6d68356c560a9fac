"""Judge claims: note what somebody found of one, and fuse the world again at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.builder import BuildReport, update_graph
from kg.corrections import Review, ReviewVerdict
from kg.errors import QueryError
from kg.graph import Graph, open_graph
from kg.iris import KG, prefixes
from kg.spelling import did_you_mean
from kg.store.claims import ClaimReader, StoredClaim
from kg.store.corrections import REVIEWS, read_reviews, write_reviews

__all__ = ["find_claim", "judge", "list_reviews"]

_SHORTEST_PREFIX = 4
_EVIDENCE, _REVIEWED_AS = (ox.NamedNode(KG + name) for name in ("evidence", "reviewedAs"))


def judge(
    graph: Path | str,
    claim: str,
    verdict: str | None,
    *,
    note: str = "",
    update: Callable[..., BuildReport] = update_graph,
    **options: Any,
) -> tuple[str, BuildReport]:
    """Mark a claim and bring the world up to date.

    Args:
        graph: The workspace folder.
        claim: Hash, beginning of a hash, CURIE or IRI.
        verdict: ``wrong`` or ``confirmed``; None takes back what was said.
        note: Why.
        update: Brings the graph up to date; gets ``options``.
        options: See :func:`kg.builder.update_graph`.

    Returns:
        A line that tells what was noted, and the report.

    Raises:
        QueryError: There is no such claim, several begin like that, it is quarantined, or there is nothing to clear.
    """
    path = Path(graph) / REVIEWS
    reviews = {review.claim: review for review in read_reviews(path)}
    if verdict is None:
        gone = _listed(claim, reviews)
        del reviews[gone]
        told = f"Cleared claim:{gone}"
    else:
        with open_graph(graph) as opened:
            found = find_claim(opened, claim)
        reviews[found.id] = _review(found, verdict, note)
        told = f"Noted as {verdict}: claim:{found.id}, {found.source}\n  {found.summary}\n  “{_flat(found.quote)}”"
    write_reviews(path, reviews.values())
    return told, update(graph, **options)


def _review(found: StoredClaim, verdict: str, note: str) -> Review:
    return Review(
        claim=found.id,
        verdict=ReviewVerdict(verdict),
        note=note,
        source=found.source_key,
        quote=found.quote,
        says=found.content,
    )


def find_claim(graph: Graph, text: str) -> StoredClaim:
    """Return the claim that a hash, its beginning, a CURIE or IRI means.

    Raises:
        QueryError: None or several do, or it is in quarantine.
    """
    own = graph.iris.claim("")
    part = _hash(text, graph)
    quads = graph.store.quads_for_pattern(None, _EVIDENCE, None, None)
    known = sorted({getattr(quad.subject, "value", "").removeprefix(own) for quad in quads})
    hits = [name for name in known if name == part] or [name for name in known if name.startswith(part)]
    if len(part) < _SHORTEST_PREFIX or not hits:
        remedy = "kg explain and kg query evidence show the claims; give four digits or more. Nothing was noted"
        raise QueryError(f"the graph has no claim {text!r}{did_you_mean(part, known)}", remedy=remedy)
    if len(hits) > 1:
        raise QueryError(f"{text!r} may mean {len(hits)} claims", remedy="Give more digits; nothing was noted")
    found = ClaimReader(graph.store, base=graph.settings.base).claim(own + hits[0])
    if found is None or found.quarantined:
        raise QueryError(f"the claim {hits[0]} is in quarantine", remedy="Nothing is fused from it anyway")
    return found


def _hash(text: str, graph: Graph) -> str:
    curie = text.strip("<>").removeprefix(prefixes(graph.settings.base)["claim"])
    return curie.removeprefix("claim:")


def _listed(text: str, reviews: dict[str, Review]) -> str:
    part = text.rpartition("/")[2].removeprefix("claim:")
    hits = [
        claim
        for claim in sorted(reviews)
        if claim == part or (len(part) >= _SHORTEST_PREFIX and claim.startswith(part))
    ]
    if len(hits) != 1:
        raise QueryError(
            f"{text!r} is no claim that was judged{did_you_mean(part, reviews)}", remedy="kg review --list shows them"
        )
    return hits[0]


def list_reviews(graph: Path | str) -> str:
    """Return what was found of claims, one block each; tells which of them the graph no longer has."""
    given = read_reviews(Path(graph) / REVIEWS)
    with open_graph(graph) as opened:
        reader = ClaimReader(opened.store, base=opened.settings.base)
        marks = {q.subject: q for q in opened.store.quads_for_pattern(None, _REVIEWED_AS, None, None)}
        known = [claim for node in marks if (claim := reader.claim(getattr(node, "value", "")))]
    # by hash, else what took over from a claim of an earlier state of the article
    now = {(c.source_key, c.content): c for c in known} | {("", c.id): c for c in known}
    blocks = [_block(r, now.get(("", r.claim)) or now.get((r.source, r.says))) for r in given]
    return "\n".join(blocks) if blocks else "No claim has been judged; kg review CLAIM wrong --note WHY does it."


def _block(review: Review, claim: StoredClaim | None) -> str:
    where = f"claim:{claim.id}, {claim.source}" if claim else f"claim:{review.claim}, no longer in the graph"
    lines = [f"{review.verdict}  {where}"]
    lines += [f"  {claim.summary}"] if claim else []
    lines += [f"  “{_flat(review.quote)}”"] if review.quote else []
    lines += [f"  Note: {review.note}"] if review.note else []
    return "\n".join(lines)


def _flat(text: str) -> str:
    return " ".join(text.split())
