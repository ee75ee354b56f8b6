"""Neutral sets: what a phone, a mailbox, a history or a bank statement may show of a practice. Rule: R-164.

A practice chooses from these; nobody types one, so that none of them can say more than it should. There is no fake
content and no second password that shows other pages: a promise that could break is worse than none.
"""

from __future__ import annotations

NAMES = ("Interlude", "Calendar", "Notes", "Desk", "Papers")
ICONS = ("bars", "dot", "square", "leaf")
SUBJECTS = {
    "something": "Something is there for you",
    "note": "A note for you",
    "new": "There is something new",
    "account": "About your account",
}
BANK_LINES = ("Services", "Consulting", "Office services", "Appointment")
EXITS = {
    "plain": "",
    "encyclopedia": "https://www.wikipedia.org/",
    "weather": "https://weather.com/",
    "news": "https://www.reuters.com/",
    "recipes": "https://www.allrecipes.com/",
}


def exit_address(key: str) -> str:
    """Where a quick exit leads outside; empty for our own plain page, and for a key that is none."""
    return EXITS.get(key, "")
