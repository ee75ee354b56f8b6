"""Which languages pages speak, and which of them no person who speaks them has reviewed."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language, get_supported_language_variant

DRAFTS = ("es", "hi")
"""Written for this product, and read by nobody yet whose language it is. Pages and mails say so. Rule: R-312."""


def spoken(code: str) -> str:
    """*code*, or the nearest language that pages speak; English where there is none. Rule: R-311."""
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return settings.LANGUAGE_CODE


def is_draft() -> bool:
    """Whether the language of the moment is a draft."""
    return (get_language() or "").partition("-")[0] in DRAFTS
