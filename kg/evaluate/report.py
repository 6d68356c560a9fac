"""Show the figures of an evaluation: as a table, as JSON, and its errors with their quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.evaluate.figures import Rate, Scores
from kg.evaluate.gold import Gold
from kg.evaluate.graph import PredictedClaim
from kg.evaluate.score import Match, Report

__all__ = ["error_lines", "figures", "table"]


def figures(report: Report) -> dict[str, dict[str, float | int | None]]:
    """Return every figure by name, ready for JSON."""
    scores: dict[str, Scores] = {
        "detection": report.detection,
        "full match": report.full_match,
        "full match with attributes": report.full_match_with_attributes,
        "roles given claim": report.roles_given_claim,
    }
    rates = report.rates()
    if report.entities:
        scores["mentions"] = report.entities.mentions
        rates |= {
            "mentions resolved": report.entities.resolved,
            "pronouns and descriptions resolved": report.entities.coreference,
            "links made that are right": report.entities.link_precision,
            "linkable mentions linked": report.entities.linked,
            "entity classes right": report.entities.types,
        }
        rates |= {f"{kind} mentions resolved": rate for kind, rate in report.entities.by_kind.items()}
    out: dict[str, dict[str, float | int | None]] = {name: _score(s) for name, s in scores.items()}
    out |= {name: _rate(r) for name, r in rates.items()}
    out["counts"] = {
        "documents": report.documents,
        "set aside": len(report.aside),
        "bad offsets": len(report.bad_offsets),
    }
    return out


def _score(scores: Scores) -> dict[str, float | int | None]:
    return {
        "precision": round(scores.precision, 4),
        "recall": round(scores.recall, 4),
        "f1": round(scores.f1, 4),
        "gold": scores.gold,
        "predicted": scores.predicted,
    }


def _rate(rate: Rate) -> dict[str, float | int | None]:
    return {"share": None if rate.value is None else round(rate.value, 4), "right": rate.right, "of": rate.total}


def table(report: Report) -> str:
    """Return the figures as aligned text."""
    lines = [f"{'':<36}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'found':>7}"]
    for kind, scores in sorted(_by_type(report).items()):
        lines.append(_line(f"  {kind}", scores))
    all_figures = figures(report)
    for name, row in all_figures.items():
        if "f1" in row:
            lines.append(
                f"{name:<36}{row['precision']:>7.3f}{row['recall']:>7.3f}{row['f1']:>7.3f}"
                f"{row['gold']:>7}{row['predicted']:>7}"
            )
    for name, row in all_figures.items():
        if "share" in row:
            share = "–" if row["share"] is None else f"{row['share']:.3f}"
            lines.append(f"{name:<36}{share:>7}  ({row['right']} of {row['of']})")
    lines.append(", ".join(f"{name}: {value}" for name, value in all_figures["counts"].items()))
    return "\n".join(lines)


def _line(name: str, scores: Scores) -> str:
    return (
        f"{name:<36}{scores.precision:>7.3f}{scores.recall:>7.3f}{scores.f1:>7.3f}{scores.gold:>7}{scores.predicted:>7}"
    )


def _by_type(report: Report) -> dict[str, Scores]:
    hits = Counter(m.gold.event_type for m in report.matches)
    missed = Counter(g.event_type for g in report.missed)
    spurious = Counter(p.event_type for p in report.spurious)
    return {k: Scores(hits[k], hits[k] + spurious[k], hits[k] + missed[k]) for k in {*hits, *missed, *spurious}}


def error_lines(report: Report, gold: Gold) -> Iterator[str]:
    """Yield what was missed, spurious or wrong, each with its quote."""
    for claim in report.missed:
        yield f"MISSED    {claim.id} {claim.event_type} {dict(claim.frames[0])}\n          | {_flat(claim.quote)}"
    for found in report.spurious:
        begin, end = found.evidence[0] if found.evidence else found.trigger[0]
        quote = gold.texts[found.doc][begin:end]
        what = f"{found.doc} {found.event_type} «{_trigger(found, gold)}» {_told(found)}"
        yield f"SPURIOUS  {what}\n          | {_flat(quote)}"
    for match in report.matches:
        yield from _differences(match)
    for mention in report.entities.unresolved if report.entities else ():
        text = gold.texts[mention.doc]
        quote = _flat(text[max(0, mention.begin - 90) : mention.begin]) + " ⟦" + text[mention.begin : mention.end] + "⟧"
        meant = ", ".join(mention.found) or "nobody"
        yield f"MENTION   {mention.doc} {mention.kind} gold {mention.gold}, found {meant}\n          | {quote}"


def _differences(match: Match) -> Iterator[str]:
    gold, claim = match.gold, match.claim
    quote = f"\n          | {_flat(gold.quote)}"
    if not match.roles[3] or match.roles[2]:
        yield f"ROLES     {gold.id} {gold.event_type} gold {dict(gold.frames[0])} found {_told(claim)}{quote}"
    if not match.polarity:
        yield f"POLARITY  {gold.id} gold {gold.polarity}, found {claim.polarity}{quote}"
    if not match.modality:
        yield f"MODALITY  {gold.id} gold {gold.modality}, found {claim.modality}{quote}"
    if not match.attribution:
        found = [v.texts[0] for v in claim.attributed_to]
        yield f"SOURCE    {gold.id} gold {list(gold.attributed_to)}, found {found}{quote}"


def _trigger(claim: PredictedClaim, gold: Gold) -> str:
    return " ".join(gold.texts[claim.doc][b:e] for b, e in claim.trigger)


def _told(claim: PredictedClaim) -> dict[str, list[str]]:
    return {role: [_flat(v.texts[0]) for v in values] for role, values in claim.roles.items()}


def _flat(text: str) -> str:
    return " ".join(text.split())[:200]
