"""Read sums of money, prices and counts with their bounds and hedges.

    pieces       a document cut finer than tokens ("630m" is 630 and m)
    sizes        numbers, "half a million", "tens of thousands", ranges, "up to", "about"
    currencies   symbols, codes and names, from babel's tables (Unicode CLDR, ISO 4217)
    money        sums and unit prices       counts     people, things, points, ordinals

:mod:`kg.annotate.values.quantities` puts them together.
"""
