"""Words that carry an event only with the right arguments."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.annotate.pipeline import load_pipeline

pytestmark = pytest.mark.model

NOT = [
    ("Mr. Paz, a 40-year-old Aymara lawyer, said on Sunday that it had rained.", "Employ"),
    ("Finland met the deadline for the new budget.", "Meet"),
    ("Ericsson struck a deal with Vodafone.", "Attack"),
    ("The reforms met resistance in Tunisia.", "Meet"),
    ("Colombia called the vote a success.", "Negotiate"),
    ("Apple fired the chief designer.", "Attack"),
    ("Nurses in Dublin went on strike over pay.", "Attack"),
    ("Demand for copper rose in Chile.", "Demand"),
    ("Spotify will release the album in May.", "Concede"),
    ("Toyota recalled 3,000 cars in Norway.", "Sanction"),
    ("Kenya withdrew 5 billion shillings from the fund.", "Concede"),
    ("Andy Murray beat Rafael Nadal in the final.", "Attack"),
    ("Ajax won the match against Porto.", "Attack"),
    ("The striker hit a defender. Then the referee ended the match.", "Attack"),
    ("Rwanda will hold a census next year.", "Coerce"),
    ("Jordan took part in the census.", "Exercise"),
    ("Denmark raised the price of milk.", "Protest"),
    ("Nestlé launched a chocolate bar in Austria.", "Found"),
    ("The board of Philips dismissed claims of fraud.", "Leave"),
    ("Heart attacks are common in Hungary.", "Attack"),
    ("A vaccine trial began in Uganda.", "Try"),
    ("Ghana imports rice.", "Coerce"),
    ("Rosa Diaz serves a third term as mayor of Lima.", "Try"),
    ("Rosa Diaz was about to board a flight to Peru.", "Coerce"),
    ("Kenya confirmed them on Monday.", "Appoint"),
    ("The bank claims that Peru is rich.", "Demand"),
    ("Rosa Diaz cut short a visit to Peru.", "Sanction"),
    ("Trials of the vaccine began in Peru. Every patient gets a dose.", "Try"),
    ("Ebola killed 12 people in Peru.", "Attack"),
    ("The officials were sent to the area, which borders Chile.", "Border"),
    ("Senator Rosa Diaz, an ally of the fallen president, left Peru.", "Ally"),
    ("Rosa Diaz, a Swiss lawyer, left.", "Employ"),
    ("Twelve people were killed in Oruro when a bus overturned.", "Attack"),
    ("The river burst its banks after the storm. Rescuers found debris. Four people were killed in Oruro.", "Attack"),
    ("The hostages were handed over to the Red Cross in Gao.", "Cooperate"),
    ("Rosa Diaz withdrew them from Oruro.", "Sanction"),
    ("Rosa Diaz is the second minister to leave.", "HoldOffice"),
    ("Rosa Diaz was treated unfairly.", "Aid"),
    ("Rosa Diaz signed away the rights.", "Sign"),
    ("Two parties, Fidesz among them, will take part in the vote.", "Exercise"),
    ("Farmers filed a complaint against Toyota in Oruro.", "Locate"),
    ("Rosa Diaz called on Angela Merkel and brought her flowers.", "Demand"),
    ('Peru has kept close contact with miners, settling on a "fair plan for all".', "Say"),
    ('Chile recalled its ambassador over what it called "a clumsy and hostile act".', "Threaten"),
    ("The report threatened the future of the mayor.", "Threaten"),
    ("Rosa Diaz holds a great deal of stock in Nestlé.", "Agree"),
    ("The United States designated Hamas a terrorist group.", "Appoint"),
    ("Rosa Diaz owns two world titles.", "Own"),
    ("The judge has yet to deliver the sentence.", "Supply"),
    ("Rosa Diaz was denied access to the files.", "Say"),
    ("Boeing abused its position.", "Attack"),
    ("The aide was told to disperse the funds.", "Coerce"),
    ("Boeing ordered 12 planes as part of a plan to double its fleet.", "Deploy"),
    ("Rosa Diaz saw the rebels in Chad and neighbouring Mali.", "Border"),
]

IS = [
    ("Boeing froze the accounts.", "Sanction"),
    ("Rosa Diaz called on Angela Merkel and brought her flowers.", "Visit"),
    ("Rosa Diaz called on Peru to quickly answer the letter.", "Demand"),
    ("The United States designated Hamas a terrorist group.", "Sanction"),
    ("Chile's recall of its ambassador was a mistake.", "Sanction"),
    ("Peru set conditions for the sale.", "Demand"),
    ("Peru may engage with Chile.", "Negotiate"),
    ("Peru's growing ties with Chile worry Boeing.", "Cooperate"),
    ("Rosa Diaz was declared the winner.", "Win"),
    ("Angela Merkel voted in favor of the plan.", "Support"),
    ("Peru claims ownership of the Chincha Islands.", "Demand"),
    ("Boeing ordered 12 Gulfstreams.", "Buy"),
    ("Rosa Diaz was put to death in Peru.", "Attack"),
    ("Militants set a depot in Oruro on fire.", "Attack"),
    ("Rosa Diaz was stripped of her post.", "Leave"),
    ("Peru quit the International Criminal Court.", "Leave"),
    ("Nestlé will lay off a tenth of its staff.", "Leave"),
    ("Rosa Diaz lost to Ana Ivanovic in the final.", "Win"),
    ("Rosa Diaz expressed regret for the raid.", "Concede"),
    ("Rosa Diaz called off a month of protests.", "Concede"),
    ("A court in Oruro ordered that Rosa Diaz pay.", "Demand"),
    ("Soldiers captured Rosa Diaz on Friday.", "Coerce"),
    ("Rosa Diaz will fight the claim.", "Reject"),
    ("Rosa Diaz was charged on Saturday.", "Try"),
    ("Rosa Diaz named Angela Merkel as her successor.", "Appoint"),
    ("Jaguar is a unit of Tata Motors.", "Own"),
    ("Twelve people were killed in Oruro when a bus overturned.", "Death"),
    ("The river burst its banks after the storm. Rescuers found debris. Four people were killed in Oruro.", "Death"),
    ("The hostages were handed over to the Red Cross in Gao.", "Concede"),
    ("Peru handed Rosa Diaz over to the Chilean police.", "Cooperate"),
    ("Rebels have been holding Rosa Diaz since March.", "Coerce"),
    ("Rosa Diaz paused the offensive.", "Concede"),
    ("Denmark delivered three tanks to Chad.", "Supply"),
    ("Maersk has supplied Nestlé for ten years.", "Supply"),
    ("Nestlé will lay off 60 employees in Peru.", "Leave"),
    ("Rosa Diaz quit over the budget.", "Leave"),
    ("Rosa Diaz was awarded the medal in May.", "Win"),
    ("Henrik Aasen was replaced by Ingrid Moe.", "Appoint"),
    ("Rosa Diaz was tried in absentia.", "Try"),
    ("The European Commission fined Nestlé 5 million euros.", "Sanction"),
    ("The Royal College of Nursing, of which Rosa Diaz is a member, left.", "Member"),
    ("UNICEF hired Rosa Diaz away from Oxfam, where she had worked for two years.", "Employ"),
    ("Nurses in Dublin went on strike over pay.", "Protest"),
    ("Ericsson struck a deal with Vodafone.", "Agree"),
    ("Andy Murray beat Rafael Nadal in the final.", "Win"),
    ("The European Union lifted sanctions on Eritrea.", "Concede"),
    ("The European Union imposed sanctions on Eritrea.", "Sanction"),
    ("Ethiopia withdrew its troops from Somalia.", "Concede"),
    ("Ethiopia sent troops to Somalia.", "Deploy"),
    ("Ethiopia sent wheat to Somalia.", "Supply"),
    ("Chevron bought Noble Energy.", "Acquire"),
    ("Chevron bought two tankers.", "Buy"),
    ("Uruguay expelled the Cuban ambassador.", "Sanction"),
    ("Uganda expelled the envoy from the African Union.", "Sanction"),
    ("Kosovo called on Serbia to open the archive.", "Demand"),
    ("Serbia opened the border.", "Concede"),
    ("Kosovo called off the protest.", "Concede"),
    ("Malta granted asylum to the sailors.", "Aid"),
    ("A court in Cairo charged Amr Khaled with fraud.", "Try"),
    ("The mayor declared a curfew in Lima.", "Coerce"),
    ("Ukraine declared a ceasefire.", "Concede"),
    ("Thousands of students marched in Bogota against the reform.", "Protest"),
    ("Rosa Diaz pleaded guilty to tax evasion.", "Try"),
    ("A court in Lima handed Rosa Diaz a suspended sentence.", "Try"),
    ("Rosa Diaz was cleared of manslaughter.", "Try"),
    ("Rosa Diaz went on trial in Lima.", "Try"),
    ("Rosa Diaz is in prison in Lima.", "Coerce"),
    ("Rosa Diaz was placed under house arrest.", "Coerce"),
    ("Rosa Diaz was granted bail.", "Concede"),
    ("Uganda cut off the internet.", "Coerce"),
    ("Spain boarded a Greek tanker.", "Coerce"),
    ("Obama hit back at Donald Trump.", "Accuse"),
    ("A court in Lima overturned the election.", "Reject"),
    ("Kenya threw its weight behind the plan.", "Support"),
    ("Spain hit Brazil with tariffs.", "Sanction"),
    ("Spain doubled tariffs on beef from Brazil.", "Sanction"),
    ("Rosa Diaz took office on Monday.", "Appoint"),
    ("Rosa Diaz secured a second term.", "Win"),
    ("A car bomb exploded in Lima.", "Attack"),
    ("A drone crashed into a refinery in Lima.", "Attack"),
    ("Fighting broke out in Lima.", "Attack"),
    ("Soldiers attacked the government of Niger.", "Attack"),
    ("The virus has claimed 40 lives in Lima.", "Death"),
    ("The army evacuated 3,000 people from Lima.", "Aid"),
    ("Kenya took in 300 refugees.", "Aid"),
    ("Kenya owes Spain $6 billion.", "Lend"),
    ("Toyota spent $2 billion on a plant in Kenya.", "Invest"),
    ("Spain claims the island of Perejil.", "Demand"),
    ("Spain cancelled the visa of Rosa Diaz.", "Sanction"),
    ("Spain raised the matter with Kenya.", "Negotiate"),
    ("Rosa Diaz challenged the ruling.", "Reject"),
    ("Botswana broke off the talks.", "Reject"),
    ("Rebels hit Goma after the match. The coach fled.", "Attack"),
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def classes(nlp: Language, text: str) -> set[str]:
    return {draft.event_type for draft in nlp(text)._.kg_events}


@pytest.mark.parametrize(("text", "kind"), NOT)
def test_words_with_other_arguments_are_no_such_event(nlp: Language, text: str, kind: str) -> None:
    assert kind not in classes(nlp, text)


@pytest.mark.parametrize(("text", "kind"), IS)
def test_arguments_choose_the_class(nlp: Language, text: str, kind: str) -> None:
    found = classes(nlp, text) - {"Act", "Locate", "HoldOffice", "Say"}
    assert found == {kind}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("An inquest found that Rosa Diaz had fallen ill.", "Say"),
        ("Boeing admitted responsibility.", "Say"),
        ("Angela Merkel has ruled since 2005.", "HoldOffice"),
        ("Rosa Diaz, the laureate who heads UNICEF, left.", "HoldOffice"),
    ],
)
def test_who_finds_and_who_leads_may_be_described(nlp: Language, text: str, kind: str) -> None:
    assert kind in classes(nlp, text)
