from collections import Counter
from pathlib import Path

from kg.lexicon.check import check_lexicon
from kg.lexicon.load import load_lexicon, read_lexicon

FREIGHT = Path(__file__).parent.parent / "data" / "lexicon" / "freight.toml"


def test_silent_triggers_are_listed():
    report = check_lexicon(read_lexicon([FREIGHT]), Counter({"Berth/berth": 3}), Counter())
    assert (report.triggers, report.fired) == (3, 1)
    assert report.silent == ("Berth/berth-2", "Convoy/convoy")


def test_rules_of_no_trigger_are_told_apart():
    report = check_lexicon(read_lexicon([FREIGHT]), Counter({"clause/verb": 9, "Berth/dock": 0}), Counter())
    assert report.unknown == ("clause/verb",)


def test_frequent_acts_come_first_and_rare_ones_not_at_all():
    acts = Counter({"unload": 2, "tow_to": 7, "anchor": 2, "drift": 1})
    report = check_lexicon(read_lexicon([FREIGHT]), Counter(), acts)
    assert report.candidates == (("tow_to", 7), ("anchor", 2), ("unload", 2))
    assert check_lexicon(read_lexicon([FREIGHT]), Counter(), acts, limit=1).candidates == (("tow_to", 7),)


def test_report_for_people():
    report = check_lexicon(read_lexicon([FREIGHT]), Counter({"Berth/berth": 3}), Counter({"tow_to": 7, "unload": 2}))
    assert report.text(top=1).splitlines() == [
        "1 of 3 triggers fired",
        "",
        "untyped predicates that deserve an entry:",
        "       7  tow_to",
        "",
        "never fired, of your packs:",
        "  Berth/berth-2",
        "  Convoy/convoy",
    ]


def test_silent_triggers_of_our_own_packs_are_listed_up_to_a_number():
    report = check_lexicon(load_lexicon([FREIGHT]), Counter({"Berth/berth": 3, "Berth/berth-2": 1}), Counter())
    assert report.own == ("Convoy/convoy",)
    shown = report.text(top=2).splitlines()
    assert shown[2:6] == ["never fired, of your packs:", "  Convoy/convoy", "", "never fired, of kg's packs:"]
    assert shown[6:] == [f"  {report.silent[0]}", f"  {report.silent[1]}", f"  and {len(report.silent) - 3:,} more"]
