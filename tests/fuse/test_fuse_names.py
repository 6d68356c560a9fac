import pytest

from kg.fuse.aliases import Name, find_aliases
from kg.fuse.names import acronym, bare_name, bare_person, fold, legal_form, person_keys, same_person_name
from kg.model import Family

SAME = [
    ("Aleksandr Lukashenko", "Alexander Lukashenko"),
    ("Alyaksandr Lukashenka", "Alexander Lukashenko"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
    ("Sergei Ivanov", "Sergey Ivanov"),
    ("Dmitry Orlov", "Dmitri Orlov"),
    ("José Pérez", "Jose Perez"),
    ("Yulia Markova", "Julia Markova"),
    ("Anna-Lena Schmidt", "Anna Lena Schmidt"),
    # rigour's tables say so
    ("Yusuf Demir", "Yousef Demir"),
    ("Mohamed Farah", "Muhammad Farah"),
    ("Hussein Karimov", "Husayn Karimov"),
    ("Svetlana Bondar", "Sviatlana Bondar"),
]
DIFFERENT = [
    ("Jane Smith", "Jon Smith"),
    ("Anna Petrov", "Anna Petrova"),
    ("Alexander Novak", "Alexandra Novak"),
    ("Muhammad Khan", "Mahmoud Khan"),
    ("Martin Larsen", "Morten Larsen"),
    ("Viktor Orban", "Viktor Urban"),
    ("Kim Lee", "Kim Jong Lee"),
    ("Peter Hansen", "Petra Hansen"),
    ("Mamadou Diallo", "Mohamed Diallo"),
    ("Ada Lee", "Ada Li"),
    ("John Berg", "Ivan Berg"),
    ("Sasha Novak", "Aleksandr Novak"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_spellings_of_one_name(first, second):
    assert same_person_name(first, second)
    assert same_person_name(second, first)


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_names_of_two_persons(first, second):
    assert not same_person_name(first, second)
    assert not same_person_name(second, first)


def test_names_are_folded():
    assert fold("  Škoda-Auto, a.s. ") == "skoda auto as"
    assert bare_name("The Škoda Corp. Ltd.") == "skoda"
    assert bare_name("Inc") == "inc"
    assert bare_name("Public Joint Stock Company Nordgas") == bare_name("Nordgas PJSC") == "nordgas"
    assert bare_name("Berg Gesellschaft mit beschränkter Haftung & Co. KG") != "berg"
    assert (
        legal_form("Nordgas PJSC")
        == legal_form("Nordgas PLC")
        != legal_form("Nordgas GmbH")
        == legal_form("Nordgas Ltd")
    )
    assert legal_form("Nordgas Corp") == legal_form("Nordgas") == frozenset()
    assert bare_person("Prof. Dr. Ada Ferry") == bare_person("Ada Ferry") == "Ada Ferry"
    assert bare_person("President Ferry") == "President Ferry"
    assert acronym("West African Monetary Union") == "WAMU"
    assert acronym("Reuters") is None


def name(label, family=Family.PERSON, mentions=1, same_as=(), is_media=False):
    return Name(label, family, same_as, mentions, is_media)


@pytest.mark.parametrize(("first", "second"), SAME)
def test_spellings_are_found_by_a_key_that_both_have(first, second):
    assert set(person_keys(first)) & set(person_keys(second))


def test_titles_make_no_other_person():
    found = find_aliases({"Sir_Ada_Ferry": name("Sir Ada Ferry", mentions=9), "Ada_Ferry": name("Ada Ferry")})
    assert found == {"Sir_Ada_Ferry": ("Ada_Ferry", "Ada Ferry and Sir Ada Ferry differ only in a title")}


def test_companies_of_other_legal_forms_stay_apart():
    firms = {key: name(key, Family.OTHER) for key in ("Nordgas AG", "Nordgas PLC", "Nordgas Ltd", "Nordgas")}
    assert find_aliases(firms) == {
        "Nordgas PLC": ("Nordgas AG", "Nordgas AG and Nordgas PLC differ only in article, case, accents or legal form")
    }
    del firms["Nordgas Ltd"]
    assert set(find_aliases(firms)) == {"Nordgas PLC", "Nordgas"}


def test_bare_surname_goes_to_the_only_full_name():
    found = find_aliases({"Ada_Ferry": name("Ada Ferry"), "Ferry_person": name("Ferry", mentions=9)})
    assert found == {"Ferry_person": ("Ada_Ferry", "Ada Ferry is the only full name with this surname in the corpus")}


def test_letters_of_an_agency_are_no_army():
    army = {"Armed_Forces_of_Peru": name("Armed Forces of Peru", Family.OTHER)}
    assert set(find_aliases({**army, "AFP_other": name("AFP", Family.OTHER)})) == {"AFP_other"}
    assert find_aliases({**army, "AFP_other": name("AFP", Family.OTHER, is_media=True)}) == {}


def test_bare_surname_of_two_persons_stays_alone():
    names = {"Ada_Ferry": name("Ada Ferry"), "Bo_Ferry": name("Bo Ferry"), "Ferry_person": name("Ferry")}
    assert find_aliases(names) == {}


def test_surname_of_one_person_in_two_spellings_is_not_ambiguous():
    names = {
        "Sergei_Ivanov": name("Sergei Ivanov", mentions=2),
        "Sergey_Ivanov": name("Sergey Ivanov", mentions=5),
        "Ivanov_person": name("Ivanov"),
    }
    found = find_aliases(names)
    assert {alias: key for alias, (key, _) in found.items()} == {
        "Sergei_Ivanov": "Sergey_Ivanov",
        "Ivanov_person": "Sergey_Ivanov",
    }
    assert found["Sergei_Ivanov"][1] == "Sergei Ivanov and Sergey Ivanov are spellings of one name"


def test_names_linked_to_two_identifiers_are_never_merged():
    a, b = ("http://www.wikidata.org/entity/Q1",), ("http://www.wikidata.org/entity/Q2",)
    names = {"Sergei_Ivanov": name("Sergei Ivanov", same_as=a), "Sergey_Ivanov": name("Sergey Ivanov", same_as=b)}
    assert find_aliases(names) == {}


def test_one_identifier_makes_one_entity():
    link = ("http://www.wikidata.org/entity/Q1",)
    names = {
        "Burma": name("Burma", Family.PLACE, same_as=link),
        "Myanmar": name("Myanmar", Family.PLACE, 7, same_as=link),
    }
    assert find_aliases(names) == {"Burma": ("Myanmar", "both are linked to http://www.wikidata.org/entity/Q1")}


def test_person_and_organisation_of_one_name_stay_apart():
    names = {
        "Ferry_person": name("Ferry"),
        "Ferry_other": name("Ferry", Family.OTHER),
        "Ada_Ferry": name("Ada Ferry", Family.OTHER),
    }
    assert find_aliases(names) == {}


def test_acronym_needs_one_name_with_these_initials():
    names = {"LPA_other": name("LPA", Family.OTHER), "Lagos_Port_Authority": name("Lagos Port Authority", Family.OTHER)}
    assert find_aliases(names)["LPA_other"][0] == "Lagos_Port_Authority"
    names["Lima_Press_Association"] = name("Lima Press Association", Family.OTHER)
    assert find_aliases(names) == {}


def test_article_and_legal_form_do_not_make_another_organisation():
    names = {
        "The_Blue_Line_Ltd": name("The Blue Line Ltd", Family.OTHER),
        "Blue_Line": name("Blue Line", Family.OTHER, 4),
    }
    assert find_aliases(names)["The_Blue_Line_Ltd"][0] == "Blue_Line"
