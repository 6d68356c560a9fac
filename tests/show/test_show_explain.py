import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pyoxigraph import Store
from rich.console import Console

from kg.errors import QueryError
from kg.iris import expand
from kg.show.evidence import read_evidence
from kg.show.explain import Explanation, explain, render


def printed(explanation: Explanation, *, colour: bool = False, width: int = 60) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, color_system="standard" if colour else None)
    render(explanation, console)
    return out.getvalue()


def test_a_triple_is_explained_by_its_claims(world: Store) -> None:
    found = explain(world, None, "Norway", "lends to", "Kenya")
    assert found.curies == ("ent:Norway", "kg:lendsTo", "ent:Kenya")
    assert (found.found, found.sources, found.modality, found.disputed) == (True, 2, "actual", True)
    assert (found.first, found.last) == (date(2030, 6, 1), date(2030, 6, 30))
    assert [item.claim for item in found.supporting] == ["claim:lend-herald", "claim:lend-courier"]
    first = found.supporting[0]
    assert (first.source, first.published, first.kind) == ("Coastal Herald", date(2022, 3, 14), "Lend")
    assert (first.polarity, first.modality, first.confidence) == ("affirmed", "actual", Decimal("0.92"))
    assert (first.path, first.begin, first.end) == ("herald.txt", 28, 112)


def test_words_that_carry_the_claim_are_marked(world: Store) -> None:
    [item] = read_evidence(world, [expand("claim:supply-herald")])
    assert [(words, role) for words, role in item.pieces if role] == [
        ("Holm", "attributedTo"), ("Norway", "agent"), ("deliver", "trigger"), ("ferries", "theme"),
        ("Kenya", "recipient"), ("next year", "timeExpression"),
    ]  # fmt: skip
    assert "".join(words for words, _ in item.pieces) == item.sentence


def test_an_alias_is_marked_as_the_entity_it_stands_for(world: Store) -> None:
    [item] = explain(world, None, "Aiko Tanaka", "meets", "Lars Holm").supporting
    assert [words for words, role in item.pieces if role == "participant"] == ["Tanaka", "Lars Holm"]


def test_denials_and_speakers_are_told(world: Store) -> None:
    found = explain(world, None, "Kenya", "agreesWith", "Norway")
    assert found.attributed_only
    assert [(item.said_by, item.polarity) for item in found.supporting] == [(("Lars Holm",), "affirmed")]
    assert [(item.source, item.polarity) for item in found.denying] == [("Coastal Herald", "negated")]


def test_without_a_triple_the_claims_that_name_both_are_shown(world: Store) -> None:
    found = explain(world, None, "Kenya", "buysFrom", "Norway")
    assert not found.found
    assert "claim:buy-courier" in [item.claim for item in found.related]
    assert printed(found).startswith(
        "Kenya · buys from · Norway\n"
        "No direct triple ent:Kenya kg:buysFrom ent:Norway; the claims that name both follow.\n"
    )


def test_nothing_at_all_is_said_too(world: Store) -> None:
    assert printed(explain(world, None, "Oslo", "lendsTo", "Tokyo")).splitlines()[1] == (
        "No direct triple ent:Oslo kg:lendsTo ent:Tokyo; and no claim names both."
    )


def test_a_quarantined_claim_is_no_evidence(world: Store) -> None:
    found = explain(world, None, "Chile", "lendsTo", "Japan")
    assert "claim:broken" not in [item.claim for item in found.related]


def test_plain_text_brackets_the_words(world: Store) -> None:
    text = printed(explain(world, None, "Kenya", "agreesWith", "Norway"))
    assert text == (
        "Kenya · agrees with · Norway\n"
        "1 independent source, actual, no source says it in its own voice, disputed\n"
        "\n"
        "Supported by\n"
        "  Nairobi Courier, 2022-03-15, said by Lars Holm, Agree, affirmed, actual, confidence 0.84"
        " (courier.txt 145-198, claim:agree-courier)\n"
        "    [Kenya] and [Norway] «agreed» on [fishing quotas], [Holm] said.\n"
        "\n"
        "Denied by\n"
        "  Coastal Herald, 2022-03-14, Agree, negated, actual, confidence 0.87 (herald.txt 256-306, claim:agree-herald)\n"
        "    [The two countries] did not «agree» on [fishing quotas].\n"
        "\n"
        "Disputed: whether it is so: affirmed and denied\n"
        "  negated\n"
        "  Coastal Herald, 2022-03-14\n"
        "  “The two countries did not agree on fishing quotas.”\n"
        "\n"
        "  affirmed\n"
        "  Nairobi Courier, 2022-03-15, said by Lars Holm\n"
        "  “Kenya and Norway agreed on fishing quotas, Holm said.”\n"
    )


def test_sides_of_a_dispute_stand_next_to_each_other_where_there_is_room(world: Store) -> None:
    text = printed(explain(world, None, "Norway", "lendsTo", "Kenya"), width=80)
    assert text.endswith(
        "\n"
        "Disputed: amount: one gives a bound\n"
        "  200,000,000 EUR                        at most 250,000,000 EUR\n"
        "  Coastal Herald, 2022-03-14             Nairobi Courier, 2022-03-15\n"
        "  “Norway lent Kenya 200 million euros   “Norway lent Kenya up to 250 million\n"
        "  for the port of Lamu, to be repaid     euros, to be repaid by June 2030.”\n"
        "  by June 2030.”\n"
    )


def test_copies_and_merged_names_are_told(world: Store) -> None:
    text = printed(explain(world, None, "Aiko Tanaka", "meets", "Lars Holm"))
    assert "\nSources: Pacific Wire (told by Copy Post)\n" in text
    assert text.endswith("Names taken as one\n  Tanaka is Aiko Tanaka: the only person with this surname\n")


def test_claims_marked_wrong_are_shown_apart(world: Store) -> None:
    [item] = read_evidence(world, [expand("claim:accuse-wire")])
    told = Explanation(
        subject="a", relation="b", object="c", curies=("a", "b", "c"), found=False,
        wrong=(replace(item, review="wrong", note="Another Chile"),),
    )  # fmt: skip
    text = printed(told)
    assert "\nMarked wrong, and left out\n  Pacific Wire, " in text
    assert "confidence 0.91, marked wrong: Another Chile (wire.txt" in text


def test_colour_replaces_the_brackets(world: Store) -> None:
    text = printed(explain(world, None, "Norway", "lendsTo", "Kenya"), colour=True)
    assert "\x1b[1;4mlent\x1b[0m" in text
    assert "«" not in text


def test_stored_texts_are_preferred_to_quotes(world: Store) -> None:
    [item] = explain(world, lambda document: f"{document}: " + "x" * 200, "Japan", "sellsTo", "Chile").supporting[:1]
    assert item.sentence == "x" * 82
    assert item.marks[0].start == 0


def test_who_passed_it_on_is_told(world: Store) -> None:
    [item] = read_evidence(world, [expand("claim:accuse-wire")])
    told = Explanation(
        subject="a", relation="b", object="c", curies=("a", "b", "c"), found=True, sources=1,
        supporting=(replace(item, via=("State Radio",), published=None, publisher=None, confidence=None),),
    )  # fmt: skip
    assert "  wire.txt, via State Radio, Accuse, affirmed, actual (wire.txt 114-150" in printed(told)


def test_unknown_names_are_refused(world: Store) -> None:
    with pytest.raises(QueryError, match="no entity is named 'Atlantis'"):
        explain(world, None, "Atlantis", "lendsTo", "Kenya")
    with pytest.raises(QueryError, match="'likes' is no property"):
        explain(world, None, "Norway", "likes", "Kenya")
