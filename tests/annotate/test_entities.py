"""Names, their classes and identifiers, on sentences of other subjects than the seeds."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.annotate.layers import DocEntity
from kg.annotate.names.types import is_product, is_yearly_event
from kg.model import MentionKind

pytestmark = pytest.mark.model


def mentions(naming: Language, text: str) -> list[tuple[str, str, str]]:
    """(words, entity, kind) of the names, demonyms and metonyms."""
    doc = naming(text)
    return [
        (doc[m.start : m.end].text, doc._.kg_entities[m.entities[0]].name, m.kind.value)
        for m in doc._.kg_mentions
        if m.kind is not MentionKind.PRONOUN
    ]


def entity(naming: Language, text: str, name: str) -> DocEntity:
    found = [e for e in naming(text)._.kg_entities if name in (e.name, *e.names)]
    assert found, [e.name for e in naming(text)._.kg_entities]
    return found[0]


@pytest.mark.parametrize(
    ("text", "name", "type_", "wikidata"),
    [
        ("Finland and Estonia laid a cable.", "Finland", "schema:Country", "Q33"),
        ("The talks between Laos and Vietnam ended.", "Laos", "schema:Country", "Q819"),
        ("Floods hit Saxony in August.", "Saxony", "schema:Place", "Q1202"),
        ("The African Union sent observers to Malawi.", "African Union", "kg:Bloc", None),
        ("The E.U. fined the firm.", "European Union", "kg:Bloc", "Q458"),
        ("Sailors of Mercosur states met in Natal.", "Mercosur", "kg:Bloc", None),
        ("Reporters of Reuters were in Lagos.", "Reuters", "schema:NewsMediaOrganization", None),
        ("She told the Irish Times that it was over.", "Irish Times", "schema:NewsMediaOrganization", None),
        ("The Danish People's Party lost seats.", "Danish People's Party", "kg:PoliticalParty", None),
        ("The Ministry of Fisheries and Oceans closed the bay.", "Ministry of Fisheries and Oceans", "kg:GovernmentBody", None),
        ("The case of the Ethics and Anti-Graft Commission fell.", "Ethics and Anti-Graft Commission", "kg:GovernmentBody", None),
        ("Soldiers of the Third Marine Division landed.", "Third Marine Division", "kg:MilitaryUnit", None),
        ("Canada left the Kyoto Protocol in 2011.", "Kyoto Protocol", "kg:Agreement", None),
        ("The Treaty on the Non-Proliferation of Nuclear Weapons was signed by Egypt.",
         "Treaty on the Non-Proliferation of Nuclear Weapons", "kg:Agreement", None),
        ("Norway hosts the Cold-2026 manoeuvres.", "Cold-2026", "kg:NamedEvent", None),
        ("Ships left the Gulf of Finland.", "Gulf of Finland", "schema:Place", None),
        ("Fitch cut the rating of Peru.", "Fitch Ratings", "schema:Corporation", None),
        ("Rain is near, said Suely Coutinho of Greenpeace.", "Suely Coutinho", "schema:Person", None),
        ("Elering, the Estonian grid operator, said prices rose.", "Elering", "schema:Organization", None),
        ("She has asked the Securities and Exchange Commission to wait.", "Securities and Exchange Commission",
         "kg:GovernmentBody", None),
        ("The force seized the yacht in Majorca last summer.", "Majorca", "schema:Place", None),
        ("It is over, said Harris County Fire Marshal Denise Rourke.", "Denise Rourke", "schema:Person", None),
        ("Rigathi Gachagua, whom Ruto dismissed, wept.", "Rigathi Gachagua", "schema:Person", None),
        ("Many were freed, according to the rights group Viasna.", "Viasna", "schema:Organization", None),
        ("The ferry was on its way from the island of Rishiri to Wakkanai.", "Rishiri", "schema:Place", None),
        ("He leads the Garment Manufacturers and Exporters Association.", "Garment Manufacturers and Exporters Association",
         "schema:Organization", None),
        ("Ardian Hackaj of the Cooperation and Development Institute spoke.", "Cooperation and Development Institute",
         "schema:Organization", None),
        ("Rain hit a ship of Hokushin Ferry. Hokushin's president bowed. Hokushin was warned twice.", "Hokushin", "schema:Organization", None),
        ("Vega joined Valdora. Valdora workers wept.", "Valdora", "schema:Organization", None),
        ("Shares in Nakoma fell. Nakoma denied it.", "Nakoma", "schema:Corporation", None),
        ("Vega leads Valdora. Valdora's chief executive, Ana Rey, left.", "Valdora", "schema:Organization", None),
        ("Zhenhua sent engineers to Melfi. The plant at Melfi is old.", "Melfi", "schema:Place", None),
        ("Kin of the M23 rebel group fled.", "M23", "schema:Organization", None),
        ("Peru holds drills called Unitas.", "Unitas", "kg:NamedEvent", None),
        ("Peru and Chile signed a Common Market creation treaty in 1999.", "Common Market creation treaty", "kg:Agreement", None),
        ("Kenya was sanctioned by the west.", "West", "kg:Group", None),
        ("India ordered 36 F-16 jets and the S-500 system.", "F-16", "kg:Product", None),
        ("Ghana passed the Data Protection Act.", "Data Protection Act", "kg:Law", None),
        ("Many Spaniards live in Argentina.", "Spaniards", "kg:Group", None),
        ("Shares of Tata Motors rose.", "Tata Motors", "schema:Corporation", None),
        ("The Syrian Observatory for Human Rights counted six dead.", "Syrian Observatory for Human Rights",
         "schema:Organization", None),
    ],
)  # fmt: skip
def test_class_and_item(naming: Language, text: str, name: str, type_: str, wikidata: str | None) -> None:
    found = entity(naming, text, name)
    assert (found.type, found.wikidata) == (type_, wikidata)


@pytest.mark.parametrize(
    ("text", "quote", "name", "kind"),
    [
        ("The Kenyan government resigned.", "Kenyan", "Kenya", "demonym"),
        ("The US president slept.", "US", "United States", "demonym"),
        ("Ankara said it would pay.", "Ankara", "Türkiye", "metonym"),
        ("Loans from Beijing dried up.", "Beijing", "China", "metonym"),
        ("The mayor of Lima resigned.", "Lima", "Lima", "name"),
        ("They met in Oslo.", "Oslo", "Oslo", "name"),
        ("She flew to Cairo.", "Cairo", "Cairo", "name"),
        ("The White House denied it.", "White House", "United States", "metonym"),
        ("Guests dined at the White House.", "White House", "White House", "name"),
        ("Brussels fined the firm.", "Brussels", "European Union", "metonym"),
        ("Western sanctions hurt Cuba.", "Western", "West", "demonym"),
    ],
)
def test_demonyms_and_metonyms(naming: Language, text: str, quote: str, name: str, kind: str) -> None:
    assert (quote, name, kind) in mentions(naming, text)


def test_a_point_of_the_compass_is_no_group(naming: Language) -> None:
    assert not any(name == "West" for _, name, _ in mentions(naming, "Rain fell on the western slopes of Peru."))


def test_titles_and_possessives_stay_outside(naming: Language) -> None:
    found = mentions(naming, "President Ellen Sirleaf's adviser met Foreign Minister Augustine Ngafuan.")
    assert [quote for quote, _, _ in found] == ["Ellen Sirleaf", "Augustine Ngafuan"]


def test_headline_verbs_stay_outside(naming: Language) -> None:
    found = mentions(naming, "Chile, Peru Agree to Share Copper Revenue")
    assert [quote for quote, _, _ in found] == ["Chile", "Peru"]


def test_headline_verb_next_to_a_person_stays_outside(naming: Language) -> None:
    text = "Chile Blocks Bid as Boric Hardens Stance. President Gabriel Boric said he would not yield."
    assert "Boric Hardens Stance" not in [quote for quote, _, _ in mentions(naming, text)]


def test_dateline_is_a_place(naming: Language) -> None:
    assert mentions(naming, "ANKARA, May 18 (Reuters) - Turkey blocked the talks.")[0][2] == "name"


def test_a_described_name_of_a_place_is_a_person(naming: Language) -> None:
    doc = naming("Police arrested Nnamdi Kanu, a separatist leader detained since 2021. Kanu denied it.")
    assert [(e.name, e.type) for e in doc._.kg_entities] == [("Nnamdi Kanu", "schema:Person")]


def test_a_norwegian_is_not_norway(naming: Language) -> None:
    assert mentions(naming, "The Norwegian called it a historic moment.") == []


def test_possessive_parts_two_names(naming: Language) -> None:
    found = [
        name for _, name, _ in mentions(naming, "Alphabet's Google has agreed to buy a rival, the companies said.")
    ]
    assert "Alphabet's Google" not in found


def test_a_name_that_comes_again_is_taken(naming: Language) -> None:
    text = "Google will buy the start-up Wiz for a high price. The founders of Wiz agreed. Rivals of Wiz did not."
    assert "Wiz" in [name for _, name, _ in mentions(naming, text)]


def test_lakes_and_mountains(naming: Language) -> None:
    assert entity(naming, "They quarrelled over fishing on Lake Victoria.", "Lake Victoria").type == "schema:Place"


def test_body_and_person_in_one_run_are_told_apart(naming: Language) -> None:
    found = [name for _, name, _ in mentions(naming, "Arab League Secretary General Amr Moussa left Doha.")]
    assert found == ["Arab League", "Amr Moussa", "Doha"]


def test_a_part_of_a_title_is_no_name(naming: Language) -> None:
    found = [name for _, name, _ in mentions(naming, "Defence Secretary Ben Wallace left.")]
    assert found == ["Ben Wallace"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jordan Henderson scored twice.", ["Jordan Henderson"]),
        ("Chad and Jordan signed a memorandum.", ["Chad", "Jordan"]),
        ("President Bill Clinton signed the bill.", ["Bill Clinton"]),
    ],
)
def test_persons_called_like_other_things(naming: Language, text: str, names: list[str]) -> None:
    assert [name for _, name, _ in mentions(naming, text)] == names


def test_surname_initial_and_spelling_mean_one_person(naming: Language) -> None:
    text = "Aleksandr Vucic arrived. Vucic smiled. Reporters asked A. Vucic about Kosovo. Aleksandar Vucic left."
    persons = [e for e in naming(text)._.kg_entities if e.type == "schema:Person"]
    assert len(persons) == 1
    assert persons[0].key == "Aleksandar_Vucic"


def test_one_word_person_has_its_family_in_the_key(naming: Language) -> None:
    assert entity(naming, "Peskov said he knew nothing.", "Peskov").key == "Peskov_person"


def test_acronym_in_brackets_means_the_body(naming: Language) -> None:
    text = "The Nigerian Union of Teachers (NUT) called a strike. The NUT wants more pay."
    found = entity(naming, text, "NUT")
    assert found.name == "Nigerian Union of Teachers"
    assert found.names == ["Nigerian Union of Teachers", "NUT"]


@pytest.mark.parametrize(
    ("text", "name", "key", "geonames"),
    [
        ("Police in Moscow, Idaho, arrested a man.", "Moscow", "Moscow_US", 5601538),
        ("The museum in Paris, Texas, reopened.", "Paris", "Paris_US", 4717560),
        ("A bakery in London, Ontario, shut after the United States raised duties.", "London", "London_CA", 6058560),
        ("The floods in Valencia shocked Spain.", "Valencia", "Valencia_ES", 2509954),
        ("Buses stopped in Kiev.", "Kiev", "Kyiv", 703448),
    ],
)
def test_cities_are_told_apart(naming: Language, text: str, name: str, key: str, geonames: int) -> None:
    found = entity(naming, text, name)
    assert (found.key, found.geonames, found.type) == (key, geonames, "schema:City")


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Georgia's governor Brian Kemp spoke in Atlanta.", "Q1428"),
        ("Tourists from Georgia and Armenia came.", "Q230"),
        ("Texas and Florida followed Georgia.", "Q1428"),
    ],
)
def test_georgia_is_a_state_or_a_country(naming: Language, text: str, item: str) -> None:
    assert entity(naming, text, "Georgia").wikidata == item


def test_georgia_stays_what_it_was(naming: Language) -> None:
    state = naming("Georgia's governor, Brian Kemp, met voters. Georgia passed a law.")
    assert [e.wikidata for e in state._.kg_entities if e.name == "Georgia"] == ["Q1428"]
    both = naming("The exile from Atlanta, Georgia, flew home. Georgia and Armenia signed a treaty.")
    assert {e.wikidata for e in both._.kg_entities if e.name == "Georgia"} == {"Q1428", "Q230"}


def test_ministries_belong_to_their_country(naming: Language) -> None:
    text = (
        "Kenya's Foreign Ministry protested. Ethiopia's foreign ministry did not. The defence ministry in Oslo agreed."
    )
    bodies = [e.name for e in naming(text)._.kg_entities if e.type == "kg:GovernmentBody"]
    assert bodies == ["Foreign Ministry of Kenya", "Foreign Ministry of Ethiopia", "Defence Ministry of Norway"]


def test_a_ministry_of_nowhere_is_no_entity(naming: Language) -> None:
    assert mentions(naming, "The foreign ministry declined to comment.") == []


def test_agreements_called_by_their_year(naming: Language) -> None:
    assert ("2015 nuclear deal", "2015 nuclear deal", "nominal") in mentions(naming, "Iran left the 2015 nuclear deal.")


def test_entities_are_numbered_by_first_mention(naming: Language) -> None:
    entities = naming("Peru, Chile and Peru again.")._.kg_entities
    assert [(e.id, e.name) for e in entities] == [(0, "Peru"), (1, "Chile")]


def test_predicting_writes_nothing(model: Language) -> None:
    from kg.annotate.layers import declare_extensions
    from kg.annotate.names.component import EntityFinder

    declare_extensions()
    doc = model("Malta joined the euro.")
    finder = EntityFinder(model)
    assert [e.name for e in finder.predict(doc).entities] == ["Malta"]
    assert doc._.kg_entities == []
    assert finder(doc)._.kg_entities[0].name == "Malta"


def test_shapes() -> None:
    assert [is_product(w) for w in ("MiG-29", "T-72", "AK-47s", "COVID-19", "G-20", "Mid-90s")] == [True] * 3 + [
        False
    ] * 2 + [True]
    assert is_yearly_event("Rio-2016")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He visited a mill of the Ha-Meem Group on Friday.", "Ha-Meem Group"),
        ("Opposition leader Maria Corina Machado, who is in hiding, spoke.", "Maria Corina Machado"),
        ("Peru summoned Fiji's ambassador, Carlos Amador Pérez Silva, on Saturday.", "Carlos Amador Pérez Silva"),
        ("Prince Abdulaziz bin Salman Al Saud attended the ceremony.", "Abdulaziz bin Salman Al Saud"),
        ("Monte dei Paschi di Siena acquired Mediobanca in September.", "Monte dei Paschi di Siena"),
        ("His envoy is to meet al-Burhan in the port next week.", "al-Burhan"),
        ("France has sold Armenia 36 CAESAR howitzers.", "Armenia"),
        ("She is the director of the Committee to Protect Journalists.", "Committee to Protect Journalists"),
        ("So he wrote on X. Treasury secretary Scott Bessent declined to comment.", "Treasury"),
    ],
)
def test_a_name_is_whole(naming: Language, text: str, name: str) -> None:
    assert name in {words for words, _, _ in mentions(naming, text)}


@pytest.mark.parametrize(
    "text", ["Rain fell in the west.", "Kenya was warned by the west of the country.", "A west wind hit it."]
)
def test_a_side_of_the_compass_is_no_group_of_countries(naming: Language, text: str) -> None:
    assert not [name for _, name, _ in mentions(naming, text) if name == "West"]


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Sarita Shahi, a teacher, slept. Rain fell on the roof, Shahi said from a bed.", "Shahi", "Sarita Shahi"),
        ("The Siam Unity Party lost. Siam Unity has 141 seats.", "Siam Unity", "Siam Unity Party"),
        ("The Bangko Sentral ng Pilipinas met. The BSP removed the board.", "BSP", "Bangko Sentral ng Pilipinas"),
        ("Bakary Sambe spoke. Sambe doubts, however, that Mali will talk.", "Sambe", "Bakary Sambe"),
        ("Abdel Fattah al-Burhan spoke. Burhan told soldiers to wait.", "Burhan", "Abdel Fattah al-Burhan"),
        ("Zhenhua Auto sells cars. Zhenhua sent engineers to Lima.", "Zhenhua", "Zhenhua Auto"),
        ("Kansala Fuels lost. Kansala's chief executive left Zambia.", "Kansala", "Kansala Fuels"),
    ],
)
def test_short_name_means_the_long_one(naming: Language, text: str, word: str, name: str) -> None:
    assert [found for said, found, _ in mentions(naming, text) if said == word] == [name]
