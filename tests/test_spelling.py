"""Which word somebody may have meant."""

from kg.spelling import did_you_mean, nearest


def test_the_nearest_word_is_found_whatever_its_case():
    assert nearest("TIMLINE", ["disputes", "Timeline", "times"]) == "Timeline"
    assert did_you_mean("timline", ["disputes", "timeline"]) == " (did you mean 'timeline'?)"


def test_nothing_is_said_where_no_word_is_near():
    assert nearest("xyz", ["timeline"]) is None
    assert nearest("xyz", []) is None
    assert did_you_mean("xyz", ["timeline"]) == ""
