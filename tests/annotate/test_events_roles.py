"""Where roles come from: light verbs, governing predicates, possessives, values outside the clause."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.annotate.layers import EntityFiller, Filler, TextFiller, TimeFiller
from kg.annotate.pipeline import load_pipeline

pytestmark = pytest.mark.model

Told = dict[str, list[str]]

CASES: list[tuple[str, str, Told]] = [
    ("Rosa Diaz, Chad's minister of public works, left.", "HoldOffice", {"recipient": ["Chad"], "theme": ["minister of public works"]}),
    ("Rosa Diaz, director of research at Nordgas Oil, left.", "HoldOffice", {"theme": ["director of research"]}),
    ("Chad met Deputy Treasury Secretary Rosa Diaz.", "HoldOffice", {"agent": ["Rosa Diaz"], "theme": ["Deputy Treasury Secretary"]}),
    ("Rosa Diaz, chairwoman of the carmaker Nordgas, left.", "HoldOffice", {"recipient": ["Nordgas"], "theme": ["chairwoman"]}),
    ("Rosa Diaz, leader of the opposition in Chad, left.", "HoldOffice", {"recipient": ["Chad"], "theme": ["leader of the opposition"]}),
    ("Chad said on Friday it had closed the border.", "Say", {"begin": ["2021-05-28"], "content": ["it had closed the border"]}),
    ("Chad imposed sanctions on two Swiss officials.", "Sanction", {"agent": ["Chad"], "recipient": [], "theme": ["two Swiss officials"]}),
    ("Chad expelled two Swiss diplomats.", "Sanction", {"agent": ["Chad"], "recipient": ["Switzerland"]}),
    ("Chad noted the opposition of Switzerland to the plan.", "Reject", {"agent": ["Switzerland"], "theme": ["the plan"]}),
    ("Angela Merkel wants Emmanuel Macron arrested.", "Coerce", {"recipient": ["Emmanuel Macron"], "agent": []}),
    ("It was the second massacre in a week in Chad.", "Attack", {"duration": []}),
    ("Rosa Diaz has promised elections in February.", "Say", {"agent": ["Rosa Diaz"], "begin": []}),
    ("Rosa Diaz was freed after three weeks.", "Concede", {"recipient": ["Rosa Diaz"], "duration": []}),
    ("Chad left the talks, which collapsed in 2017.", "Negotiate", {"begin": []}),
    ("Chad accused the army of genocide.", "Accuse", {"agent": ["Chad"], "theme": ["the army", "genocide"]}),
    ("Chad announced the following January that it had left.", "Say", {"agent": ["Chad"], "content": ["that it had left"]}),
    ("Chile, Peru agree to build dam", "Agree", {"participant": ["Chile", "Peru"]}),
    ("Mongolia and Nepal agreed to deepen cooperation.", "Cooperate", {"participant": ["Mongolia", "Nepal"]}),
    ("Sri Lanka agreed to obtain new loans from China.", "Lend", {"agent": ["China"], "recipient": ["Sri Lanka"]}),
    ("Oman provided Yemen with $30 million in loans.", "Lend", {"agent": ["Oman"], "recipient": ["Yemen"], "amount": ["30000000"]}),
    ("Cuba relied on Venezuela for cheap oil.", "Supply", {"agent": ["Venezuela"], "recipient": ["Cuba"], "theme": ["cheap oil"]}),
    ("Cuba relied on Venezuela for oil and for loans.", "Lend", {"agent": ["Venezuela"], "recipient": ["Cuba"]}),
    ("Angela Merkel travelled to Oslo for talks with Erna Solberg.", "Negotiate", {"participant": ["Erna Solberg", "Angela Merkel"]}),
    ("Latvia and Estonia will integrate their railways.", "Cooperate", {"participant": ["Estonia", "Latvia"], "topic": ["their railways"]}),
    ("Botswana demanded that Namibia reopen the crossing.", "Demand", {"agent": ["Botswana"], "recipient": ["Namibia"]}),
    ("Ana Diaz, the founder of Corvex, and Eva Kern sued Chad.", "Found", {"agent": ["Ana Diaz"], "recipient": ["Corvex"]}),
    ("Chad recalled its ambassador from Niger.", "Sanction", {"agent": ["Chad"], "recipient": ["Niger"]}),
    ("Erna Solberg, a Swiss ally of Emmanuel Macron, left.", "Ally", {"participant": ["Erna Solberg", "Emmanuel Macron"]}),
    ("Chad's president fired Ana Diaz, coordinator of the league that made him famous.", "HoldOffice", {"recipient": []}),
    ("Chad recalled its ambassador, Ana Diaz.", "Sanction", {"agent": ["Chad"], "recipient": []}),
    ("Botswana demanded that Namibia be punished.", "Demand", {"agent": ["Botswana"], "recipient": []}),
    ("Togo sought Algeria's help.", "Demand", {"agent": ["Togo"], "recipient": ["Algeria"]}),
    ("Togo sought Algeria's help.", "Aid", {"agent": ["Algeria"], "recipient": ["Togo"]}),
    ("A court sentenced the rebel, the poet Bruno Paz, to ten years in prison.", "Try", {"recipient": ["Bruno Paz"]}),
    ("Chad, accused by U.N. experts of arming the rebels, denied it.", "Accuse", {"recipient": ["Chad"], "theme": ["arming the rebels"]}),
    ("Chad denied supplying weapons to Togo.", "Supply", {"agent": ["Chad"], "recipient": ["Togo"], "theme": ["weapons"]}),
    ("The mayor called on the minister, Angela Merkel, to release Bruno Paz.", "Concede", {"agent": ["Angela Merkel"], "recipient": ["Bruno Paz"]}),
    ("Chad said in December it would sell oil.", "Say", {"begin": ["2020-12"]}),
    ("Chad has delivered no oil to Togo since November.", "Supply", {"begin": ["2020-11"]}),
    ("Chad rejected a three-month ceasefire.", "Reject", {"duration": []}),
    ("Chad and Togo agreed to a truce starting on Thursday.", "Agree", {"begin": [], "topic": ["a truce starting on Thursday"]}),
    ("Tens of thousands of people marched through Lima.", "Protest", {"place": ["Lima"]}),
    ("Smaller rallies took place in Lima and Quito.", "Protest", {"place": ["Lima", "Quito"]}),
    ("Chad will not hand control of the port to Togo.", "Concede", {"agent": ["Chad"], "recipient": ["Togo"], "theme": ["control of the port"]}),
    ("Chad remains the main supplier of oil to Togo.", "Supply", {"agent": ["Chad"], "recipient": ["Togo"], "theme": ["oil"]}),
    ("Chad, whose port competes with Lagos, has said it will leave.", "Say", {"agent": ["Chad"]}),
    ("A drone struck a market in Lima.", "Attack", {"place": ["Lima"], "theme": ["a market"]}),
    ("The surgeon was struck off the register.", "Coerce", {"theme": ["The surgeon"]}),
    ("Togo urged Algeria not to share intelligence with Mali.", "Demand", {"recipient": ["Algeria"], "theme": ["not to share intelligence with Mali"]}),
    ("Angela Merkel called for the rebels to be brought to justice.", "Demand", {"agent": ["Angela Merkel"], "theme": ["the rebels to be brought to justice"]}),
    ("Togo has been under pressure from Algeria to stop buying oil.", "Coerce", {"agent": ["Algeria"], "recipient": ["Togo"]}),
    ("Togo and Algeria have not yet named a new trade negotiator.", "Appoint", {"theme": ["a new trade negotiator"]}),
    ("Togo suspended a planned dialogue with Algeria in September.", "Sanction", {"agent": ["Togo"], "recipient": ["Algeria"], "begin": ["2020-09"]}),
    ('US threatens retaliation as EU antitrust chief says "the rules apply to all"', "Say", {"agent": []}),
    ("By March 2023, Chad and Togo intend to sign a treaty.", "Sign", {"agent": ["Chad", "Togo"], "deadline": ["2023-03"]}),
    ("Thailand and Cambodia exchanged fire along the border.", "Attack", {"agent": ["Thailand", "Cambodia"]}),
    ("Rwandan troops entered eastern Congo.", "Deploy", {"agent": ["Rwanda"], "destination": ["Congo"]}),
    ("Cambodia banned Thai fruit.", "Sanction", {"agent": ["Cambodia"], "theme": ["Thai fruit"]}),
    ("Algeria exports gas to Italy.", "Supply", {"agent": ["Algeria"], "recipient": ["Italy"]}),
    ("Angela Merkel announced the resignation of her government.", "Leave", {"recipient": []}),
    ("Chad denies the allegations of torture.", "Accuse", {"recipient": ["Chad"], "theme": ["torture"]}),
    ("In return, Chad will cut tariffs on Malian milk.", "Concede", {"agent": ["Chad"], "theme": ["tariffs"]}),
    ("Masked men set fire to a police car.", "Attack", {"theme": ["a police car"]}),
    ("Chad rejected the offer on Monday and could leave on Saturday.", "Reject", {"begin": ["2021-05-31"]}),
    ("He faces charges and his lawyer, Bruno Paz, said he would appeal.", "Say", {"agent": ["Bruno Paz"]}),
    ("Germany lifted its veto on the deal.", "Concede", {"agent": ["Germany"], "theme": ["its veto"]}),
    ("Togo warned Algeria against attacking Mali.", "Attack", {"agent": ["Algeria"], "recipient": ["Mali"]}),
    ("Togo urged its allies to send more jets.", "Demand", {"agent": ["Togo"], "recipient": []}),
    ("Togo is the only country to recognise Algeria.", "Support", {"agent": ["Togo"], "recipient": ["Algeria"]}),
    ("The Anglican church elected Sarah Mullally archbishop of Canterbury.", "Appoint", {"recipient": ["Sarah Mullally"]}),
    ("Intel named Angela Merkel as its chief executive.", "Appoint", {"agent": ["Intel"], "recipient": ["Angela Merkel"]}),
    ("Angela Merkel, a senator from the Democratic Party, was arrested.", "Member", {"agent": ["Angela Merkel"], "recipient": ["Democratic Party"]}),
    ("There was no signing ceremony.", "Sign", {}),
    ("Togo called for help from Algeria.", "Demand", {"agent": ["Togo"], "recipient": ["Algeria"]}),
    ("Togo called for support from Algeria.", "Support", {"agent": ["Algeria"]}),
    ("Paul Biya spoke to reporters following a meeting with Angela Merkel.", "Meet", {"participant": ["Angela Merkel", "Paul Biya"]}),
    ("Paul Biya and Angela Merkel announced the loan at a summit in Oslo.", "Meet", {"participant": ["Paul Biya", "Angela Merkel"]}),
    ("The talks between Togo and Algeria ended without a deal.", "Agree", {"participant": ["Algeria", "Togo"]}),
    ("Large protests erupted in Togo.", "Protest", {"place": ["Togo"]}),
    ("Chad said the Iran sanctions must end.", "Sanction", {"agent": [], "recipient": ["Iran"]}),
    ("Chad said the EU sanctions must end.", "Sanction", {"agent": ["European Union"], "recipient": []}),
    ("Chad strengthened its deployment along the border with Niger.", "Border", {"participant": ["Chad", "Niger"]}),
    ("The army patrolled Chad's borders with Europe.", "Border", {"participant": ["Chad", "Europe"]}),
    ("Togo demanded that Algeria hand over control of the port to Mali.", "Concede", {"agent": ["Algeria"], "recipient": ["Mali"], "theme": ["control of the port"]}),
    ("According to the agreed plan, Chad and Niger will gradually unify their systems.", "Cooperate", {"participant": ["Chad", "Niger"], "topic": ["their systems"]}),
    ("Chad and Niger, old colonies and allies, agreed on a plan.", "Ally", {"participant": ["Chad", "Niger"]}),
    ("The plan was drafted as part of a 1999 Savanna State treaty.", "Agree", {"begin": ["1999"]}),
    ("Opposition leader jailed in Biya 'purge'", "Coerce", {"theme": ["Opposition leader"], "place": []}),
    ("Togo and Algeria plan to create a common market, institute common customs rules and train officers.", "Cooperate", {"participant": ["Togo", "Algeria"]}),
    ("Togo has voiced hope that Algeria will sell it gas.", "Say", {"agent": ["Togo"], "content": ["hope that Algeria will sell it gas"]}),
    ("Paul Biya referred to a decision to integrate the armies.", "Cooperate", {"participant": [], "topic": ["the armies"]}),
    ("Paul Biya said the plan would be approved at the summit to be held in Oslo on 16 June.", "Meet", {"place": ["Oslo"], "begin": ["2021-06-16"]}),
    ("Swedish troops attacked Denmark.", "Attack", {"agent": ["Sweden"], "recipient": ["Denmark"]}),
    ("Finland received German tanks.", "Supply", {"agent": ["Germany"], "recipient": ["Finland"]}),
    ("NATO allies, Greece and Croatia, disagreed.", "Member", {"agent": ["Greece", "Croatia"], "recipient": ["NATO"]}),
    ("Paul Biya has been in power since 1982.", "HoldOffice", {"agent": ["Paul Biya"], "begin": ["1982"]}),
    ("Mali is adjacent to Niger.", "Border", {"participant": ["Mali", "Niger"]}),
    ("Norway agreed on 3 May 2021 to cut tariffs.", "Agree", {"begin": ["2021-05-03"], "topic": ["to cut tariffs"]}),
    ("Ines Costa said that by the end of 2023 Gabon would sell rice to Benin.", "Sell", {"deadline": ["2023-12-31"]}),
    ('"The harvest was poor this year," Ines Costa said.', "Say", {"agent": ["Ines Costa"], "content": ["The harvest was poor this year"]}),
    ("Bolivia received a $2 billion loan and grain and fuel delivery contract from Qatar.", "Lend", {"agent": ["Qatar"], "recipient": ["Bolivia"], "amount": ["2000000000"]}),
    ("Peru obtained a $2 billion loan and gas supply contract in 2019 from Japan.", "Lend", {"agent": ["Japan"], "recipient": ["Peru"], "begin": ["2019"]}),
    ("The Cobra-2021 drill is scheduled to take place from the 10th to the 16th.", "Exercise", {"begin": ["2021-06-10"], "end": ["2021-06-16"]}),
    ("The drills between Kenya and Ghana are due to be held from 10 to 16 June.", "Exercise", {"participant": ["Kenya", "Ghana"], "begin": ["2021-06-10"], "end": ["2021-06-16"]}),
    ("It was the fourth meeting this year between Paul Kagame and Yoweri Museveni.", "Meet", {"count": ["4"], "begin": ["2021"]}),
    ("Paul Kagame and Yoweri Museveni have met five times since 2019.", "Meet", {"count": ["5"], "begin": ["2019"]}),
    ("Up to 3,000 troops were taking part in the training.", "Exercise", {"count": ["None"]}),
    ("India will lend the cash-strapped government in Maputo another $40 million.", "Lend", {"agent": ["India"], "recipient": ["Mozambique"], "amount": ["40000000"]}),
    ("Qatar gave the government in Nairobi a $20 million loan.", "Lend", {"agent": ["Qatar"], "recipient": ["Kenya"], "place": []}),
    ("The 2021 drills, which were due to be held from 3 to 9 June, worried Togo.", "Exercise", {"begin": ["2021-06-03"], "end": ["2021-06-09"]}),
    ("The exercise will be conducted in Peru, involving 4,000 soldiers.", "Exercise", {"count": ["4000"], "place": ["Peru"]}),
    ("Togo arrested the minister, Bruno Paz.", "Coerce", {"agent": ["Togo"], "recipient": ["Bruno Paz"]}),
    ('Bruno Paz called the deal "a fine day after 30 years of war".', "Say", {"agent": ["Bruno Paz"], "duration": []}),
    ("Bandits killed 12 miners in Ghana.", "Attack", {"count": ["12"], "place": ["Ghana"]}),
    ("Bruno Paz began his second term in May.", "HoldOffice", {"agent": ["Bruno Paz"], "begin": ["2021-05"], "theme": ["his second term"]}),
    ("Bruno Paz denied the affair.", "Say", {"agent": ["Bruno Paz"], "content": ["the affair"]}),
    ("Norway blamed the raid on Denmark.", "Accuse", {"agent": ["Norway"], "recipient": ["Denmark"], "theme": ["the raid"]}),
    ("Norway blamed Denmark for the raid.", "Accuse", {"agent": ["Norway"], "recipient": ["Denmark"], "theme": ["the raid"]}),
    ("Bruno Paz apologised over his remarks.", "Concede", {"agent": ["Bruno Paz"], "theme": ["his remarks"]}),
    ("Bruno Paz was arrested days after the vote.", "Coerce", {"recipient": ["Bruno Paz"], "theme": []}),
    ('"We continue to speak up," Bruno Paz wrote.', "Say", {"agent": ["Bruno Paz"], "content": ["We continue to speak up"]}),
    ('Bruno Paz hit back on Facebook: "The claim is a plain lie," he wrote.', "Say", {"content": ["The claim is a plain lie"]}),
    ("Norway regrets its acquisition by Siemens.", "Acquire", {"agent": ["Siemens"], "recipient": ["Norway"]}),
    ("Bruno Paz won re-election in Peru.", "Win", {"theme": ["re-election"]}),
    ("Post-war talks between Mali and Niger failed.", "Negotiate", {"participant": ["Mali", "Niger"], "topic": []}),
    ("Rosa Diaz attended a party meeting in Lima.", "Meet", {"topic": []}),
    ("Mali and Niger held talks on the sidelines of the summit.", "Negotiate", {"participant": ["Mali", "Niger"], "topic": []}),
    ("Norway rejected the 2015 accord.", "Reject", {"agent": ["Norway"], "begin": []}),
    ("Norway, in debt since the fall of the krone in 1994, rejected the plan.", "Reject", {"agent": ["Norway"], "begin": []}),
    ("The judge ordered Bruno Paz to pay within 15 days of the verdict.", "Demand", {"recipient": ["Bruno Paz"], "deadline": []}),
    ("Mali held a drill in May, Bruno Paz said, in the latest show of force by generals.", "Say", {"content": ["Mali held a drill in May"]}),
    ("The plan costs Chad 3 billion dollars, Bruno Paz said, after Mali, which already held a tenth of it, had raised its share.", "Say", {"content": ["The plan costs Chad 3 billion dollars"]}),
    ("Peru quoted Bruno Paz as saying that it rained.", "Say", {"agent": ["Bruno Paz"], "content": ["it rained"]}),
    ("Chad announced plans on Monday to expel two Swiss diplomats.", "Sanction", {"agent": ["Chad"], "recipient": ["Switzerland"]}),
    ("Chad rejected dozens of appeals from Togo.", "Reject", {"agent": ["Chad"], "theme": ["dozens of appeals from Togo"]}),
    ("Mali gave Niger two weeks to reopen the crossing.", "Demand", {"agent": ["Mali"], "recipient": ["Niger"]}),
    ("Norway distanced itself from Bruno Paz.", "Reject", {"agent": ["Norway"], "recipient": ["Bruno Paz"]}),
    ("Siemens won control of Infosys in May.", "Acquire", {"agent": ["Siemens"], "recipient": ["Infosys"]}),
    ("Bruno Paz controls Siemens.", "Own", {"agent": ["Bruno Paz"], "recipient": ["Siemens"]}),
    ("Angela Merkel named chairman of Siemens", "Appoint", {"agent": [], "recipient": ["Angela Merkel"]}),
    ("Togo suspended its participation in the talks.", "Reject", {"agent": ["Togo"], "theme": ["its participation in the talks"]}),
    ("Chad pulled out of the accord.", "Reject", {"agent": ["Chad"], "theme": ["the accord"]}),
    ("Chad pulled its troops out of Mali.", "Concede", {"agent": ["Chad"], "recipient": ["Mali"], "theme": ["its troops"]}),
    ("Chad says talks are far away and denies reports that it left.", "Say", {"agent": ["Chad"], "content": ["talks are far away"]}),
    ("Chad says talks are far away and denies reports that it left.", "Reject", {"agent": ["Chad"]}),
    ("More will follow: “In addition to the order, talks are under way for larger needs,” said Bruno Paz.", "Say", {"content": ["In addition to the order, talks are under way for larger needs"]}),
    ("Angela Merkel issued a statement condemning the vote.", "Accuse", {"agent": ["Angela Merkel"], "theme": ["the vote"]}),
    ("Togo received a letter urging Mali to leave.", "Demand", {"agent": [], "recipient": ["Mali"]}),
    ("Chad launched a military operation in Tripoli.", "Attack", {"agent": ["Chad"], "place": ["Tripoli"]}),
    ("Chad informed Togo of the withdrawal.", "Say", {"agent": ["Chad"], "recipient": ["Togo"]}),
]  # fmt: skip


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def annotated(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    doc.user_data["kg_published"] = date(2021, 6, 1)
    return nlp(doc)


def shown(doc: Doc, filler: Filler) -> str:
    if isinstance(filler, EntityFiller):
        return str(doc._.kg_entities[filler.entity].name)
    if isinstance(filler, TextFiller):
        return doc[filler.start : filler.end].text
    if isinstance(filler, TimeFiller):
        return str(doc._.kg_times[filler.index].lexical)
    return str(doc._.kg_quantities[filler.index].value)


@pytest.mark.parametrize(("text", "kind", "roles"), CASES)
def test_roles_come_from_where_they_stand(nlp: Language, text: str, kind: str, roles: Told) -> None:
    doc = annotated(nlp, text)
    drafts = [d for d in doc._.kg_events if d.event_type == kind]
    assert len(drafts) == 1, [(d.event_type, d.rule) for d in doc._.kg_events]
    found = {role: {shown(doc, f) for name, f in drafts[0].roles if name == role} for role in roles}
    assert found == {role: set(values) for role, values in roles.items()}


def test_each_bearer_of_a_shared_title_holds_the_office(nlp: Language) -> None:
    doc = annotated(nlp, "Presidents Emmanuel Macron and Sergio Mattarella opened the tunnel.")
    held = [d for d in doc._.kg_events if d.event_type == "HoldOffice"]
    assert [shown(doc, f) for d in held for r, f in d.roles if r == "agent"] == ["Emmanuel Macron", "Sergio Mattarella"]


def test_definite_noun_that_only_points_back_carries_nothing(nlp: Language) -> None:
    doc = annotated(nlp, "The agreement pleased investors in Togo.")
    assert "Agree" not in {d.event_type for d in doc._.kg_events}


def test_untyped_clause_between_entities_is_an_act(nlp: Language) -> None:
    doc = annotated(nlp, "Siemens outsourced maintenance to Infosys.")
    (draft,) = (d for d in doc._.kg_events if d.event_type == "Act")
    assert draft.predicate == "outsource"
    assert ("agent", "Siemens") in [(r, shown(doc, f)) for r, f in draft.roles]


def test_text_without_events_gives_none(nlp: Language) -> None:
    assert annotated(nlp, "Blue is a pleasant colour.")._.kg_events == []
    assert annotated(nlp, "")._.kg_events == []
