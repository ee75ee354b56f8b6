"""The word that opens the browser's set-up: printed where the server starts, kept as a hash, good once."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

from interlude.practice.models import Practice

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # nothing that is misheard or misread


def new_word() -> str:
    """A new word, of about 79 bits; an earlier one ends with it."""
    word = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(_hash(word))
    return word


def is_open() -> bool:
    """Whether there is a word, and no practice yet."""
    return _file().exists() and not Practice.objects.exists()


def is_word(text: str) -> bool:
    """Whether *text* is the word; capitals, spaces and dashes do not matter."""
    try:
        kept = _file().read_text(encoding="ascii")
    except OSError:
        return False
    return hmac.compare_digest(kept, _hash(text))


@contextmanager
def used_up() -> Iterator[bool]:
    """Within this block the word is nobody else's; if it fails, the word is good again. False: taken."""
    taken = _file().with_suffix(".taken")
    try:
        _file().rename(taken)
    except OSError:
        yield False
        return
    try:
        yield True
    except BaseException:
        with suppress(OSError):
            taken.rename(_file())
        raise
    taken.unlink(missing_ok=True)


def _file() -> Path:
    return Path(settings.DATA) / "set-up-word"


def _hash(text: str) -> str:
    plain = "".join(letter for letter in text.upper() if letter in LETTERS)
    return hashlib.sha256(plain.encode()).hexdigest()
