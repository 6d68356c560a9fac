"""What is said where a library of an extra is missing."""

import pytest

from kg.errors import KGError, QueryError, StoreError
from kg.extras import not_installed


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "pictures need matplotlib, which is not installed. Run: pip install 'kg-news[picture]'."),
        (
            {"or_else": "use .csv", "where": "a.svg"},
            "a.svg: pictures need matplotlib, which is not installed. Run: pip install 'kg-news[picture]', or use .csv.",
        ),
    ],
)
def test_the_message_names_library_and_extra(options: dict[str, str], told: str):
    error: KGError = not_installed(QueryError, "pictures need matplotlib", extra="picture", **options)
    assert isinstance(error, QueryError)
    assert str(error) == told


def test_the_class_is_the_one_that_was_asked_for():
    assert type(not_installed(StoreError, "shards need fsspec", extra="cluster")) is StoreError
