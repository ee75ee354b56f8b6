"""Which link may stand behind "Join by video": of any service, and nothing that could be a trap. Rule: R-277."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit, urlunsplit

LONGEST = 500  # characters; invitations of the usual services have up to 250
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # control, bidi and other characters that nobody sees
_TWO_WAYS = "ßςẞ\u200c\u200d"  # browsers and the older standard make two different hosts of these


class Trouble(StrEnum):
    """Why a link is refused; the page says what to do next."""

    EMPTY = "empty"
    LONG = "long"
    UNSEEN = "unseen"  # characters that nobody sees, or that turn the order of others round
    SPACES = "spaces"  # a whole invitation, not the link alone
    SCHEME = "scheme"
    PLAIN = "plain"  # http: whoever is on the way could send people elsewhere
    NAMED = "named"  # user:password@
    HOST = "host"


def trouble_with(link: str) -> Trouble | None:
    """What is wrong with *link* as it was typed; None where nothing is."""
    if not link.strip():
        return Trouble.EMPTY
    if len(link) > LONGEST:
        return Trouble.LONG
    if any(unicodedata.category(letter) in _UNSEEN for letter in link):
        return Trouble.UNSEEN
    if any(letter.isspace() for letter in link.strip()):
        return Trouble.SPACES
    return _trouble_in_parts(link.strip())


def _trouble_in_parts(link: str) -> Trouble | None:
    if not link.lower().startswith("https://"):
        return Trouble.PLAIN if link.lower().startswith("http://") else Trouble.SCHEME
    parts = _split(link)
    if parts is None or "\\" in link:  # a browser reads a backslash as a slash
        return Trouble.HOST
    if "@" in parts.netloc:
        return Trouble.NAMED
    return None if _ascii_host(parts.hostname or "") else Trouble.HOST


def _split(link: str) -> SplitResult | None:
    try:
        parts = urlsplit(link)
        _ = parts.port  # raises where it is no number
    except ValueError:
        return None
    return parts


def _ascii_host(host: str) -> str:
    """The host as it is asked for in the net; empty where there is none such."""
    if ":" in host:  # an address of the sixth version, which urlsplit has checked
        return f"[{host}]"
    if any(letter in host for letter in _TWO_WAYS) or ".." in host:
        return ""
    try:
        found = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    letters = found.replace("-", "").replace(".", "").replace("_", "")
    return found if letters.isalnum() and not found.startswith((".", "-")) else ""


def in_order(link: str) -> str:
    """A link without trouble as it is kept: its host in the letters that the net uses, so that a look-alike shows.

    Raises:
        ValueError: the link has some trouble; ask `trouble_with` first.
    """
    if (trouble := trouble_with(link)) is not None:
        raise ValueError(f"this link cannot be kept ({trouble}); ask trouble_with first")
    parts = urlsplit(link.strip())
    host = _ascii_host(parts.hostname or "")
    netloc = host if parts.port is None else f"{host}:{parts.port}"
    kept = urlunsplit(parts._replace(scheme="https", netloc=netloc))
    if len(kept) > LONGEST:
        raise ValueError("this link is too long once its host is spelled out")
    return kept


def shown_host(link: str) -> str:
    """Whose door it is, as honestly as it can be said: "xn--pple-43d.example", not "аpple.example"."""
    return _ascii_host(urlsplit(link).hostname or "")


def as_door(link: str) -> str:
    """The link, if it may be opened; empty for anything that came in another way and has some trouble."""
    return link if trouble_with(link) is None else ""
