"""Polarity, modality and attribution, one construction a case; sentences on made-up events."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.align import PARAGRAPHS
from kg.annotate.clauses.component import extract_clauses
from kg.annotate.clauses.tree import tree_of
from kg.annotate.factuality.attribution import Attributions
from kg.annotate.factuality.component import FactualityJudge
from kg.annotate.factuality.operators import Operators
from kg.annotate.factuality.state import State
from kg.annotate.factuality.states import States
from kg.annotate.layers import DocEntity, EntityMention, EventDraft, declare_extensions
from kg.lexicon import load_lexicon
from kg.model import Family, MentionKind, Modality, Polarity

OPERATORS = Operators.of(load_lexicon().operators)


def judged(model: Language, sentence: str, word: str) -> tuple[str, str]:
    """Return polarity and modality of the (last) word of that form."""
    doc = model(sentence)
    at = [t.i for t in doc if t.text == word][-1]
    state = States(tree_of(doc), OPERATORS).of(at)
    return ("negated" if state.negated else "affirmed", state.modality.value)


POLARITY = [
    ("No agreement was reached on the founding of a joint airline.", "founding"),
    (
        "No agreement was reached yesterday on the creation of a joint bank, or on closer integration.",
        "integration",
    ),
    ("Mali never signed the treaty.", "signed"),
    ("No country has signed the treaty.", "signed"),
    ("Neither Chad nor Niger signed the treaty.", "signed"),
    ("Mali signed no treaty.", "signed"),
    ("Mali did not sign or ratify the treaty.", "ratify"),
    ("Mali has never threatened Niger or attacked its troops.", "attacked"),
    ("Mali has yet to sign the treaty.", "sign"),
    ("Mali left without signing the treaty.", "signing"),
    ("Mali stopped short of attacking Niger.", "attacking"),
    ("Mali refused to sign the treaty.", "sign"),
    ("Mali was unable to sign the treaty.", "sign"),
    ("Mali's refusal to sign the treaty angered Niger.", "sign"),
    ("The army prevented rebels from entering Gao.", "entering"),
    ("There was no agreement between Peru and Chile.", "agreement"),
    ("No agreement was reached by Peru and Chile.", "agreement"),
    ("A lack of agreement delayed the vote.", "agreement"),
    ("The absence of talks delayed the vote.", "talks"),
    ("The talks were called off.", "talks"),
    ("The treaty has not been signed by Ghana.", "signed"),
    ("Ghana has not agreed to sell gas.", "sell"),
    ("Ghana could not sign the treaty.", "sign"),
    ("Ghana denied selling arms to Chad.", "selling"),
    ("An agreement remains elusive.", "agreement"),
    ("Mali neither sold nor bought gas.", "bought"),
    ("Few in Mali supported the treaty.", "supported"),
    ("Little was agreed between Peru and Chile.", "agreed"),
    ("Under no circumstances will Mali sell gas to Niger.", "sell"),
    ("Mali is not going to sell gas to Niger.", "sell"),
    ("Mali scrapped a contract to buy grain from Niger.", "buy"),
    ("Mali lost the chance to buy grain from Niger.", "buy"),
    ("Mali rejected claims that it had attacked Niger.", "attacked"),
    ("Mali dismissed reports that it had attacked Niger.", "attacked"),
    ("Reports that Mali attacked Niger are false.", "attacked"),
    ("It is untrue that Mali attacked Niger.", "attacked"),
    ("The meeting between Peru and Chile fell through.", "meeting"),
    ("Mali recognised Togo neither then nor later.", "recognised"),
    ("Mali would have attacked Niger.", "attacked"),
    ("Far from signing the treaty, Mali attacked Niger.", "signing"),
    ("Not a single minister met the king.", "met"),
    ("Not one of the ministers met the king.", "met"),
    ("Ghana hardly ever met its partners.", "met"),
    ("Ghana abandoned plans to deport migrants.", "deport"),
    ("Ghana has dropped its bid to buy jets.", "buy"),
    ("Ghana has no intention of recognising Togo.", "recognising"),
    ("Ghana showed no willingness to recognise Togo.", "recognise"),
    ("There was no sign of a deal between Ghana and Togo.", "deal"),
    ("There is no evidence that Ghana attacked Togo.", "attacked"),
    ("Ghana dismissed as baseless claims that it had attacked Togo.", "attacked"),
]

MODALITY = [
    ("The council of Oruro voted to reject the plan.", "reject", "actual"),
    ("The council of Oruro voted to send troops.", "send", "planned"),
    ("The drill is set to be held in May.", "drill", "planned"),
    ("Ghana will sign a treaty on Monday.", "sign", "planned"),
    ("Ahead of talks with Togo, Ghana signed a treaty.", "signed", "actual"),
    ("Ahead of talks with Togo, Ghana signed a treaty.", "talks", "planned"),
    ("The meeting comes days before the start of the drill.", "drill", "planned"),
    ("The ministers agreed to unify their laws, create a single market and establish a fund.", "create", "planned"),
    ("The ministers agreed to unify their laws, create a single market and establish a fund.", "establish", "planned"),
    ("Ghana did not rule out sanctions against Togo.", "sanctions", "possible"),
    ("Ghana is the third country to attack Togo this year.", "attack", "actual"),
    ("Ghana has not ruled out breaking up the rally.", "breaking", "possible"),
    ("A court is looking into alleged attacks in Togo.", "attacks", "possible"),
    ('Keita called the deal "a lifeline, if it holds".', "called", "actual"),
    ("Ghana warned Togo against attacking Mali.", "attacking", "possible"),
    ("Ghana has been tipped to buy the airline.", "buy", "possible"),
    ("Ghana wanted to pressure Togo into signing the treaty.", "signing", "desired"),
    ("The plan would draw Ghana closer to Togo, even binding them with a treaty.", "binding", "possible"),
    ("Ghana is to sign a treaty.", "sign", "planned"),
    ("Ghana to sign a treaty with Togo", "sign", "planned"),
    ("Ghana plans to begin talks with Togo.", "talks", "planned"),
    ("Ghana agreed to lend Togo money.", "lend", "planned"),
    ("Ghana is due to lend Togo money.", "lend", "planned"),
    ("Ghana is expected to lend Togo money.", "lend", "planned"),
    ("Ghana will meet Togo and sign a treaty.", "sign", "planned"),
    ("Ghana sent troops to patrol the border.", "patrol", "planned"),
    ("Ghana is about to begin talks with Togo.", "begin", "planned"),
    ("Ghana's plan to sell gas was rejected.", "sell", "planned"),
    ("The upcoming talks worry Togo.", "talks", "planned"),
    ("The talks scheduled for May worry Togo.", "talks", "planned"),
    ("Ghana said Togo would sign the treaty.", "sign", "planned"),
    ("Ghana may lend Togo money.", "lend", "possible"),
    ("Ghana might have attacked Togo.", "attacked", "possible"),
    ("Ghana reportedly attacked Togo.", "attacked", "possible"),
    ("Ghana is thought to have attacked Togo.", "attacked", "possible"),
    ("Ghana appears to have lent Togo money.", "lent", "possible"),
    ("If Ghana signs the treaty, Togo will be glad.", "signs", "possible"),
    ("Ghana opposes selling gas to Togo.", "selling", "possible"),
    ("Ghana is against selling gas to Togo.", "selling", "possible"),
    ("Ghana would sign the treaty if Togo left.", "sign", "possible"),
    ("The possibility of a war is growing.", "war", "possible"),
    ("Had Ghana signed the treaty, Togo would be glad.", "signed", "possible"),
    ("Alleged attacks on Togo continue.", "attacks", "possible"),
    ("Ghana has been seen as resisting Togo.", "resisting", "possible"),
    ("Togo wondered how to integrate its grid.", "integrate", "possible"),
    ("Ghana hopes to buy grain.", "buy", "desired"),
    ("Ghana hopes that Togo will sign the treaty.", "sign", "desired"),
    ("Ghana said it hoped to buy grain.", "buy", "desired"),
    ("Ghana urged Togo to sign the treaty.", "sign", "desired"),
    ("Ghana demanded that Togo withdraw its troops.", "withdraw", "desired"),
    ("Ghana called for talks with Togo.", "talks", "desired"),
    ("Ghana is seeking a loan from Togo.", "loan", "desired"),
    ("Ghana must sign the treaty.", "sign", "desired"),
    ("Ghana tried to sell gas.", "sell", "desired"),
    ("The merger will see Soto leave the board.", "leave", "planned"),
    ("The plan is a pause to be followed by talks with Togo.", "talks", "planned"),
    ("The trip will enable the signing of a pact.", "signing", "possible"),
    ("Only the king has the authority to dissolve it.", "dissolve", "possible"),
    ("The rebels want to force her resignation.", "resignation", "desired"),
    ("The law does not mean that Ghana attacked Togo.", "attacked", "possible"),
    ("The army should cease its raids to agree on a pact.", "agree", "desired"),
    ("The reported attack was a shock.", "attack", "possible"),
    ("Ghana and Togo may sign a pact when they meet in Lima.", "meet", "planned"),
    ("Recalling an envoy is a form of protest.", "Recalling", "possible"),
]

AFFIRMED = [
    ("A few in Ghana supported the treaty.", "supported"),
    ("A court rejected Togo's claim that Ghana had attacked it.", "attacked"),
    ("Ghana did not dismiss reports that Togo had attacked it.", "attacked"),
    ("Ghana did not lose the chance to buy grain.", "buy"),
    ("Reports that Ghana attacked Togo are true.", "attacked"),
]

ACTUAL = [
    ("No agreement was reached on the occupation of the valley.", "occupation"),
    ("Ghana signed the treaty.", "signed"),
    ("Ghana has been sharing data with Togo.", "sharing"),
    ("Ghana began to sell gas to Togo.", "sell"),
    ("Ghana was forced to sell gas to Togo.", "sell"),
    ("Ghana did not only meet Togo but also signed the pact.", "meet"),
    ("It was the first delegation to visit Lima.", "visit"),
    ("She is the second minister to leave the cabinet.", "leave"),
    ("Three of them died, none because of the vaccine.", "died"),
    ("The agreement reached on Thursday will be published.", "agreement"),
    ("They refused to carry out earlier agreements.", "agreements"),
    ("Workers marched to demand reforms.", "demand"),
    ("After talks in Lima they will leave.", "talks"),
    ("Keita was quick to praise both drills.", "praise"),
    ("Soto will leave next week, saying that the board is weak.", "saying"),
    ("She said that her arrest was due to her work.", "arrest"),
]


@pytest.mark.model
@pytest.mark.parametrize(("sentence", "word"), POLARITY)
def test_negation_reaches_what_it_governs(model: Language, sentence: str, word: str) -> None:
    assert judged(model, sentence, word)[0] == "negated"


@pytest.mark.model
@pytest.mark.parametrize(("sentence", "word"), AFFIRMED)
def test_what_looks_like_a_negation_and_is_none(model: Language, sentence: str, word: str) -> None:
    assert judged(model, sentence, word)[0] == "affirmed"


@pytest.mark.model
@pytest.mark.parametrize(("sentence", "word", "modality"), MODALITY)
def test_modality_comes_from_tense_words_and_governors(
    model: Language, sentence: str, word: str, modality: str
) -> None:
    assert judged(model, sentence, word) == ("affirmed", modality)


@pytest.mark.model
@pytest.mark.parametrize(("sentence", "word"), ACTUAL)
def test_what_happened_stays_actual(model: Language, sentence: str, word: str) -> None:
    assert judged(model, sentence, word) == ("affirmed", "actual")


@pytest.mark.model
def test_both_negations_and_modalities_combine(model: Language) -> None:
    assert judged(model, "Ghana did not plan to sell gas.", "sell") == ("negated", "planned")
    assert judged(model, "Ghana did not fail to sell gas.", "sell") == ("affirmed", "actual")
    assert judged(model, "Ghana did not deny that it had sold gas.", "sold") == ("affirmed", "possible")
    assert judged(model, "Ghana may agree to sell gas.", "sell") == ("affirmed", "possible")


def test_states_under_operators() -> None:
    assert State(negated=True).under("denied") == State(modality=Modality.POSSIBLE)
    assert State(modality=Modality.DESIRED).under("planned") == State(modality=Modality.DESIRED)
    assert State().under("said") == State()


# ------------------------------------------------------------------ attribution

PEOPLE = ("Keita", "Sirleaf", "Oslo", "Interfax")


def sources(
    model: Language, text: str, word: str, paragraphs: frozenset[int] = frozenset()
) -> tuple[list[str], list[str]]:
    """Return whom the word of that form is attributed to and via whom; the names in PEOPLE are entities."""
    doc = model(text)
    doc.user_data[PARAGRAPHS] = paragraphs
    doc._.kg_entities = [
        DocEntity(id=i, name=name, family=Family.OTHER if name == "Interfax" else Family.PERSON, type="schema:Person")
        for i, name in enumerate(PEOPLE)
    ]
    doc._.kg_mentions = [
        EntityMention(t.i, t.i + 1, t.i, MentionKind.NAME, (PEOPLE.index(t.text),)) for t in doc if t.text in PEOPLE
    ]
    doc._.kg_clauses = extract_clauses(doc)
    at = [t.i for t in doc if t.text == word][-1]
    clause = next((c for c in doc._.kg_clauses if c.head == at), doc._.kg_clauses[0])
    draft = EventDraft("Act", "Act/clause", word, at, at, at + 1, clause)
    tree = tree_of(doc)
    to, via = Attributions(doc, tree, OPERATORS, States(tree, OPERATORS)).of(draft)
    return [PEOPLE[e] for e in to], [PEOPLE[e] for e in via]


@pytest.fixture(scope="module", autouse=True)
def extensions() -> None:
    declare_extensions()


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word", "to"),
    [
        ("Keita said that Mali had signed the pact.", "signed", ["Keita"]),
        ("Mali has signed the pact, Keita said on Monday.", "signed", ["Keita"]),
        ("Keita conveyed that Mali had signed the pact.", "signed", ["Keita"]),
        ("Keita denied it had harmed voters, saying that Mali had signed the pact.", "signed", ["Keita"]),
        ("Mali, Keita said, will sign the pact.", "sign", ["Keita"]),
        ("Mali signed the pact, according to Keita.", "signed", ["Keita"]),
        ("According to Interfax, Mali signed the pact.", "signed", ["Interfax"]),
        ("Keita told reporters that Mali had signed the pact.", "signed", ["Keita"]),
        ("Keita told reporters: “Mali signed the pact. Chad attacked us.”", "attacked", ["Keita"]),
        ("“Mali signed the pact,” said Keita. “Chad attacked us. It lost,” he added.", "attacked", ["Keita"]),
        ("“Mali signed the pact,” Keita said. “Chad attacked us.”", "attacked", ["Keita"]),
        ('"Mali signed the pact," Keita said. "Chad attacked us."', "attacked", ["Keita"]),
        ("“The talks,” Keita said, “led to a pact.”", "led", ["Keita"]),
        ("Keita said Mali had left, adding that Chad had signed the pact.", "signed", ["Keita"]),
        ("Keita and Sirleaf said that Mali had signed the pact.", "signed", ["Keita", "Sirleaf"]),
        ("In a statement, Keita said that Mali had signed the pact.", "signed", ["Keita"]),
        ("Keita was quoted as saying that Mali had signed the pact.", "signed", ["Keita"]),
        ("It was reported by Interfax that Mali had signed the pact.", "signed", ["Interfax"]),
        ("The Interfax news agency reported that Mali had signed the pact.", "signed", ["Interfax"]),
        ("Keita denied that Mali had attacked Chad.", "attacked", ["Keita"]),
        ("Keita's claim that Mali had attacked Chad was dismissed.", "attacked", ["Keita"]),
        ("Keita announced a pact with Chad.", "pact", ["Keita"]),
        ("Keita described Chad as an ally.", "ally", ["Keita"]),
        ("Keita said that he hoped to meet Sirleaf.", "meet", ["Keita"]),
        ("Keita: Mali will sign the pact", "sign", ["Keita"]),
        ("Mali will sign the pact: Keita", "sign", ["Keita"]),
        ("The talks led to this: Mali signed the pact.", "signed", []),
        ("It was reported that Mali had signed the pact.", "signed", []),
        ("Keita said Mali had signed the pact. It attacked Chad in May.", "attacked", []),
        ("“Mali signed the pact,” Keita said. It attacked Chad in May.", "attacked", []),
        ("Keita did not say that Mali would sign the pact.", "sign", []),
        ("Keita agreed to meet Sirleaf.", "meet", []),
        ("Keita accused Mali of arming rebels after it refused to sign the pact.", "refused", []),
        ("Keita said the pact, which Mali signed in May, was dead.", "signed", []),
        ("Keita said the pact, which Mali would sign in May, was good.", "sign", ["Keita"]),
        ("In Keita's view, Mali has signed the pact.", "signed", ["Keita"]),
        ("Mali, as Keita put it, has signed the pact.", "signed", ["Keita"]),
        ("Mali signed the pact as Keita said goodbye.", "signed", []),
        ("Keita's letter says that Mali signed the pact.", "signed", ["Keita"]),
        ("A report by Interfax found that Mali had signed the pact.", "signed", ["Interfax"]),
        ("A spokesman for Keita said Mali had signed the pact.", "signed", ["Keita"]),
        ("Keita accused Mali of arming rebels and of attacking Chad.", "attacking", ["Keita"]),
        ("Keita made clear that Mali had signed the pact.", "signed", ["Keita"]),
        ("Keita is convinced that Mali signed the pact.", "signed", ["Keita"]),
        ("Keita rejected claims that Mali had attacked Chad.", "attacked", ["Keita"]),
        ("Keita said that the army had boarded the ship and arrested its crew.", "arrested", ["Keita"]),
        ("Mali would not pay a fine, Keita added, and had not signed the pact.", "signed", ["Keita"]),
        ("Mali would not pay, Keita added, and he had not signed the pact.", "signed", []),
        ("Keita does not believe that Mali signed the pact.", "signed", ["Keita"]),
        ("Keita rejected Sirleaf's claim that Mali had attacked Chad.", "attacked", ["Sirleaf"]),
        ("Mali has signed the pact, an Interfax report found.", "signed", ["Interfax"]),
        ("Keita expressed concern that Mali had signed the pact.", "signed", ["Keita"]),
        ("After meeting Sirleaf, Keita said that Mali would leave.", "meeting", []),
        ("Keita said that Mali would leave.", "said", []),
        ("Keita called it a “good pact” and left.", "left", []),
        ("The sides said they had met Keita but stopped short of signing.", "signing", []),
        ("Interfax quoted Keita as saying that Mali had signed the pact.", "signed", ["Keita"]),
        ("According to officials quoted by Interfax, Mali signed the pact.", "signed", ["Interfax"]),
        ("Keita denied his arrest was unfair.", "arrest", ["Keita"]),
        ("Keita warned that Mali would leave, while farmers attacked trucks in Chad.", "attacked", []),
        ("Keita denies the state has debts and accuses Chad of arming rebels.", "accuses", []),
        ("Mali held a drill, Keita said, in the latest show of force by states that attacked Chad.", "attacked", []),
        ("Keita said it was late. “We will stay. Mali signed the pact.”", "signed", ["Keita"]),
        ("The party “deplores the raid that Mali ordered”, as Keita left.", "deplores", []),
        ("Keita said: “Mali signed the pact.” Hearing that, Sirleaf said no.", "signed", ["Keita"]),
        ("Keita said it was “a step, which Mali hopes to complete”.", "complete", ["Keita"]),
    ],
)
def test_attributes_to_whom_the_text_cites(model: Language, text: str, word: str, to: list[str]) -> None:
    assert sources(model, text, word)[0] == to


@pytest.mark.model
def test_a_quotation_of_its_own_paragraph_goes_on_with_its_speaker(model: Language) -> None:
    text = "“I am tired,” Keita said. “I want to go. Mali signed the pact.” Sirleaf said it was a sad day."
    doc = model(text)
    begins = frozenset({0, 8, next(t.i for t in doc if t.text == "Sirleaf")})
    assert sources(model, text, "signed", begins)[0] == ["Keita"]


@pytest.mark.model
def test_the_messenger_stands_behind_the_source(model: Language) -> None:
    text = "Interfax reported that Keita said Mali had signed the pact."
    assert sources(model, text, "signed") == (["Keita"], ["Interfax"])
    assert sources(model, text, "said") == (["Interfax"], [])


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Interfax reported that Mali had signed the pact, citing Keita.",
        "Mali has signed the pact, Interfax reported, citing Keita.",
    ],
)
def test_whom_a_messenger_cites_is_the_source(model: Language, text: str) -> None:
    assert sources(model, text, "signed") == (["Keita"], ["Interfax"])


@pytest.mark.model
def test_an_unnamed_source_leaves_the_messenger(model: Language) -> None:
    text = "Interfax reported that a diplomat said Mali had signed the pact."
    assert sources(model, text, "signed") == (["Interfax"], [])


# ------------------------------------------------------------------ the component, on a hand-made parse


def hand_made() -> Doc:
    """Keita denied that Mali had not abstained; "Mali" and "Keita" are entities 1 and 0."""
    rows = """
        Keita NNP nsubj 1
        denied VBD ROOT 1
        that IN mark 5
        Mali NNP nsubj 5
        had VBD aux 5
        abstained VBN ccomp 1
    """
    words, tags, deps, heads = zip(*(line.split() for line in rows.strip().splitlines()), strict=True)
    lemmas = ["Keita", "deny", "that", "Mali", "have", "abstain"]
    doc = Doc(spacy.blank("en").vocab, words=words, tags=tags, deps=deps, heads=[int(h) for h in heads], lemmas=lemmas)
    doc._.kg_entities = [DocEntity(id=0, name="Keita", family=Family.PERSON, type="schema:Person")]
    doc._.kg_mentions = [EntityMention(0, 1, 0, MentionKind.NAME, (0,))]
    doc._.kg_clauses = extract_clauses(doc)
    return doc


def test_component_sets_polarity_source_and_what_the_trigger_says() -> None:
    doc = hand_made()
    clause = next(c for c in doc._.kg_clauses if c.head == 5)
    inherent = EventDraft("Act", "Act/x", "abstain", 5, 5, 6, clause, polarity=Polarity.NEGATED)
    plain = EventDraft("Act", "Act/x", "abstain", 5, 5, 6, clause, modality=Modality.PLANNED)
    doc._.kg_events = [inherent, plain]
    FactualityJudge(load_lexicon())(doc)
    assert (inherent.polarity, inherent.attributed_to) == (Polarity.AFFIRMED, (0,))
    assert (plain.polarity, plain.modality) == (Polarity.NEGATED, Modality.PLANNED)
