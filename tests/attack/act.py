"""One form that somebody can send."""

from __future__ import annotations

from dataclasses import dataclass, field

SCOPE = {"scope": "bills", "may": "no", "on": "2026-06-01", "document": "Family court, 12 May 2026"}


@dataclass(frozen=True)
class Act:
    """One form. `texts`: its fields that somebody types into. *who*: a name of the cast, or nobody."""

    who: str
    address: str
    form: dict[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()

    def sent(self, **changed: str) -> dict[str, str]:
        return self.form | changed
