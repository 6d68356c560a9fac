"""Write world.trig: a small invented graph with every layer of the vocabulary, for tests of queries and views.

The offsets of quotes are computed from the invented articles; everything else is written down by hand. Names of
claims, events and documents are words instead of hashes, so that expected rows can be read. Run from anywhere:
``python tests/data/queries/make_world.py``; a test fails when the file is stale.
"""

from __future__ import annotations

from pathlib import Path

from kg.iris import prefixes

OUT = Path(__file__).with_name("world.trig")

DOCUMENTS = {
    "herald": ("Coastal Herald", "2022-03-14", "herald", None, "Norway funds a Kenyan port", [
        "Norway lent Kenya 200 million euros for the port of Lamu, to be repaid by June 2030.",
        "President Amina Wanjiru met Norway's Prime Minister Lars Holm in Oslo on Monday.",
        "Holm said Norway would deliver 12 ferries to Kenya next year.",
        "The two countries did not agree on fishing quotas.",
    ]),
    "courier": ("Nairobi Courier", "2022-03-15", "courier", None, "Wanjiru back from Oslo", [
        "Norway lent Kenya up to 250 million euros, to be repaid by June 2030.",
        "Amina Wanjiru and Lars Holm met in Oslo on Monday.",
        "Kenya and Norway agreed on fishing quotas, Holm said.",
        "Kenya may buy gas from Norway.",
    ]),
    "wire": ("Pacific Wire", "2022-04-02", "wire", None, "Japan to sell trains to Chile", [
        "Japan plans to sell Chile 40 trains for at least 3 billion yen by the end of 2024.",
        "Aiko Tanaka accused Chile of delays.",
        "Japan renovated Valparaiso.",
        "Chile protested on 28 March.",
    ]),
    "post": ("Copy Post", "2022-04-03", "wire", "wire", "Trains for Chile", [
        "Japan plans to sell Chile 40 trains for at least 3 billion yen by the end of 2024.",
        "Tanaka met Lars Holm in Tokyo on 1 April.",
    ]),
}  # fmt: skip

# document -> (sentence, words, entity or None), in reading order; n-th occurrence is not needed here.
MENTIONS = {
    "herald": [
        (0, "Norway", "Norway"), (0, "Kenya", "Kenya"), (0, "Lamu", "Lamu"), (0, "by June 2030", None),
        (1, "Amina Wanjiru", "Amina_Wanjiru"), (1, "Norway", "Norway"), (1, "Lars Holm", "Lars_Holm"),
        (1, "Prime Minister", "Prime_Minister_of_Norway"), (1, "Oslo", "Oslo"), (1, "on Monday", None),
        (2, "Holm", "Lars_Holm"), (2, "Norway", "Norway"), (2, "Kenya", "Kenya"), (2, "ferries", None),
        (2, "next year", None), (2, "Norway would deliver 12 ferries to Kenya next year", None),
        (3, "The two countries", "Norway"), (3, "The two countries", "Kenya"), (3, "fishing quotas", None),
    ],
    "courier": [
        (0, "Norway", "Norway"), (0, "Kenya", "Kenya"), (0, "by June 2030", None),
        (1, "Amina Wanjiru", "Amina_Wanjiru"), (1, "Lars Holm", "Lars_Holm"), (1, "Oslo", "Oslo"),
        (1, "on Monday", None),
        (2, "Kenya", "Kenya"), (2, "Norway", "Norway"), (2, "Holm", "Lars_Holm"), (2, "fishing quotas", None),
        (3, "Kenya", "Kenya"), (3, "gas", None), (3, "Norway", "Norway"),
    ],
    "wire": [
        (0, "Japan", "Japan"), (0, "Chile", "Chile"), (0, "40 trains", None), (0, "by the end of 2024", None),
        (1, "Aiko Tanaka", "Aiko_Tanaka"), (1, "Chile", "Chile"), (1, "delays", None),
        (2, "Japan", "Japan"), (2, "Valparaiso", "Valparaiso"),
        (3, "Chile", "Chile"), (3, "on 28 March", None),
    ],
    "post": [
        (0, "Japan", "Japan"), (0, "Chile", "Chile"), (0, "40 trains", None), (0, "by the end of 2024", None),
        (1, "Tanaka", "Tanaka_person"), (1, "Lars Holm", "Lars_Holm"), (1, "Tokyo", "Tokyo"), (1, "on 1 April", None),
    ],
}  # fmt: skip

# claim: document, class, sentence, trigger, rest in Turtle; "@words" stands for the mention in that sentence.
CLAIMS = {
    "lend-herald": ("herald", "Lend", 0, "lent", "affirmed", "actual", "0.92",
        ("kg:agent ent:Norway ; kg:recipient ent:Kenya ; kg:theme ent:Lamu ; kg:amount qty:lend-herald ;"
        ' kg:deadline "2030-06"^^xsd:gYearMonth ; kg:timeExpression @{by June 2030}'
        ' ; kg:earliest "2030-06-01"^^xsd:date ; kg:latest "2030-06-30"^^xsd:date')),
    "meet-herald": ("herald", "Meet", 1, "met", "affirmed", "actual", "0.95",
        ("kg:participant ent:Amina_Wanjiru, ent:Lars_Holm ; kg:place ent:Oslo ;"
        ' kg:begin "2022-03-14"^^xsd:date ; kg:timeExpression @{on Monday}'
        ' ; kg:earliest "2022-03-14"^^xsd:date ; kg:latest "2022-03-14"^^xsd:date')),
    "office-herald": ("herald", "HoldOffice", 1, "Prime Minister", "affirmed", "actual", "0.88",
        "kg:agent ent:Lars_Holm ; kg:theme ent:Prime_Minister_of_Norway ; kg:recipient ent:Norway"),
    "say-herald": ("herald", "Say", 2, "said", "affirmed", "actual", "0.9",
        "kg:agent ent:Lars_Holm ; kg:content @{Norway would deliver 12 ferries to Kenya next year}"),
    "supply-herald": ("herald", "Supply", 2, "deliver", "affirmed", "planned", "0.81",
        ("kg:agent ent:Norway ; kg:recipient ent:Kenya ; kg:theme @{ferries} ; kg:count qty:supply-herald ;"
        ' kg:begin "2023"^^xsd:gYear ; kg:timeExpression @{next year} ; kg:attributedTo ent:Lars_Holm'
        ' ; kg:earliest "2023-01-01"^^xsd:date ; kg:latest "2023-12-31"^^xsd:date')),
    "agree-herald": ("herald", "Agree", 3, "agree", "negated", "actual", "0.87",
        "kg:participant ent:Kenya, ent:Norway ; kg:topic @{fishing quotas}"),
    "lend-courier": ("courier", "Lend", 0, "lent", "affirmed", "actual", "0.9",
        ("kg:agent ent:Norway ; kg:recipient ent:Kenya ; kg:amount qty:lend-courier ;"
        ' kg:deadline "2030-06"^^xsd:gYearMonth ; kg:timeExpression @{by June 2030}'
        ' ; kg:earliest "2030-06-01"^^xsd:date ; kg:latest "2030-06-30"^^xsd:date')),
    "meet-courier": ("courier", "Meet", 1, "met", "affirmed", "actual", "0.95",
        ("kg:participant ent:Amina_Wanjiru, ent:Lars_Holm ; kg:place ent:Oslo ;"
        ' kg:begin "2022-03-14"^^xsd:date ; kg:timeExpression @{on Monday}'
        ' ; kg:earliest "2022-03-14"^^xsd:date ; kg:latest "2022-03-14"^^xsd:date')),
    "agree-courier": ("courier", "Agree", 2, "agreed", "affirmed", "actual", "0.84",
        "kg:participant ent:Kenya, ent:Norway ; kg:topic @{fishing quotas} ; kg:attributedTo ent:Lars_Holm"),
    "buy-courier": ("courier", "Buy", 3, "buy", "affirmed", "possible", "0.8",
        "kg:agent ent:Kenya ; kg:recipient ent:Norway ; kg:theme @{gas}"),
    "sell-wire": ("wire", "Sell", 0, "sell", "affirmed", "planned", "0.86",
        ("kg:agent ent:Japan ; kg:recipient ent:Chile ; kg:theme @{40 trains} ; kg:count qty:trains-wire ;"
        ' kg:amount qty:sell-wire ; kg:deadline "2024-12-31"^^xsd:date ; kg:timeExpression @{by the end of 2024}'
        ' ; kg:earliest "2024-12-31"^^xsd:date ; kg:latest "2024-12-31"^^xsd:date')),
    "accuse-wire": ("wire", "Accuse", 1, "accused", "affirmed", "actual", "0.91",
        "kg:agent ent:Aiko_Tanaka ; kg:recipient ent:Chile ; kg:theme @{delays}"),
    "renovate-wire": ("wire", "Act", 2, "renovated", "affirmed", "actual", "0.61",
        'kg:agent ent:Japan ; kg:recipient ent:Valparaiso ; kg:predicate "renovate"'),
    "protest-wire": ("wire", "Protest", 3, "protested", "affirmed", "actual", "0.77",
        ('kg:agent ent:Chile ; kg:begin "2022-03-28"^^xsd:date ; kg:timeExpression @{on 28 March}'
        ' ; kg:earliest "2022-03-28"^^xsd:date ; kg:latest "2022-03-28"^^xsd:date')),
    "sell-post": ("post", "Sell", 0, "sell", "affirmed", "planned", "0.86",
        ("kg:agent ent:Japan ; kg:recipient ent:Chile ; kg:theme @{40 trains} ; kg:count qty:trains-post ;"
        ' kg:amount qty:sell-post ; kg:deadline "2024-12-31"^^xsd:date ; kg:timeExpression @{by the end of 2024}'
        ' ; kg:earliest "2024-12-31"^^xsd:date ; kg:latest "2024-12-31"^^xsd:date')),
    "meet-post": ("post", "Meet", 1, "met", "affirmed", "actual", "0.93",
        ("kg:participant ent:Tanaka_person, ent:Lars_Holm ; kg:place ent:Tokyo ;"
        ' kg:begin "2022-04-01"^^xsd:date ; kg:timeExpression @{on 1 April}'
        ' ; kg:earliest "2022-04-01"^^xsd:date ; kg:latest "2022-04-01"^^xsd:date')),
}  # fmt: skip

QUANTITIES = {
    "herald": [
        ("lend-herald", 'a schema:MonetaryAmount ; schema:value "200000000"^^xsd:decimal ; schema:currency "EUR"'),
        ("supply-herald", 'a schema:QuantitativeValue ; schema:value "12"^^xsd:decimal'),
    ],
    "courier": [
        ("lend-courier", 'a schema:MonetaryAmount ; schema:maxValue "250000000"^^xsd:decimal ; schema:currency "EUR"')
    ],
    "wire": [
        ("sell-wire", 'a schema:MonetaryAmount ; schema:minValue "3000000000"^^xsd:decimal ; schema:currency "JPY"'),
        ("trains-wire", 'a schema:QuantitativeValue ; schema:value "40"^^xsd:decimal'),
    ],
    "post": [
        ("sell-post", 'a schema:MonetaryAmount ; schema:minValue "3000000000"^^xsd:decimal ; schema:currency "JPY"'),
        ("trains-post", 'a schema:QuantitativeValue ; schema:value "40"^^xsd:decimal'),
    ],
}

ENTITIES = [
    # key, type, label, other names, mentions, sources, sameAs
    ("Norway", "schema:Country", "Norway", ["Kingdom of Norway"], 9, 2, "wd:Q20"),
    ("Kenya", "schema:Country", "Kenya", [], 7, 2, "wd:Q114"),
    ("Japan", "schema:Country", "Japan", [], 3, 1, "wd:Q17"),
    ("Chile", "schema:Country", "Chile", [], 4, 1, "wd:Q298"),
    ("Oslo", "schema:City", "Oslo", [], 2, 2, None),
    ("Tokyo", "schema:City", "Tokyo", [], 1, 1, None),
    ("Lamu", "schema:City", "Lamu", [], 1, 1, None),
    ("Valparaiso", "schema:City", "Valparaiso", [], 1, 1, None),
    ("Amina_Wanjiru", "schema:Person", "Amina Wanjiru", ["Wanjiru"], 2, 2, None),
    ("Lars_Holm", "schema:Person", "Lars Holm", ["Holm"], 5, 3, None),
    ("Kari_Holm", "schema:Person", "Kari Holm", ["Holm"], 0, 0, None),
    ("Aiko_Tanaka", "schema:Person", "Aiko Tanaka", [], 1, 1, None),
    ("Tanaka_person", "schema:Person", "Tanaka", [], 1, 1, "ent:Aiko_Tanaka"),
    ("Prime_Minister_of_Norway", "kg:Office", "Prime Minister of Norway", [], 1, 1, None),
    ("Coastal_Herald", "schema:NewsMediaOrganization", "Coastal Herald", [], 0, 0, None),
    ("Nairobi_Courier", "schema:NewsMediaOrganization", "Nairobi Courier", [], 0, 0, None),
    ("Pacific_Wire", "schema:NewsMediaOrganization", "Pacific Wire", [], 0, 0, None),
    ("Copy_Post", "schema:NewsMediaOrganization", "Copy Post", [], 0, 0, None),
]

# event: class, claims, polarity, modality, disputed, sources, agreed roles
EVENTS = {
    "lend": ("Lend", "lend-herald lend-courier", "affirmed", "actual", True, 2,
        ("kg:agent ent:Norway ; kg:recipient ent:Kenya ; kg:theme ent:Lamu"
        ' ; kg:deadline "2030-06"^^xsd:gYearMonth'
        ' ; kg:earliest "2030-06-01"^^xsd:date ; kg:latest "2030-06-30"^^xsd:date')),
    "meet-oslo": ("Meet", "meet-herald meet-courier", "affirmed", "actual", False, 2,
        ('kg:participant ent:Amina_Wanjiru, ent:Lars_Holm ; kg:place ent:Oslo ; kg:begin "2022-03-14"^^xsd:date'
        ' ; kg:earliest "2022-03-14"^^xsd:date ; kg:latest "2022-03-14"^^xsd:date')),
    "office": ("HoldOffice", "office-herald", "affirmed", "actual", False, 1,
        "kg:agent ent:Lars_Holm ; kg:theme ent:Prime_Minister_of_Norway ; kg:recipient ent:Norway"),
    "say": ("Say", "say-herald", "affirmed", "actual", False, 1,
        "kg:agent ent:Lars_Holm ; kg:content @{herald|2|Norway would deliver 12 ferries to Kenya next year}"),
    "supply": ("Supply", "supply-herald", "affirmed", "planned", False, 1,
        ("kg:agent ent:Norway ; kg:recipient ent:Kenya ; kg:theme @{herald|2|ferries} ; kg:count qty:supply-herald"
        ' ; kg:begin "2023"^^xsd:gYear ; kg:earliest "2023-01-01"^^xsd:date ; kg:latest "2023-12-31"^^xsd:date')),
    "agree": ("Agree", "agree-herald agree-courier", "affirmed", "actual", True, 2,
        "kg:participant ent:Kenya, ent:Norway ; kg:topic @{herald|3|fishing quotas}"),
    "buy": ("Buy", "buy-courier", "affirmed", "possible", False, 1,
        "kg:agent ent:Kenya ; kg:recipient ent:Norway ; kg:theme @{courier|3|gas}"),
    "sell": ("Sell", "sell-wire sell-post", "affirmed", "planned", False, 1,
        ("kg:agent ent:Japan ; kg:recipient ent:Chile ; kg:theme @{wire|0|40 trains} ; kg:count qty:trains-wire ;"
        ' kg:amount qty:sell-wire ; kg:deadline "2024-12-31"^^xsd:date'
        ' ; kg:earliest "2024-12-31"^^xsd:date ; kg:latest "2024-12-31"^^xsd:date')),
    "accuse": ("Accuse", "accuse-wire", "affirmed", "actual", False, 1,
        "kg:agent ent:Aiko_Tanaka ; kg:recipient ent:Chile ; kg:theme @{wire|1|delays}"),
    "renovate": ("Act", "renovate-wire", "affirmed", "actual", False, 1,
        'kg:agent ent:Japan ; kg:recipient ent:Valparaiso ; kg:predicate "renovate"'),
    "protest": ("Protest", "protest-wire", "affirmed", "actual", False, 1,
        ('kg:agent ent:Chile ; kg:begin "2022-03-28"^^xsd:date'
        ' ; kg:earliest "2022-03-28"^^xsd:date ; kg:latest "2022-03-28"^^xsd:date')),
    "meet-tokyo": ("Meet", "meet-post", "affirmed", "actual", False, 1,
        ('kg:participant ent:Aiko_Tanaka, ent:Lars_Holm ; kg:place ent:Tokyo ; kg:begin "2022-04-01"^^xsd:date'
        ' ; kg:earliest "2022-04-01"^^xsd:date ; kg:latest "2022-04-01"^^xsd:date')),
}  # fmt: skip

DISPUTES = """
<{evt}lend/dispute/amount> a kg:Dispute ; kg:event evt:lend ; kg:role kg:amount ; kg:kind kg:bounds ;
    kg:value qty:lend-herald, qty:lend-courier ; kg:claim claim:lend-herald, claim:lend-courier .
<{evt}agree/dispute/polarity> a kg:Dispute ; kg:event evt:agree ; kg:role kg:polarity ; kg:kind kg:denied ;
    kg:claim claim:agree-herald, claim:agree-courier .
"""

# statement: subject, predicate, object, event, supporting, denying, earliest/latest, attributed only, sources
STATEMENTS = [
    ("lend", "Norway", "kg:lendsTo", "Kenya", "lend", "lend-herald lend-courier", "", "2030-06-01 2030-06-30", False, 2),
    ("meet1", "Amina_Wanjiru", "kg:meets", "Lars_Holm", "meet-oslo", "meet-herald meet-courier", "",
     "2022-03-14 2022-03-14", False, 2),
    ("meet2", "Lars_Holm", "kg:meets", "Amina_Wanjiru", "meet-oslo", "meet-herald meet-courier", "",
     "2022-03-14 2022-03-14", False, 2),
    ("office", "Lars_Holm", "kg:holdsOfficeIn", "Norway", "office", "office-herald", "", "", False, 1),
    ("supply", "Norway", "kg:suppliesTo", "Kenya", "supply", "supply-herald", "", "2023-01-01 2023-12-31", True, 1),
    ("agree1", "Kenya", "kg:agreesWith", "Norway", "agree", "agree-courier", "agree-herald", "", True, 1),
    ("agree2", "Norway", "kg:agreesWith", "Kenya", "agree", "agree-courier", "agree-herald", "", True, 1),
    ("sell", "Japan", "kg:sellsTo", "Chile", "sell", "sell-wire sell-post", "", "2024-12-31 2024-12-31", False, 1),
    ("accuse", "Aiko_Tanaka", "kg:accuses", "Chile", "accuse", "accuse-wire", "", "", False, 1),
    ("renovate", "Japan", "rel:renovate", "Valparaiso", "renovate", "renovate-wire", "", "", False, 1),
    ("meet3", "Aiko_Tanaka", "kg:meets", "Lars_Holm", "meet-tokyo", "meet-post", "", "2022-04-01 2022-04-01", False, 1),
    ("meet4", "Lars_Holm", "kg:meets", "Aiko_Tanaka", "meet-tokyo", "meet-post", "", "2022-04-01 2022-04-01", False, 1),
]  # fmt: skip

QUARANTINE = """
claim:broken a kg:Claim, kg:LendClaim ; kg:eventType kg:Lend ; kg:agent ent:Chile ; kg:recipient ent:Japan ;
    prov:hadPrimarySource doc:post ; kg:polarity kg:affirmed ; kg:modality kg:actual .
<https://w3id.org/kg-news/id/graph/quarantine/post#r1> a kg:Rejection ; kg:focus claim:broken ;
    sh:resultMessage "A claim cites its sentence." ; sh:sourceShape kg:ClaimShape ; sh:resultSeverity sh:Violation .
"""

# class, label, PLOVER, CAMEO root, property, its label
CLASSES = [
    ("Lend", "lend", "AID", "07", "lendsTo", "lends to"),
    ("Meet", "meet", "CONSULT", "04", "meets", "meets"),
    ("HoldOffice", "hold office", "", "", "holdsOfficeIn", "holds office in"),
    ("Say", "say", "", "", "", ""),
    ("Supply", "supply", "COOPERATE", "06", "suppliesTo", "supplies to"),
    ("Agree", "agree", "AGREE", "03", "agreesWith", "agrees with"),
    ("Buy", "buy", "COOPERATE", "06", "buysFrom", "buys from"),
    ("Sell", "sell", "COOPERATE", "06", "sellsTo", "sells to"),
    ("Accuse", "accuse", "ACCUSE", "11", "accuses", "accuses"),
    ("Act", "act", "", "", "", ""),
    ("Protest", "protest", "PROTEST", "14", "protestsAgainst", "protests against"),
]

RUN = """
run:test a prov:Activity ; kg:software "kg-news 0.1.0" ; kg:model "invented 1" ; kg:threshold 0.5 ;
    prov:used doc:herald, doc:courier, doc:wire, doc:post .
"""


class Article:
    """The text of an invented article and where its words stand."""

    def __init__(self, name: str) -> None:
        self.name = name
        headline, sentences = DOCUMENTS[name][4], DOCUMENTS[name][5]
        self.text = headline + "\n\n" + " ".join(sentences) + "\n"
        self.starts = [self.text.index(sentence) for sentence in sentences]
        self.sentences = sentences

    def node(self, begin: int, end: int) -> str:
        return f"<{prefixes()['doc']}{self.name}#char={begin},{end}>"

    def sentence(self, index: int) -> tuple[int, int]:
        return self.starts[index], self.starts[index] + len(self.sentences[index])

    def words(self, index: int, words: str) -> tuple[int, int]:
        begin = self.text.index(words, self.starts[index])
        return begin, begin + len(words)

    def span(self, begin: int, end: int, kind: str, entities: list[str] | None = None) -> str:
        quote = self.text[begin:end].replace('"', '\\"')
        refs = f" ; itsrdf:taIdentRef {', '.join('ent:' + key for key in entities)}" if entities else ""
        return (
            f'{self.node(begin, end)} a {kind} ; nif:beginIndex {begin} ; nif:endIndex {end} ; nif:anchorOf "{quote}"'
            f" ; nif:referenceContext doc:{self.name}{refs} ."
        )


ARTICLES = {name: Article(name) for name in DOCUMENTS}


def fill(turtle: str, document: str = "", sentence: int = 0) -> str:
    """Replace @{words} and @{document|sentence|words} by the mention's IRI."""
    while "@{" in turtle:
        before, rest = turtle.split("@{", 1)
        inner, after = rest.split("}", 1)
        where, index, words = inner.split("|") if "|" in inner else (document, str(sentence), inner)
        article = ARTICLES[where]
        turtle = before + article.node(*article.words(int(index), words)) + after
    return turtle


def document_lines(name: str) -> list[str]:
    publisher, published, _, _, headline, _ = DOCUMENTS[name]
    article = ARTICLES[name]
    key = publisher.replace(" ", "_")
    lines = [
        (
            f'doc:{name} a schema:NewsArticle, prov:Entity, nif:Context ; schema:headline "{headline}"'
            f' ; schema:datePublished "{published}"^^xsd:date ; schema:publisher ent:{key} ; schema:inLanguage "en"'
            f' ; kg:sourcePath "{name}.txt" ; kg:sourceKey "{name}.txt" .'
        )
    ]
    lines += [article.span(*article.sentence(i), "nif:Sentence") for i in range(len(article.sentences))]
    spans: dict[tuple[int, int], list[str]] = {}
    for index, words, entity in MENTIONS[name]:
        spans.setdefault(article.words(index, words), []).extend([entity] if entity else [])
    for claim in CLAIMS.values():
        if claim[0] == name:
            spans.setdefault(article.words(claim[2], claim[3]), [])
    lines += [article.span(*span, "kg:Mention", entities) for span, entities in sorted(spans.items())]
    lines += [f"qty:{qty} {turtle} ." for qty, turtle in QUANTITIES[name]]
    lines += [claim_line(claim_id) for claim_id, claim in CLAIMS.items() if claim[0] == name]
    return lines


def claim_line(claim_id: str) -> str:
    document, kind, sentence, trigger, polarity, modality, confidence, roles = CLAIMS[claim_id]
    article = ARTICLES[document]
    return (
        f"claim:{claim_id} a kg:Claim, kg:{kind}Claim, prov:Entity ; kg:eventType kg:{kind}"
        f" ; kg:evidence {article.node(*article.sentence(sentence))}"
        f" ; kg:trigger {article.node(*article.words(sentence, trigger))}"
        f" ; prov:hadPrimarySource doc:{document} ; prov:wasGeneratedBy run:test"
        f" ; kg:polarity kg:{polarity} ; kg:modality kg:{modality} ; kg:confidence {confidence}"
        f' ; kg:rule "{kind}/{trigger}" ; {fill(roles, document, sentence)} .'
    )


def world_lines() -> list[str]:
    lines = []
    for key, kind, label, others, mentions, sources, same in ENTITIES:
        alt = "".join(f' ; skos:altLabel "{name}"' for name in others)
        link = f" ; owl:sameAs {same}" if same else ""
        why = ' ; kg:mergedBecause "the only person with this surname"' if same and same.startswith("ent:") else ""
        lines.append(
            f'ent:{key} a {kind} ; rdfs:label "{label}"{alt} ; kg:mentionCount {mentions}'
            f" ; kg:sourceCount {sources}{link}{why} ."
        )
    for event, (kind, claims, polarity, modality, disputed, sources, roles) in EVENTS.items():
        told = ", ".join(f"claim:{claim}" for claim in claims.split())
        lines.append(
            f"evt:{event} a kg:Event, kg:{kind} ; kg:claim {told} ; kg:polarity kg:{polarity}"
            f" ; kg:modality kg:{modality} ; kg:disputed {str(disputed).lower()} ; kg:sourceCount {sources}"
            f" ; {fill(roles)} ."
        )
        lines += [f"claim:{claim} kg:event evt:{event} ." for claim in claims.split()]
    lines.append(DISPUTES.format(evt=prefixes()["evt"]).strip())
    lines += [statement_lines(*statement) for statement in STATEMENTS]
    for name, (_, _, lineage, copy, _, _) in DOCUMENTS.items():
        lines.append(f"doc:{name} kg:lineage doc:{lineage}" + (f" ; kg:copyOf doc:{copy} ." if copy else " ."))
    return lines


def statement_lines(
    name: str,
    s: str,
    p: str,
    o: str,
    event: str,
    supported: str,
    denied: str,
    days: str,
    attributed: bool,
    sources: int,
) -> str:
    deny = f" ; kg:deniedBy {', '.join('claim:' + c for c in denied.split())}" if denied else ""
    dates = "".join(
        f' ; kg:{role} "{day}"^^xsd:date' for role, day in zip(("earliest", "latest"), days.split(), strict=False)
    )
    return (
        f"ent:{s} {p} ent:{o} .\n"
        f"stmt:{name} a rdf:Statement ; rdf:subject ent:{s} ; rdf:predicate {p} ; rdf:object ent:{o}"
        f" ; kg:event evt:{event} ; kg:supportedBy {', '.join('claim:' + c for c in supported.split())}{deny}{dates}"
        f" ; kg:attributedOnly {str(attributed).lower()} ; kg:sourceCount {sources} ."
    )


def ontology_lines() -> list[str]:
    lines = []
    for name, label, plover, cameo, prop, prop_label in CLASSES:
        codes = f' ; kg:ploverCode "{plover}" ; kg:cameoRoot "{cameo}"' if plover else ""
        lines.append(f'kg:{name} a owl:Class ; rdfs:label "{label}"@en ; rdfs:subClassOf kg:Event{codes} .')
        if prop:
            lines.append(f'kg:{prop} a owl:ObjectProperty ; rdfs:label "{prop_label}"@en .')
    return lines


def trig() -> str:
    """Return the whole data set."""
    parts = [f"@prefix {prefix}: <{space}> ." for prefix, space in prefixes().items()]
    base = "https://w3id.org/kg-news/id/"
    graphs = {f"{base}document/{name}": document_lines(name) for name in DOCUMENTS}
    graphs[f"{base}graph/world"] = world_lines()
    graphs[f"{base}graph/quarantine/post"] = [QUARANTINE.strip()]
    graphs[f"{base}graph/ontology"] = ontology_lines()
    graphs[f"{base}run/test"] = [RUN.strip()]
    for name, lines in graphs.items():
        parts.append(f"\n<{name}> {{\n" + "\n".join(lines) + "\n}")
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    OUT.write_text(trig(), encoding="utf-8")
