"""Bring the corrections of a workspace and its graph together: which claims they mean, and what they leave behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from kg.corrections import Corrections, Review
from kg.fuse.told import Told
from kg.iris import KG, PREFIXES, Iris
from kg.rdf.nquads import lines
from kg.rdf.world import WorldWriter
from kg.store.claims import ClaimReader
from kg.store.quads import add_lines

__all__ = ["attach", "correction_notes", "documents_of", "write_reviews"]

_REVIEWED = ox.NamedNode(f"{KG}reviewedAs")
_COMMENT = ox.NamedNode(f"{PREFIXES['rdfs']}comment")
_SOURCE = ox.NamedNode(f"{PREFIXES['prov']}hadPrimarySource")


def attach(corrections: Corrections, store: ox.Store, iris: Iris) -> Corrections:
    """Return the corrections with the reviews that mean claims of this graph.

    A review whose claim is gone goes to the claim of the same source that says exactly the same with the same words:
    an article that was corrected elsewhere keeps its reviews. Others are left out.

    Args:
        corrections: Those of the files.
        store: Holds the documents' graphs.
        iris: Gives the base.
    """
    kept = [review for review in corrections.reviews if _is_claim(store, review.claim, iris)]
    taken = {review.claim for review in kept}
    for review in corrections.reviews:
        claim = _successor(review, store, iris) if review.claim not in taken else None
        if claim and claim not in taken:
            taken.add(claim)
            kept.append(replace(review, claim=claim))
    return replace(corrections, reviews=tuple(sorted(kept)))


def _is_claim(store: ox.Store, claim: str, iris: Iris) -> bool:
    """Tell whether the graph has the claim, outside the quarantine."""
    quads = store.quads_for_pattern(ox.NamedNode(iris.claim(claim)), ox.NamedNode(f"{KG}evidence"), None, None)
    aside = iris.quarantine_graph("")
    return any(not getattr(quad.graph_name, "value", "").startswith(aside) for quad in quads)


def _successor(review: Review, store: ox.Store, iris: Iris) -> str | None:
    if not review.source or not review.says:
        return None
    reader = ClaimReader(store, base=iris.base)
    found = []
    key = ox.NamedNode(f"{KG}sourceKey")
    for document in store.quads_for_pattern(None, key, ox.Literal(review.source), None):
        for quad in store.quads_for_pattern(None, _SOURCE, document.subject, None):
            claim = reader.claim(getattr(quad.subject, "value", ""))
            if claim and not claim.quarantined and claim.content == review.says:
                found.append(claim.id)
    return found[0] if len(found) == 1 else None


def documents_of(reviews: Iterable[Review], store: ox.Store, iris: Iris) -> dict[str, tuple[str, Review]]:
    """Return each judged claim's document and review; the store must have the claims."""
    found = {}
    for review in reviews:
        quads = store.quads_for_pattern(ox.NamedNode(iris.claim(review.claim)), _SOURCE, None, None)
        for quad in quads:
            document = getattr(quad.object, "value", "").removeprefix(iris.document(""))
            found[review.claim] = document, review
    return found


def write_reviews(store: ox.Store, attached: Corrections, writer: WorldWriter) -> int:
    """Put what people found of claims into the world graph in place of what stood there; return how many quads."""
    world = ox.NamedNode(writer.iris.world_graph)
    for quad in list(store.quads_for_pattern(None, _REVIEWED, None, world)):
        for predicate in (_REVIEWED, _COMMENT):
            for stale in list(store.quads_for_pattern(quad.subject, predicate, None, world)):
                store.remove(stale)
    triples = (triple for review in attached.reviews for triple in writer.review(review))
    return add_lines(store, lines(triples, world.value))


def correction_notes(given: Corrections, attached: Corrections, told: Told) -> list[str]:
    """Return a sentence for each correction that found nothing to correct.

    Args:
        given: The corrections of the files.
        attached: What :func:`attach` made of them.
        told: What the rules mean for the entities of the graph.
    """
    return [*_vanished(given.reviews, attached.reviews), *told.unclear]


def _vanished(given: Iterable[Review], attached: Iterable[Review]) -> list[str]:
    # the successor of a review keeps everything but the hash
    left = Counter(replace(review, claim="") for review in attached)
    out = []
    for review in given:
        if left[replace(review, claim="")]:
            left[replace(review, claim="")] -= 1
            continue
        quote = f", {review.source}: {' '.join(review.quote.split())!r}" if review.quote else ""
        out.append(f"review.jsonl: the claim {review.claim} ({review.verdict}) is no longer in the graph{quote}")
    return out
