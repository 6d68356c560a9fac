"""Read the time expressions of news English: a grammar of ours, since no library reads them well enough.

    words      one letter a token          periods    days, months, years, stretches
    tense      does the text look ahead?   reader     the document and the day of reading
    days       readings of days            spans      readings of months, years and longer
    relative   readings by "last", "ago"   durations  "for nearly 30 years", "every four years"
    grammar    the patterns, as data

:mod:`kg.annotate.values.time` puts them together. How it compares with two libraries: ``benchmarks/time_libraries.py``.
"""
