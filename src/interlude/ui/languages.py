"""Which languages pages speak, and which of them no person who speaks them has reviewed."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language, get_supported_language_variant

DRAFTS = ("es", "hi")
"""Written for this product, and read by nobody yet whose language it is. Pages and mails say so. Rule: R-312."""

FAMILIAR = "es-tu"
"""Spanish that says tú: what pages are spoken in where a practice chose it, and no person's language. Rule: R-319."""


def spoken(code: str) -> str:
    """*code*, or the nearest language that pages speak; English where there is none. Rule: R-311."""
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return settings.LANGUAGE_CODE


def is_draft() -> bool:
    """Whether the language of the moment is a draft."""
    return (get_language() or "").partition("-")[0] in DRAFTS


def heard() -> str:
    """The language of the moment as everybody else names it: Spanish is "es", however it speaks to its reader."""
    code = get_language() or settings.LANGUAGE_CODE
    return spoken(code) if code == FAMILIAR else code
