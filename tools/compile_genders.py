"""Compile the given names that tell women from men from Faker, which lists names by country.

    pip install faker==40.63.0
    python tools/compile_genders.py kg/annotate/data/gendered_names.tsv

Kept are names in Latin letters that the lists of nearly all countries give to the same gender. Names that stand first
as surnames in news of East Asia ("Kim", "Han") are left out. Equal input gives equal bytes.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import faker.providers.person

HEADER = (
    "# Compiled from faker {} by tools/compile_genders.py: gender\tgiven names of women or of men in most countries\n"
)
_NAME = re.compile(r"[A-Z\u00c0-\u024f][a-z\u00e0-\u024f]+(?:[-'’]?[A-Z\u00c0-\u024fa-z]+)*")
_AGREED = 0.75
_EAST_ASIA = ("ja_JP", "ko_KR", "zh_CN", "zh_TW", "vi_VN")
_SURNAMES = frozenset({
    "An", "Bae", "Bai", "Bo", "Chan", "Chang", "Chen", "Chi", "Cho", "Choi", "Chu", "Dai", "Dong", "Fan", "Fu",
    "Gao", "Guo", "Ha", "Han", "He", "Ho", "Hong", "Hu", "Huang", "Hui", "Hwang", "Jang", "Jeon", "Ji", "Jia",
    "Jiang", "Jin", "Jo", "Joo", "Ju", "Jun", "Jung", "Kang", "Kim", "Ko", "Lam", "Lau", "Le", "Lee", "Lei", "Leng",
    "Li", "Lian", "Liang", "Lim", "Lin", "Ling", "Liu", "Long", "Lu", "Luo", "Ma", "Mai", "Min", "Mo", "Nan", "Oh",
    "Ong", "Pan", "Park", "Peng", "Qian", "Qin", "Rui", "Ryu", "Shan", "Shen", "Shi", "Shin", "Sun", "Son", "Song",
    "Su", "Tan", "Tang", "Tran", "Wan", "Wang", "Wei", "Wen", "Won", "Wu", "Xi", "Xia", "Xiao", "Xie", "Xu", "Yan",
    "Yang", "Yao", "Ye", "Yi", "Yin", "Yoo", "Yoon", "You", "Yu", "Yuan", "Yun", "Zhang", "Zhao", "Zheng", "Zhou",
    "Zhu"
})  # fmt: skip


def main() -> None:
    """Write the table to the path named on the command line."""
    lists: dict[str, Counter[str]] = defaultdict(Counter)
    for gender, name in _listed():
        lists[name][gender] += 1
    rows = [f"{g}\t{' '.join(sorted(n for n, c in lists.items() if _tells(c, g)))}\n" for g in ("m", "f")]
    Path(sys.argv[1]).write_text(HEADER.format(version("faker")) + "".join(rows), encoding="utf-8")


def _listed() -> Iterator[tuple[str, str]]:
    """Yield gender and name, once a country."""
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        if module.name in _EAST_ASIA:
            continue
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for gender, kind in (("m", "male"), ("f", "female")):
            for name in set(getattr(provider, f"first_names_{kind}", ())):
                if _NAME.fullmatch(name) and name not in _SURNAMES:
                    yield gender, name


def _tells(counts: Counter[str], gender: str) -> bool:
    return counts[gender] >= _AGREED * counts.total()


if __name__ == "__main__":
    main()
