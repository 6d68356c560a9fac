import json

from rdflib import Graph
from validate_records import TYPES, broken, sound

from kg.lexicon import load_lexicon
from kg.validate import report_json, report_text, validate_document, validate_graph


def test_text_of_a_conforming_graph_counts_focus_nodes_by_shape():
    lines = report_text(validate_document(sound(), TYPES, load_lexicon())).splitlines()
    assert lines[0].startswith("conforms: 14 focus nodes checked by 8 of ")
    assert lines[0].endswith("0 violations, 0 warnings, 0 notes")
    assert any(line.split() == ["kg:ClaimShape", "2"] for line in lines)
    assert any(line.startswith("checked nothing: ") and "kg:DisputeShape" in line for line in lines)


def test_text_of_a_broken_graph_names_node_path_value_message_and_shape():
    report = validate_document(broken('schema:currency "USD"', 'schema:currency "dollar"'), TYPES, load_lexicon())
    text = report_text(report)
    assert text.startswith("does not conform: ")
    assert text.splitlines()[-1] == (
        "Violation: qty:q1, path schema:currency, value dollar: A sum of money has exactly one schema:currency, "
        "three capital letters (ISO 4217). [kg:MoneyShape-currency]"
    )


def test_text_says_when_nothing_was_checked():
    assert report_text(validate_graph(Graph(), load_lexicon())).startswith("nothing was checked: 0 focus nodes")


def test_long_lists_are_cut_in_text_only():
    graph = broken('prov:wasGeneratedBy run:r ; kg:polarity kg:affirmed ; kg:modality kg:actual ; kg:confidence 0.9 ;\n    kg:rule "Meet/meet" .', 'kg:via "a" .')  # fmt: skip
    report = validate_document(graph, TYPES, load_lexicon())
    assert len(report.results) > 3
    assert report_text(report, limit=1).splitlines()[-1] == f"and {len(report.results) - 1} more"
    assert len(json.loads(report_json(report))["results"]) == len(report.results)


def test_json_has_everything():
    content = json.loads(report_json(validate_document(sound(), TYPES, load_lexicon())))
    assert content["conforms"] is True
    assert content["verdict"] == "conforms"
    assert content["focus_nodes"]["https://w3id.org/kg-news/ns#ClaimShape"] == 2
    assert content["results"] == []
