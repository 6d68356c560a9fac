"""``kg_quantities``: find sums of money, prices and counts, with bounds and hedges.

Numbers are exact decimals. Percentages, years, dates, ages and numbers in names are no quantities; run it after
``kg_time``, whose expressions it leaves alone.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.layers import QuantityExpression, declare_extensions
from kg.annotate.values.amounts.counts import Count, find_counts
from kg.annotate.values.amounts.currencies import Currencies, load_currencies
from kg.annotate.values.amounts.money import Money, find_money
from kg.annotate.values.amounts.pieces import Pieces, cut
from kg.annotate.values.amounts.sizes import Size
from kg.model import QuantityKind

__all__ = ["make_quantities", "quantity_expressions"]


@Language.factory(
    "kg_quantities",
    requires=["token.dep", "token.head", "token.tag", "doc._.kg_times"],
    assigns=["doc._.kg_quantities"],
)
def make_quantities(nlp: Language, name: str) -> QuantityComponent:
    """Make the component; it has no settings, currencies are babel's."""
    declare_extensions()
    return QuantityComponent(load_currencies())


class QuantityComponent:
    """Write ``doc._.kg_quantities``, in text order."""

    def __init__(self, currencies: Currencies) -> None:
        self.currencies = currencies

    def __call__(self, doc: Doc) -> Doc:
        """Read the quantities of one document."""
        doc._.kg_quantities = quantity_expressions(doc, self.currencies)
        return doc


def quantity_expressions(doc: Doc, currencies: Currencies) -> list[QuantityExpression]:
    """Return sums and counts in text order; ``doc._.kg_times`` keeps dates and durations from being counted."""
    pieces = cut(doc)
    sums = find_money(doc, pieces, currencies)
    taken = {i for time in doc._.kg_times for i in range(time.start, time.end)}
    taken |= {i for money in sums for i in pieces.tokens[money.size.start : money.size.end]}
    found = [_money(doc, pieces, money) for money in sums]
    found += [_count(doc, pieces, count) for count in find_counts(doc, pieces, frozenset(taken))]
    return sorted(found, key=lambda q: (q.start, q.end))


def _place(doc: Doc, pieces: Pieces, size: Size) -> tuple[int, int, int]:
    """Return the tokens of a size and its head: the root of what follows "up to" or "between"."""
    start, end = pieces.tokens[size.start], pieces.tokens[size.end - 1] + 1
    core = next((i for i in range(start, end) if doc[i].pos_ in {"NUM", "SYM", "NOUN", "PROPN"}), start)
    return start, end, int(doc[core:end].root.i)


def _money(doc: Doc, pieces: Pieces, money: Money) -> QuantityExpression:
    start, end, head = _place(doc, pieces, money.size)
    return QuantityExpression(
        start=start,
        end=end,
        head=head,
        kind=QuantityKind.MONEY,
        value=money.size.value,
        minimum=money.size.minimum,
        maximum=money.size.maximum,
        currency=money.currency,
        unit=money.unit,
        approximate=money.size.approximate,
        converted=money.converted,
    )


def _count(doc: Doc, pieces: Pieces, count: Count) -> QuantityExpression:
    start, end, head = _place(doc, pieces, count.size)
    return QuantityExpression(
        start=start,
        end=end,
        head=head,
        kind=QuantityKind.COUNT,
        value=count.size.value,
        minimum=count.size.minimum,
        maximum=count.size.maximum,
        unit=doc[count.counted].lemma_ if count.counted >= 0 else None,
        counted=count.counted,
        approximate=count.size.approximate,
        ordinal=count.ordinal,
    )
