"""Pronouns, descriptions and groups; what must stay unresolved; scores."""

from __future__ import annotations

import pytest
from spacy.language import Language

pytestmark = pytest.mark.model


def resolved(naming: Language, text: str, quote: str, nth: int = 0) -> list[str]:
    """Names of the entities that the nth mention with these words refers to; empty if there is none."""
    doc = naming(text)
    found = [m for m in doc._.kg_mentions if doc[m.start : m.end].text.lower() == quote.lower()]
    return [doc._.kg_entities[e].name for e in found[nth].entities] if len(found) > nth else []


KISHIDA = "Japan's Prime Minister Fumio Kishida and South Korean President Yoon Suk Yeol met in Seoul. "

RESOLVED = [
    # he, she
    ("Boris Johnson visited Chile. He praised its miners.", "He", ["Boris Johnson"]),
    ("Angela Merkel praised Volodymyr Zelensky. She said he had courage.", "She", ["Angela Merkel"]),
    ("Angela Merkel praised Volodymyr Zelensky. She said he had courage.", "he", ["Volodymyr Zelensky"]),
    ("Ms Haley and Mr DeSantis debated in Miami. She attacked his record.", "his", ["DeSantis"]),
    ("Narendra Modi and his wife left Delhi.", "his", ["Narendra Modi"]),
    ("As his party lost ground, Boris Johnson resigned.", "his", ["Boris Johnson"]),
    ("Peter Obi said he would go to court.", "he", ["Peter Obi"]),
    # it, they
    ("Norway said it would send tents.", "it", ["Norway"]),
    ("Kenya has opened its border with Uganda.", "its", ["Kenya"]),
    ("Bolivia accused Chile of closing its border.", "its", ["Chile"]),
    ("Qatar and Oman said they would help.", "they", ["Qatar", "Oman"]),
    ("Zambia owes billions to China, its biggest creditor.", "its", ["Zambia"]),
    ("Ali Haji's supporters wept outside his house.", "his", ["Ali Haji"]),
    (
        "Ghana votes. Ghana is rich. Ghana's parliament rose. Rain fell. Few came. Prices rose. The country waits.",
        "The country",
        ["Ghana"],
    ),
    ("According to the agreed roadmap, Russia and Belarus will gradually develop policies.", "Belarus", ["Belarus"]),
    ("Albanians vowed to fight until they win.", "they", ["Albanians"]),
    ("A top U.S. official praised Haiti's efforts to improve its record.", "its", ["Haiti"]),
    ("Polish officials closed their road and its bridge.", "its", ["Poland"]),
    ("Peru closed the border. Its army sent troops.", "Its", ["Peru"]),
    ("Nestlé left Peru. Its customers complained.", "Its", ["Nestlé"]),
    ("Peru told Shell that it must leave.", "it", ["Shell"]),
    ("Peru told Shell that it would leave.", "it", ["Peru"]),
    ("Peru urged the World Bank to raise its offer.", "its", ["World Bank"]),
    ("Peru wants Chile to buy its gas.", "its", ["Peru"]),
    ("Chile has a treaty with Bolivia. Peru accused it of fraud.", "it", ["Chile"]),
    ("Honduras and Belize met. They told Mexico that it was late.", "They", ["Honduras", "Belize"]),
    ("Mexico is angry, it said on Friday.", "it", ["Mexico"]),
    ("Mexico lodged a protest; it also recalled its envoy.", "it", ["Mexico"]),
    ("India expelled two envoys after Ottawa said it feared spies.", "it", ["Canada"]),
    ("France, which says it is ready to help, sent a plane.", "it", ["France"]),
    ("Ghana, Togo's neighbour, has closed their border.", "their", ["Ghana", "Togo"]),
    ("Carlos Vega was jailed on Monday. His lawyer said he had paid.", "he", ["Carlos Vega"]),
    ("Maria Lopez met Toral in June. She left the room.", "She", ["Maria Lopez"]),
    ("Pedro Sanz left. Mr Vega apologised to him in Lima, where Luis Rey sat.", "him", ["Pedro Sanz"]),
    ("Its owner's firm, Nordea, sells boats. It has promised to stay.", "It", ["Nordea"]),
    (
        '"No man is free," said Amnesty International. "Rain is bad," said its chief in Lima.',
        "its",
        ["Amnesty International"],
    ),
    ("Peru claims the islands. The World Bank rejected its claim.", "its", ["Peru"]),
    ("Ana Ruiz, who promoted Pedro Vega and praised him twice, left.", "him", ["Pedro Vega"]),
    # clauses and phrases in front, aims, owners
    ("Rain fell on the towns. While Peru and Chile signed texts, they set no date.", "they", ["Peru", "Chile"]),
    ("Ahead of his talks with Boris Johnson, Emmanuel Macron waved.", "his", ["Emmanuel Macron"]),
    ("Boris Johnson left. In his speech, Emmanuel Macron thanked nobody.", "his", ["Emmanuel Macron"]),
    ("Peru says Chile is using the fire as a pretext to close its border.", "its", ["Chile"]),
    ("A plan may increase Peru's influence over its neighbour.", "its", ["Peru"]),
    ("Under the agreed plan, Peru and Chile will gradually unify their taxes.", "their", ["Peru", "Chile"]),
    ("Peru and Chile held six talks, after which Chile shut its border.", "its", ["Chile"]),
    ("Peru holds drills called Unitas. These drills began in May, and NATO opposed them.", "them", ["Unitas"]),
    ("Amnesty International said it had sent tents but that it was short of food.", "it", ["Amnesty International"]),
    ("Kenya spoke. Oslo will raise its share of the cost.", "its", ["Norway"]),
    ("The deal would give Nestlé a factory and reduce its debts.", "its", ["Nestlé"]),
    ("Nestlé got a loan before the trial, in which it won.", "it", ["Nestlé"]),
    ("Peru will release water, and Chile will supply it with gas.", "it", ["Peru"]),
    ("Peru supplies Chile with gas and could ruin it.", "it", ["Chile"]),
    ("Peru claims the reef. A tribunal in Oslo rejected its claim.", "its", ["Peru"]),
    ("Amnesty International accuses Nestlé of fraud and says its members are angry.", "its", ["Amnesty International"]),
    ("Ghana, Togo's neighbour, ended the sanctions that had closed their border.", "their", ["Ghana", "Togo"]),
    ("Maria Lopez fell. Sushil Gurung, a doctor who examined her, said she would live.", "she", ["Maria Lopez"]),
    ("The lawyer of Luis Vega, Juan Rey, said his client would appeal.", "his", ["Juan Rey"]),
    ("Grace Ito died. Mr Ito wept. She was 34.", "She", ["Grace Ito"]),
    ("A minister wept as prosecutors accused her of theft. Grace Ito, 61, said nothing.", "her", ["Grace Ito"]),
    ("Luis Vega met Peru's leader, Juan Rey, and handed him a letter.", "him", ["Juan Rey"]),
    ("Luis Vega wept. Sentencing him, Judge Maria Lopez left.", "him", ["Luis Vega"]),
    ("Estonia waits. A cable carries power from Finland to its southern neighbor.", "its", ["Finland"]),
    ("Northline Apparel, a U.S. retailer that buys a third of its shirts in Peru, left.", "its", ["Northline Apparel"]),
    ("Kenya spends about 40 per cent of its revenue on interest.", "its", ["Kenya"]),
    ("The minister will sell 15 per cent of Safaricom to its South African shareholder.", "its", ["Safaricom"]),
    ("Luis Vega, whom Juan Rey dismissed, has made debt a theme of his campaign.", "his", ["Luis Vega"]),
    ("Luis Vega said that Juan Rey had waved a gun at him.", "him", ["Luis Vega"]),
    ("Luis Vega rejected a truce proposed by envoy Juan Rey, accusing him of bias.", "him", ["Juan Rey"]),
    ("NATO, which is in Kosovo, said its troops were safe.", "its", ["NATO"]),
    ("Kosovo broke away in 2008. Serbia has never recognised it.", "it", ["Kosovo"]),
    ("Peru, which fears that the dam could flood its fields, waits.", "its", ["Peru"]),
    ("Peru and Chile met. The two allies met before Peru used its neighbour's ports.", "its", ["Peru"]),
    # we, our, I
    ('Ghana is poor. Few trust Ghana. "We will pay," Finance Minister Ana Rey said.', "We", ["Ghana"]),
    ('Rain fell, said Maria Lopez of Greenpeace. "We will sue," Lopez said.', "We", ["Greenpeace"]),
    (
        'Maria Lopez, who took over as Nestlé\'s chief executive, will stay. "Nobody buys us," Lopez said.',
        "us",
        ["Nestlé"],
    ),
    (
        'Peru and Chile met. "Water must not divide us," Peruvian President Luis Vega said.',
        "us",
        ["Peru", "Chile"],
    ),
    ('"It is bad," Colombian President Gustavo Petro said. "We reject the deal."', "We", ["Colombia"]),
    ('"We reject the deal," Colombian President Gustavo Petro said.', "We", ["Colombia"]),
    ('"We urge Peru to stop," Amnesty International said.', "We", ["Amnesty International"]),
    ('Boris Johnson waved. "I spoke with President Emmanuel Macron and his aide," he added.', "I", ["Boris Johnson"]),
    (
        'Boris Johnson waved. "I spoke with President Emmanuel Macron and his aide," he added.',
        "his",
        ["Emmanuel Macron"],
    ),
    ('"I will not resign," President Dina Boluarte said in Lima.', "I", ["Dina Boluarte"]),
    ('"Our country is poor," Malawian President Lazarus Chakwera said.', "Our", ["Malawi"]),
    # descriptions
    (
        "Volvo laid off 300 workers in May. The Swedish carmaker blamed its suppliers.",
        "The Swedish carmaker",
        ["Volvo"],
    ),
    ("Volvo and Scania met in Oslo. Both companies blamed costs.", "Both companies", ["Volvo", "Scania"]),
    (
        "Kuwait recalled its envoy and accused Oman of fraud. Neither government spoke.",
        "Neither government",
        ["Kuwait", "Oman"],
    ),
    ("Boris Johnson was fined. Hours later the politician flew to Nice.", "the politician", ["Boris Johnson"]),
    (KISHIDA + "The Japanese leader bowed.", "The Japanese leader", ["Fumio Kishida"]),
    (KISHIDA + "The prime minister bowed.", "The prime minister", ["Fumio Kishida"]),
    ("Hungary left NATO's talks. The alliance regretted it.", "The alliance", ["NATO"]),
    ("Boeing Co hired 50 people. The company pays well.", "The company", ["Boeing Co"]),
    ("King Felipe opened a port in Spain. The kingdom has 46.", "The kingdom", ["Spain"]),
    ("Iran left the 2015 nuclear deal. The deal had been signed in Vienna.", "The deal", ["2015 nuclear deal"]),
    ("Iranian Foreign Minister Ali Salehi said his country would not yield.", "his country", ["Iran"]),
    ("The government in Oslo fell.", "The government", ["Norway"]),
    ("The case went to the High Court in Nairobi. The court will rule in June.", "The court", ["High Court of Kenya"]),
    (
        "The International Monetary Fund lent 5 billion. The Fund gave no date.",
        "The Fund",
        ["International Monetary Fund"],
    ),
    ("Maria Lopez lost in Lima. The 52-year-old will retire.", "The 52-year-old", ["Maria Lopez"]),
    ("Maria Lopez lost to Luis Vega. The mother of three said nothing.", "The mother of three", ["Maria Lopez"]),
    ("Luis Vega left. The former midfielder missed training.", "The former midfielder", ["Luis Vega"]),
    ("Luis Vega met Maria Lopez. The defendant shook her head.", "The defendant", ["Maria Lopez"]),
    ("Luis Vega, an engineer, met Juan Rey. The engineer smiled.", "The engineer", ["Luis Vega"]),
    ("Luis Vega flew to Peru. The Chilean president met nobody.", "The Chilean president", ["Luis Vega"]),
    ("Maria Lopez sat down. The opposition leader, who fled, spoke.", "The opposition leader", ["Maria Lopez"]),
    ("The airline Skyways sued Airbus. The planemaker is late.", "The planemaker", ["Airbus"]),
    ("The Transport Workers Union sued Tesco. The union won.", "The union", ["Transport Workers Union"]),
    ("Fiji asked for help. Luis Vega flew to the island nation of 900,000.", "the island nation of 900,000", ["Fiji"]),
    ("Ghana is dry. China, which built the country's port, left.", "the country", ["Ghana"]),
    ("Fiji asked for help. Luis Vega flew to the archipelago.", "the archipelago", ["Fiji"]),
    ("Norway is rich. Maria Lopez, its envoy, said her country would pay.", "her country", ["Norway"]),
    ("Nestlé praised their cook.", "their", ["Nestlé"]),
    ("Nestlé said they would pay.", "they", ["Nestlé"]),
    ("Peru urged Chile and Bolivia to open their borders.", "their", ["Chile", "Bolivia"]),
    (
        "Boris Johnson met Emmanuel Macron in Paris. It was their fourth meeting.",
        "their",
        ["Boris Johnson", "Emmanuel Macron"],
    ),
    ("Norwegian Prime Minister Erna Solberg said it would help.", "it", ["Norway"]),
    ('"We will sue," said Maria Lopez, who leads the Transport Workers Union.', "We", ["Transport Workers Union"]),
    ('"Our neighbours know," Norwegian Prime Minister Erna Solberg said.', "Our", ["Norway"]),
    ('"Rain is near," Luis Vega said. "Juan Rey knows." He added nothing.', "He", ["Luis Vega"]),
    ("Maria Lopez was born to a miner and a nurse. In 1990 she left.", "she", ["Maria Lopez"]),
    ("Jonas Lindgren left Sweden. The Swede sold his house.", "The Swede", ["Jonas Lindgren"]),
    ("Peru accused Chile of building up its forces.", "its", ["Chile"]),
    ("Chile is rich. Peru, which owes it money, is not.", "it", ["Chile"]),
    (
        "The case reached the High Court. Luis Vega wept. He left. He ate. He slept. He rose. He ran. The court erred.",
        "The court",
        ["High Court"],
    ),
    (
        "President Luis Vega spoke. Rain fell. Few came. Prices rose. Snow fell. Many left. The president slept.",
        "The president",
        ["Luis Vega"],
    ),
    ("Peru and Chile met. The envoy urged both sides to talk and told them to hurry.", "them", ["Peru", "Chile"]),
    ("Peru supplies Chile with all its gas.", "its", ["Chile"]),
    ("Chile is poor. Peru wants it to sell the port.", "it", ["Chile"]),
    ("Canada digs potash, and its customers are waiting.", "its", ["Canada"]),
    ("UBS is rich. It will not take over the fund.", "It", ["UBS"]),
    ("The thief was Luis Vega. He fled.", "He", ["Luis Vega"]),
    ("FINMA fined Banque Ronsard. The bank will pay.", "The bank", ["Banque Ronsard"]),
    ("Luis Vega met Maria Lopez. The former welder smiled at her.", "The former welder", ["Luis Vega"]),
    ("Luis Vega, a broker, met Cardinal Juan Rey. The businessman smiled.", "The businessman", ["Luis Vega"]),
    ("President Luis Vega spoke in Peru. The Peruvian president smiled.", "The Peruvian president", ["Luis Vega"]),
    (
        "Luis Vega left. The Belarusian leader slept. Juan Rey wept. The Belarusian strongman ate.",
        "The Belarusian strongman",
        ["Luis Vega"],
    ),
    ("Peru and Chile met. Chile said its neighbour had lied.", "its neighbour", ["Peru"]),
    ("Luis Vega was fined. Critics accuse the 58-year-old of taking money.", "the 58-year-old", ["Luis Vega"]),
    (
        "Estonia waits. A cable carries power from Finland to its southern neighbor.",
        "its southern neighbor",
        ["Estonia"],
    ),
    (
        "Brazil's president, Luis Vega, won. Ana Rey is close to the president, whose party she left.",
        "the president",
        ["Luis Vega"],
    ),
    ("Greg Abbott prayed. The Republican said nothing.", "The Republican", ["Greg Abbott"]),
    ("West Yorkshire Police opened an inquiry. The force found a yacht.", "The force", ["West Yorkshire Police"]),
    (
        "Eli Remolona is governor of the Bank of Manila. Aero sued the central bank.",
        "the central bank",
        ["Bank of Manila"],
    ),
    ("Ghana is poor. Few trust Ghana. The government has resigned.", "The government", ["Ghana"]),
    ("Moody's met the International Monetary Fund. The rating agency cut Peru.", "The rating agency", ["Moody's"]),
    (
        "Kamau Thugge, governor of the Bank of Lusaka, said his institution had gold.",
        "his institution",
        ["Bank of Lusaka"],
    ),
    ("Ghana is poor. Few trust Ghana. Ana Rey has often sued the state.", "the state", ["Ghana"]),
    ("Trucks went to Lima on Monday. Food is short in the city.", "the city", ["Lima"]),
    ("The drills, known as Union Shield, began in Peru.", "The drills", ["Union Shield"]),
    ("Maria Lopez fell. When Luis Vega saw her, he ran. The guide saved her.", "The guide", ["Luis Vega"]),
    ("The ruling is a triumph for Maria Lopez. The Danish politician wept.", "The Danish politician", ["Maria Lopez"]),
    ("The International Monetary Fund met. Peru said the Fund had paid.", "the Fund", ["International Monetary Fund"]),
    ("Rain fell in Lima. Crowds marched from the south of the capital.", "the capital", ["Lima"]),
    (
        "Indian Prime Minister Narendra Modi said his country would help its neighbor. Nepal waits.",
        "his country",
        ["India"],
    ),
    ("Nepal is poor. India will help its neighbor.", "its neighbor", ["Nepal"]),
    ("Nepal is poor. Experts say the Himalayan nation has no law.", "the Himalayan nation", ["Nepal"]),
    (
        "Denmark's Svend Freight fell. Japan's Hoku Freight said it would buy the Danish shipper.",
        "the Danish shipper",
        ["Svend Freight"],
    ),
    ("Kenya will join. The Kenyan side announced a date.", "The Kenyan side", ["Kenya"]),
    ("French president vows reform. French President Emmanuel Macron spoke.", "French president", ["Emmanuel Macron"]),
    ("Chile said Peru had sent ships to Chile in order to guard the country's ports.", "the country", ["Chile"]),
    ("Unitas-2021 began in Lima. Peru sent 200 men to this exercise.", "this exercise", ["Unitas-2021"]),
    ("Cold-2026 is like Unitas-2021. Ships came for Unitas-2021. The drills end soon.", "The drills", ["Unitas-2021"]),
    ("Chile is rich. Peru has let Chile use its port.", "its", ["Peru"]),
    # groups
    (
        "Estonia's Kaja Kallas spoke after meeting Boris Johnson. The two leaders smiled.",
        "The two leaders",
        ["Kaja Kallas", "Boris Johnson"],
    ),
    (KISHIDA + "The two leaders smiled.", "The two leaders", ["Fumio Kishida", "Yoon Suk Yeol"]),
    (
        "Antony Blinken spoke by phone with his Philippine counterpart, Enrique Manalo. The two men will meet.",
        "The two men",
        ["Antony Blinken", "Enrique Manalo"],
    ),
    (KISHIDA + "The pair smiled.", "The pair", ["Fumio Kishida", "Yoon Suk Yeol"]),
    (KISHIDA + "Neither leader smiled.", "Neither leader", ["Fumio Kishida", "Yoon Suk Yeol"]),
    (KISHIDA + "Both smiled.", "Both", ["Fumio Kishida", "Yoon Suk Yeol"]),
    ("Manila and Hanoi signed an accord. Both countries claim the reef.", "Both countries", ["Philippines", "Vietnam"]),
    ("Hungarian and Romanian officials met as their countries quarrelled.", "their countries", ["Hungary", "Romania"]),
]

UNRESOLVED = [
    ("Nestlé has told growers they will be paid.", "they"),
    ("Nestlé told growers their farms would be sold.", "their"),
    ("The minister said he was ill. Emmanuel Macron left.", "he"),  # somebody unnamed
    ("It is clear that Norway won.", "It"),  # stands for nothing
    ("Norway won. It seems that snow fell.", "It"),
    ("Reporters asked and they waited.", "they"),
    ("The leaders of Poland and Latvia met. The two German ministers did not.", "The two German ministers"),
    ("The company closed.", "The company"),
    ("Rain fell in Lima. The fund will raise the capital in May.", "the capital"),
    ("A jury convicted a deputy for shooting a driver on his way. Luis Vega, 44, wept.", "his"),
    ("Crowds in Ghana left. Ghana wept. He flew to Washington. Cars stood in the capital.", "the capital"),
    ("Trucks went from Lima to Quito. Food is short in the city.", "the city"),
    ("CGT called a strike. Crowds stood outside the central bank.", "the central bank"),
    ("Unitas-2021 began in Lima. The 2017 drills were longer.", "The 2017 drills"),
    ("Peru won. The Kenyan side of the road is wet.", "The Kenyan side"),
    ("The new president of Peru spoke.", "The new president of Peru"),
    ("Poland, Latvia and Estonia met. The two countries agreed.", "The two countries"),
    ('"We did our best," a nurse said.', "We"),
    ("Tata Motors will buy the security company Wiz.", "the security company"),
    ("Norway lent money to a bank. Its customers complained.", "Its"),  # a country has none
    ("A spokesman for the ministry said that it had paid. Norway won.", "it"),
    ("Carlos Vega met the activist in Lima.", "the activist"),
    ("Luis Vega wept. Juan Rey, an adviser to the supreme leader, left.", "the supreme leader"),
    ("Ghana votes in May. It is the only country that does.", "the only country"),
    ("Vice President Luis Vega spoke. The president slept.", "The president"),
    ("A teacher fled. Carlos Vega wept. The teacher was found.", "The teacher"),
    ("Carlos Vega wept. The third-placed candidate, the painter Ana Rey, left.", "The third-placed candidate"),
    ("Jon Holder, who leads the union, asked its members to wait. Boeing paid.", "its"),
]


@pytest.mark.parametrize(("text", "quote", "names"), RESOLVED)
def test_resolved(naming: Language, text: str, quote: str, names: list[str]) -> None:
    assert resolved(naming, text, quote) == names


@pytest.mark.parametrize(("text", "quote"), UNRESOLVED)
def test_better_unresolved_than_wrong(naming: Language, text: str, quote: str) -> None:
    assert resolved(naming, text, quote) == []


def test_pronoun_does_not_reach_over_many_sentences(naming: Language) -> None:
    filler = "Rain fell. Wind blew. Trees fell. Roads closed. "
    assert resolved(naming, f"Boris Johnson visited Chile. {filler}He left.", "He") == []


def test_pronoun_teaches_the_gender(naming: Language) -> None:
    doc = naming("Ngozi Okonjo-Iweala said she would retire.")
    assert doc._.kg_entities[0].gender == "f"


def test_scores_tell_names_from_guesses(naming: Language) -> None:
    doc = naming("Norway said it would send tents. Qatar and Oman met. The two countries agreed.")
    scores = {doc[m.start : m.end].text: m.score for m in doc._.kg_mentions}
    assert scores["Norway"] == 1.0
    assert all(0.5 <= scores[words] < 1.0 for words in ("it", "The two countries"))


def test_threshold_leaves_guesses_out(model: Language) -> None:
    from kg.annotate.coref.component import Resolver
    from kg.annotate.layers import declare_extensions
    from kg.annotate.names.component import EntityFinder

    declare_extensions()
    doc = EntityFinder(model)(model("Norway said it would send tents."))
    assert [doc[m.start : m.end].text for m in Resolver(threshold=0.99).predict(doc).mentions] == ["Norway"]
    assert [doc[m.start : m.end].text for m in Resolver().predict(doc).mentions] == ["Norway", "it"]


def test_possessive_completes_a_title(naming: Language) -> None:
    doc = naming("Hungary's Viktor Orban slept. His foreign minister, Peter Szijjarto, flew to Oslo.")
    (title,) = doc._.kg_titles
    assert doc._.kg_entities[title.of].name == "Hungary"
    assert doc._.kg_entities[doc._.kg_entities[title.person].country].name == "Hungary"


def test_mentions_stay_in_text_order(naming: Language) -> None:
    doc = naming(KISHIDA + "The two leaders said they would meet again. Their countries trade.")
    starts = [m.start for m in doc._.kg_mentions]
    assert starts == sorted(starts)


def test_who_acts_is_not_acted_on_by_another_mention(naming: Language) -> None:
    text = "Ana Toral praised Luis Ferran. Per Sund, who was 22 when he won the cup, congratulated him in Oslo."
    assert resolved(naming, text, "him") != ["Per Sund"]
