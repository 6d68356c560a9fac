"""Which claims are one event, on what they agree, and what they dispute."""

from datetime import date

import pytest
from graph_records import ORGANIZATION, PERSON, PLACE, Article

from kg.config import Settings
from kg.fuse import fuse
from kg.fuse.sources import Record
from kg.lexicon import load_lexicon
from kg.model import DisputeKind, EntityValue, Modality, Polarity, Quantity, TimeValue

NEGATED = Polarity.NEGATED


def world(*articles):
    return fuse([Record(*article.record()) for article in articles], lexicon=load_lexicon(), settings=Settings())


def article(text, *, day=1, month=3, year=2023, publisher=None, names=(), **more):
    made = Article(
        text, published=date(year, month, day), publisher=publisher, path=f"{day}{month}{year}{text[:30]}", **more
    )
    for name in ("Kenya", "Peru", "Norway", "Ghana", *names):
        if name in text:
            made.name(name)
    return made


def met(text, *, when=None, polarity=Polarity.AFFIRMED, trigger="met", topic=None, **more):
    made = article(text, **more)
    roles = [*made.who("participant", *(n for n in ("Kenya", "Peru", "Norway") if n in text))]
    if when:
        roles.append(made.when("begin", *when))
    if topic:
        roles.append(made.words("topic", topic))
    made.claim("Meet", trigger, *roles, polarity=polarity)
    return made


def lent(text, amount, *, agents=("Kenya",), recipients=("Peru",), modality=Modality.ACTUAL, **more):
    made = article(text, **more)
    roles = (*made.who("agent", *agents), *made.who("recipient", *recipients))
    if amount:
        words, values = amount
        roles += (
            made.money("amount", words, values) if isinstance(values, str) else made.money("amount", words, **values),
        )
    made.claim("Lend", "lent", *roles, modality=modality, rule="Lend/lend")
    return made


def test_headline_lead_and_later_paragraph_are_one_event():
    found = world(
        met("Kenya met Peru", day=2),
        met("Kenya met Peru on Wednesday.", when=("on Wednesday", "2023-03-01"), day=2),
        met("In March Peru met Kenya for talks on fish.", when=("In March", "2023-03"), topic="fish", day=4),
    )
    (event,) = found.events
    assert len(event.claims) == 3
    assert {role.name for _, _, role in event.roles} == {"participant", "begin", "topic"}
    begin = next(role.value for _, _, role in event.roles if role.name == "begin")
    assert isinstance(begin, TimeValue)
    assert begin.lexical == "2023-03-01"
    assert (event.earliest, event.latest, event.disputed) == (date(2023, 3, 1), date(2023, 3, 1), False)


def test_meetings_of_two_years_are_two_events():
    assert len(world(met("Kenya met Peru.", year=2021), met("Kenya met Peru.", year=2023)).events) == 2
    dated = (
        met("Kenya met Peru in 2021.", when=("in 2021", "2021")),
        met("Kenya met Peru in 2022.", when=("in 2022", "2022")),
    )
    assert len(world(*dated).events) == 2


def drill(lexical, words, **more):
    made = article(f"Kenya and Peru held Red Crane {words}.", **more).name("Red_Crane", kind="kg:NamedEvent")
    made.claim(
        "Exercise",
        "held",
        *made.who("participant", "Kenya", "Peru"),
        *made.who("theme", "Red_Crane"),
        made.when("begin", words, lexical),
    )
    return made


def test_rival_first_days_of_a_named_exercise_are_a_dispute_and_yearly_ones_are_two():
    found = world(drill("2022-08-01", "on Monday", publisher="A"), drill("2022-08-02", "on Tuesday", publisher="B"))
    assert len(found.events) == 1
    (dispute,) = found.disputes
    assert (dispute.role, dispute.kind) == ("begin", DisputeKind.DIFFERENT_VALUE)
    assert (found.events[0].earliest, found.events[0].latest) == (date(2022, 8, 1), date(2022, 8, 2))
    assert (
        len(world(drill("2022-08", "in August", publisher="A"), drill("2023-08", "in August", year=2023)).events) == 2
    )


def test_other_topics_do_not_make_another_meeting():
    talks = [met(f"Kenya met Peru over {topic}.", topic=topic) for topic in ("cod quotas", "port fees")]
    assert len(world(*talks).events) == 1


def agreed(text, topic, *, polarity=Polarity.AFFIRMED, **more):
    made = article(text, **more)
    made.claim(
        "Agree", "agree", *made.who("participant", "Kenya", "Peru"), made.words("topic", topic), polarity=polarity
    )
    return made


def test_denied_and_affirmed_agreement_are_one_disputed_event():
    found = world(
        agreed("Kenya and Peru agree on a common tariff.", "a common tariff", publisher="A"),
        agreed(
            "Kenya and Peru did not agree on the common tariff.", "the common tariff", polarity=NEGATED, publisher="B"
        ),
    )
    (event,) = found.events
    assert (event.polarity, event.disputed) == (Polarity.AFFIRMED, True)
    (dispute,) = found.disputes
    assert (dispute.role, dispute.kind, set(dispute.claims)) == ("polarity", DisputeKind.DENIED, set(event.claims))


def test_agreement_that_was_not_reached_is_an_event_of_its_own():
    found = world(
        agreed("Kenya and Peru agree on a common tariff.", "a common tariff"),
        agreed("Kenya and Peru did not agree on one army.", "one army", polarity=NEGATED),
    )
    assert sorted(event.polarity for event in found.events) == ["affirmed", "negated"]
    assert found.disputes == ()


def test_wish_is_not_the_deed():
    found = world(
        lent("Kenya lent Peru $5m.", ("$5m", "5000000")),
        lent("Peru hopes to be lent $5m by Kenya.", ("$5m", "5000000"), modality=Modality.DESIRED),
    )
    assert sorted(event.modality for event in found.events) == ["actual", "desired"]


def test_rival_amounts_are_one_loan_and_far_ones_two():
    found = world(
        lent("Kenya lent Peru $630m.", ("$630m", "630000000")),
        lent("Kenya lent Peru up to $640m.", ("$640m", {"maximum": "640000000"}), modality=Modality.PLANNED),
        lent("Earlier Kenya lent Peru $1.5bn.", ("$1.5bn", "1500000000")),
    )
    assert sorted(len(event.claims) for event in found.events) == [1, 2]
    (dispute,) = found.disputes
    assert (dispute.role, dispute.kind, len(dispute.values)) == ("amount", DisputeKind.BOUNDS, 2)


def test_own_conversion_is_no_dispute():
    made = article("Kenya lent Peru $5m (650m KES).")
    made.claim(
        "Lend",
        "lent",
        *made.who("agent", "Kenya"),
        *made.who("recipient", "Peru"),
        made.money("amount", "$5m", "5000000"),
        made.money("amount", "650m KES", "650000000", currency="KES"),
    )
    found = world(made, lent("Kenya lent Peru $5m.", ("$5m", "5000000"), day=2))
    (event,) = found.events
    amounts = [role.value for _, _, role in event.roles if role.name == "amount"]
    assert sorted(a.currency for a in amounts if isinstance(a, Quantity)) == ["KES", "USD"]
    assert found.disputes == ()


def test_other_lender_is_a_dispute_on_the_agent():
    found = world(
        lent("Kenya lent Peru $5m.", ("$5m", "5000000"), publisher="A"),
        lent("Kenya and Ghana lent Peru $5m.", ("$5m", "5000000"), agents=("Kenya", "Ghana"), publisher="B"),
    )
    (event,), (dispute,) = found.events, found.disputes
    assert (dispute.role, dispute.kind) == ("agent", DisputeKind.DIFFERENT_VALUE)
    assert [role.value.key for _, _, role in dispute.values if isinstance(role.value, EntityValue)] == ["Ghana"]
    assert {role.value.key for _, _, role in event.roles if role.name == "agent"} == {"Kenya"}


def test_claim_without_agent_joins_only_where_it_is_unambiguous():
    bare = lent("Peru was lent $5m.", ("$5m", "5000000"), agents=(), day=3)
    one = lent("Kenya lent Peru $5m.", ("$5m", "5000000"))
    two = lent("Norway lent Peru $5m.", ("$5m", "5000000"), agents=("Norway",))
    assert sorted(len(event.claims) for event in world(one, bare).events) == [2]
    assert sorted(len(event.claims) for event in world(one, two, bare).events) == [1, 1, 1]


def test_claim_that_names_the_theme_alone_joins_its_event():
    alone = article("Red Crane drew 900 soldiers.", day=2).name("Red_Crane", kind="kg:NamedEvent")
    alone.claim("Exercise", "drew", *alone.who("theme", "Red_Crane"), alone.number("count", "900 soldiers", "900"))
    (event,) = world(drill("2023-03", "in March"), alone).events
    assert len(event.claims) == 2
    assert {role.name for _, _, role in event.roles} == {"participant", "theme", "begin", "count"}


def test_plan_and_deed_need_a_link():
    deed = lent("For years Kenya lent Peru money.", None)
    plan = lent("By May $5m will be lent to Peru by Kenya.", ("$5m", "5000000"), modality=Modality.PLANNED)
    done = lent("Kenya lent Peru $5m.", ("$5m", "5000000"), day=2)
    assert len(world(deed, plan).events) == 2
    (event,) = world(plan, done).events
    assert event.modality is Modality.ACTUAL


def test_matter_without_parties_denies_nothing():
    made = []
    for words, polarity in (("A union is near", Polarity.AFFIRMED), ("No union is near", NEGATED)):
        one = article(f"{words}, and that is all.")
        one.claim("Agree", "near", one.words("topic", "union"), polarity=polarity)
        made.append(one)
    found = world(*made)
    assert (len(found.events), found.disputes) == (2, ())


def test_two_matters_that_were_not_discussed_are_two_events():
    made = []
    for topic in ("cod quotas", "port fees"):
        one = article(f"Kenya and Peru did not discuss {topic}.")
        one.claim(
            "Negotiate",
            "discuss",
            *one.who("participant", "Kenya", "Peru"),
            one.words("topic", topic),
            polarity=NEGATED,
        )
        made.append(one)
    assert len(world(*made).events) == 2


def president(name, country):
    made = article(f"President {name} of {country} rose.").name(name.replace(" ", "_"), kind=PERSON)
    made.claim("HoldOffice", "President", *made.who("agent", name.replace(" ", "_")), *made.who("recipient", country))
    return made


def test_president_acts_for_the_country():
    talks = article("Ada Mwangi met Peru.", day=2).name("Ada_Mwangi", kind=PERSON)
    talks.claim("Meet", "met", *talks.who("participant", "Ada_Mwangi", "Peru"))
    found = world(president("Ada Mwangi", "Kenya"), talks, met("Kenya met Peru."))
    (event,) = (event for event in found.events if event.event_type == "Meet")
    assert len(event.claims) == 2
    assert {role.value.key for _, _, role in event.roles} == {"Kenya", "Peru"}


def test_parties_are_all_persons_or_none():
    peru, kenya = president("Luis Quispe", "Peru"), president("Ada Mwangi", "Kenya")
    talks = article("Ada Mwangi met Luis Quispe.", day=2)
    for name in ("Ada_Mwangi", "Luis_Quispe"):
        talks.name(name, kind=PERSON)
    talks.claim("Meet", "met", *talks.who("participant", "Ada_Mwangi", "Luis_Quispe"))
    found = world(peru, kenya, talks, met("Kenya met Peru."))
    (event,) = (event for event in found.events if event.event_type == "Meet")
    assert {role.value.key for _, _, role in event.roles} == {"Ada_Mwangi", "Luis_Quispe"}
    assert found.disputes == ()


def test_two_ministers_of_one_country_have_two_meetings():
    offices = [president("Ada Mwangi", "Kenya"), president("Joe Ouma", "Kenya")]
    talks = []
    for name in ("Ada Mwangi", "Joe Ouma"):
        made = article(f"{name} met Peru.", day=2).name(name.replace(" ", "_"), kind=PERSON)
        made.claim("Meet", "met", *made.who("participant", name.replace(" ", "_"), "Peru"))
        talks.append(made)
    assert sum(event.event_type == "Meet" for event in world(*offices, *talks).events) == 2


def said(content, *, day=1):
    made = article(f"Ada Mwangi said {content}.", day=day).name("Ada_Mwangi", kind=PERSON)
    made.claim("Say", "said", *made.who("agent", "Ada_Mwangi"), made.words("content", content))
    return made


def test_one_saying_told_twice_is_one_event_and_another_one_is_not():
    found = world(said("the port will close"), said("the port will close", day=2), said("taxes must fall", day=2))
    assert sorted(len(event.claims) for event in found.events) == [1, 2]


def test_state_holds_whenever_it_is_told():
    made = []
    for year in (2019, 2023):
        one = article("Kenya borders Peru.", year=year)
        one.claim("Border", "borders", *one.who("participant", "Kenya", "Peru"))
        made.append(one)
    assert len(world(*made).events) == 1


@pytest.mark.parametrize(
    ("first", "second", "events"), [("Kestrel-30", "Kestrel-30MK", 1), ("Kestrel-30", "Heron-9", 2)]
)
def test_variants_of_one_product_are_compatible(first, second, events):
    made = []
    for product in (first, second):
        one = article(f"Kenya sold Peru {product} jets.").name(f"{product}_other", product, kind="kg:Product")
        one.claim(
            "Sell",
            "sold",
            *one.who("agent", "Kenya"),
            *one.who("recipient", "Peru"),
            *one.who("theme", f"{product}_other"),
        )
        made.append(one)
    assert len(world(*made).events) == events


def test_acts_need_the_same_predicate():
    made = article("Kenya advised Peru, and Kenya mocked Peru.")
    for verb, predicate in (("advised", "advise"), ("mocked", "mock")):
        made.claim(
            "Act", verb, *made.who("agent", "Kenya"), *made.who("theme", "Peru"), predicate=predicate, confidence="0.95"
        )
    found = world(made)
    assert len(found.events) == 2
    assert {s.predicate for s in found.statements} == {
        "https://w3id.org/kg-news/rel/advise",
        "https://w3id.org/kg-news/rel/mock",
    }


def test_copies_and_cited_outlets_count_once():
    copy_text = " ".join(f"word{i}" for i in range(80))
    first = lent(f"Kenya lent Peru $5m. {copy_text}", None, publisher="Quay Weekly")
    copied = lent(f"Kenya lent Peru $5m! {copy_text}", None, publisher="Dockside", day=2)
    cited = article("Quay Weekly reported that Kenya lent Peru $5m.", publisher="The Fjord Times", day=3)
    cited.name("Quay_Weekly", kind=ORGANIZATION)
    given = {"attributed_to": ("Quay_Weekly",), "rule": "Lend/lend"}
    cited.claim("Lend", "lent", *cited.who("agent", "Kenya"), *cited.who("recipient", "Peru"), **given)
    found = fuse(
        [Record(*a.record(), sketch_of(a)) for a in (first, copied, cited)], lexicon=load_lexicon(), settings=Settings()
    )
    (event,), (statement,) = found.events, found.statements
    assert (len(event.claims), event.source_count, statement.source_count) == (3, 1, 1)
    assert not statement.attributed_only


@pytest.mark.parametrize("copied", [True, False])
def test_what_is_printed_again_weeks_later_is_the_event_of_its_original(copied):
    words = " ".join(f"word{i}" for i in range(80))
    first = lent(f"Kenya lent Peru $5m. {words}", None, publisher="Quay Weekly")
    again = lent(f"Kenya lent Peru $5m! {words if copied else words[::-1]}", None, publisher="Dockside", day=28)
    records = [Record(*a.record(), sketch_of(a)) for a in (first, again)]
    found = fuse(records, lexicon=load_lexicon(), settings=Settings())
    assert len(found.events) == (1 if copied else 2)


def sketch_of(made):
    from kg.fuse.signature import sketch

    return sketch(made.document.text)


def test_places_are_no_dispute():
    made = []
    for place in ("Oslo", "Bergen"):
        one = article(f"Kenya met Peru in {place}.").name(place, kind=PLACE)
        one.claim("Meet", "met", *one.who("participant", "Kenya", "Peru"), *one.who("place", place))
        made.append(one)
    (event,) = world(*made).events
    assert {role.name for _, _, role in event.roles} == {"participant"}
    assert not event.disputed


def series(text, since, **more):
    made = article(text, **more)
    count = made.number("count", "sixth" if "sixth" in text else "six", "6", unit="meeting")
    made.claim("Meet", "meeting", *made.who("participant", "Kenya", "Peru"), count, made.when("begin", *since))
    return made


def test_since_when_meetings_are_counted_is_a_dispute_apart_from_the_meeting():
    found = world(
        met("Kenya met Peru on Wednesday.", when=("on Wednesday", "2023-03-01"), day=2),
        series("Kenya and Peru held their sixth meeting this year.", ("this year", "2023"), day=2, publisher="A"),
        series("Kenya and Peru held six meetings since August.", ("August", "2022-08"), day=3, publisher="B"),
    )
    assert sorted(len(event.claims) for event in found.events) == [1, 2]
    (dispute,) = found.disputes
    assert (dispute.role, dispute.kind, len(dispute.claims)) == ("begin", DisputeKind.DIFFERENT_VALUE, 2)


def test_one_voice_does_not_contradict_itself():
    made = article("Kenya and Ghana lent Peru $5m, so Kenya lent Peru $5m.")
    for agents in (("Kenya", "Ghana"), ("Kenya",)):
        roles = (*made.who("agent", *agents), *made.who("recipient", "Peru"), made.money("amount", "$5m", "5000000"))
        made.claim("Lend", "lent", *roles)
    found = world(made)
    assert (len(found.events), found.disputes) == (1, ())


def test_the_talks_of_a_report_are_those_that_it_tells_of():
    made = article("After the talks Kenya and Peru were silent. Kenya met Peru.")
    made.claim("Negotiate", "talks")
    made.claim("Meet", "met", *made.who("participant", "Kenya", "Peru"))
    elsewhere = article("After the talks Norway was silent.", day=2)
    elsewhere.claim("Negotiate", "talks")
    assert sorted(len(event.claims) for event in world(made, elsewhere).events) == [1, 2]


def test_claims_of_one_party_may_share_the_event_of_two():
    whole = met("Kenya met Peru on Wednesday.", when=("on Wednesday", "2023-03-01"), day=2)
    halves = [met(f"{name} had talks.", trigger="talks", day=2) for name in ("Kenya", "Peru")]
    (event,) = world(whole, *halves).events
    assert (len(event.claims), event.disputed) == (3, False)


def test_signatories_whom_a_headline_leaves_out_are_no_dispute():
    both = article("Kenya and Peru signed the Lake Treaty.", day=1, names=("Lake Treaty",))
    one = article("Kenya signs Lake Treaty", day=2, names=("Lake Treaty",))
    for made, agents in ((both, ("Kenya", "Peru")), (one, ("Kenya",))):
        made.claim("Sign", "sign", *made.who("agent", *agents), *made.who("theme", "Lake Treaty"))
    found = world(both, one)
    (event,) = found.events
    assert [r.value.key for _, _, r in event.roles if r.name == "agent"] == ["Kenya", "Peru"]
    assert found.disputes == ()


def killed(text, toll, *, day, **more):
    made = article(text, day=day, names=("Tacna",), **more)
    made.claim(
        "Death",
        "killed",
        *made.who("place", "Tacna"),
        made.number("count", *toll),
        made.when("begin", "Monday", "2023-02-27"),
    )
    return made


@pytest.mark.parametrize(
    ("tolls", "disputed", "told"),
    [
        # day of the report, words, number
        ([(1, "40 people", "40"), (2, "71 people", "71"), (4, "80 people", "80")], False, "80"),
        ([(1, "71 people", "71"), (2, "40 people", "40")], True, None),
        ([(1, "40 people", "40"), (1, "71 people", "71")], True, None),
        ([(1, "40 people", "40"), (2, "71 people", "71"), (2, "90 people", "90")], True, None),
    ],
)
def test_tolls_that_rise_are_news_and_others_are_disputed(tolls, disputed, told):
    made = [
        killed(f"In Tacna a quake killed {words} on Monday, paper {n} said.", (words, number), day=day)
        for n, (day, words, number) in enumerate(tolls)
    ]
    found = world(*made)
    (event,) = found.events
    assert bool(found.disputes) is disputed
    assert [str(r.value.value) for _, _, r in event.roles if r.name == "count"] == ([told] if told else [])


def sold(text, words, day):
    made = article(text, day=day)
    made.claim("Sell", "sold", *made.who("agent", "Kenya"), *made.who("recipient", "Peru"), made.words("theme", words))
    return made


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("12 helicopters", "14 helicopters", DisputeKind.DIFFERENT_VALUE),
        ("12 helicopters", "up to 14 helicopters", DisputeKind.BOUNDS),
        ("40 tonnes of medicine", "55 tons of medicine", DisputeKind.DIFFERENT_VALUE),
        ("40 tonnes of medicine", "40 tons of medicine", None),
        ("100 km of cable", "62 miles of cable", None),
        ("about 12 helicopters", "12 helicopters", None),
    ],
)
def test_things_are_counted_in_words(first, second, kind):
    found = world(sold(f"Kenya sold Peru {first}.", first, 1), sold(f"Kenya sold {second} to Peru.", second, 2))
    assert len(found.events) == 1
    assert [(d.role, d.kind) for d in found.disputes] == ([("theme", kind)] if kind else [])


@pytest.mark.parametrize(
    ("topics", "agreed"),
    [
        (("unified currency", "the creation of a single currency", "a common currency"), "unified currency"),
        (("28 programmes unifying their markets", "28 road maps"), "28 road maps"),
        (("common tariffs", "a common tariff", "the common tariff"), "a common tariff"),
        (("fish quotas", "port fees"), None),
    ],
)
def test_words_to_which_others_only_add_are_agreed_on(topics, agreed):
    made = [
        met("Kenya met Peru on Wednesday over " + topic, when=("on Wednesday", "2023-03-01"), topic=topic, day=day)
        for day, topic in enumerate(topics, 1)
    ]
    (event,) = world(*made).events
    assert [r.value.text for _, _, r in event.roles if r.name == "topic"] == ([agreed] if agreed else [])
