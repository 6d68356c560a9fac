from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.query import list_queries, load_query, parse_query, query_catalogue

TEXT = """\
#+ title: Ferries
#+ description: Which ferries
#+   run where.
#+ param: port (entity) The port.
#+ param: minimum (integer; default 2) At least so many.
#+ param: until (date, last day) Not after.
#+ column: ferry The ferry.
# an ordinary comment
SELECT DISTINCT ?ferry ?port ?minimum ?until WHERE { ?ferry ?p ?port }
"""


def test_a_header_is_read() -> None:
    query = parse_query(TEXT, name="ferries")
    assert (query.title, query.description) == ("Ferries", "Which ferries run where.")
    assert [(p.name, p.type, p.default, p.last_day) for p in query.params] == [
        ("port", "entity", None, False),
        ("minimum", "integer", "2", False),
        ("until", "date", None, True),
    ]
    assert [(c.name, c.text) for c in query.columns] == [("ferry", "The ferry.")]


def test_a_query_without_a_header_is_a_query() -> None:
    query = parse_query("ASK { ?s ?p ?o }", name="standard input")
    assert (query.title, query.params, query.columns, query.where) == ("", (), (), "standard input")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("#+ param: port The port.", "x line 1: the parameter 'port The port.' cannot be read"),
        ("#+ param: port (harbour) The port.", "TYPE is one of entity, class, property, iri, date"),
        ("#+ column: ferry", "x line 1: the column 'ferry' cannot be read. Write 'NAME text'."),
        ("#+ Ferries of the north", "the header begins with '#+ Ferries of the north'"),
    ],
)
def test_a_broken_header_is_refused_with_its_line(line: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse_query(f"{line}\nASK {{}}", name="x")
    assert message in str(caught.value)


def test_queries_are_loaded_by_name_and_by_path(tmp_path: Path) -> None:
    assert load_query("timeline").path == next(q.path for q in list_queries() if q.name == "timeline")
    (tmp_path / "ferries.rq").write_text("\ufeff" + TEXT, encoding="utf-8")
    assert load_query(tmp_path / "ferries.rq").title == "Ferries"


def test_an_unknown_name_says_what_is_known_and_what_was_meant() -> None:
    with pytest.raises(
        QueryError, match=r"no query named 'timline' \(did you mean 'timeline'\?\); known: agreements, "
    ):
        load_query("timline")


def test_a_missing_or_binary_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"no\.rq: there is no such query file"):
        load_query(tmp_path / "no.rq")
    (tmp_path / "b.rq").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(QueryError, match=r"b\.rq: the query file cannot be read"):
        load_query(str(tmp_path / "b.rq"))


def test_the_catalogue_shows_parameters_and_columns() -> None:
    page = query_catalogue([parse_query(TEXT, name="ferries")])
    assert "## ferries\n\n**Ferries.** Which ferries run where.\n" in page
    assert "| `minimum` | integer; default 2 | At least so many. |" in page
    assert "| `ferry` | The ferry. |" in page
