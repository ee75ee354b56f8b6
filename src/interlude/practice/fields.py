"""Fields for names, addresses and places, with errors that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from interlude.core.packs.places import COUNTRIES
from interlude.ui.forms import LongSelect

AREAS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


class NameField(forms.CharField):
    """A name on one line, as somebody writes it: any script, no line ends, no control characters."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=kwargs.pop("max_length", 120), **kwargs)

    def to_python(self, value: Any) -> str:
        given = super().to_python(value) or ""
        plain = "".join(letter for letter in given if letter.isprintable() or letter.isspace())
        return " ".join(plain.split())


class AddressField(forms.EmailField):
    """An e-mail address; capitals do not make another person."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)
        self.widget.attrs["autocomplete"] = "off"
        self.error_messages["invalid"] = _("This is no e-mail address. It looks like name@place.org.")

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").lower()


class ZoneField(forms.ChoiceField):
    """A time zone by name, grouped by area."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=_zones, widget=LongSelect, **kwargs)
        self.error_messages["invalid_choice"] = _(
            "There is no time zone “%(value)s”. Choose one from the list, such as Europe/London."
        )


class CountryField(forms.ChoiceField):
    """A country by its ISO code; `empty` names the choice of none."""

    def __init__(self, *, empty: Any = None, **kwargs: Any) -> None:
        first = [] if empty is None else [("", empty)]
        super().__init__(
            choices=[*first, *COUNTRIES.items()], required=empty is None, widget=LongSelect, **kwargs
        )
        self.error_messages["invalid_choice"] = _(
            "There is no country “%(value)s”. Choose one from the list."
        )


def _zones() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    known = sorted(available_timezones())
    for area in AREAS:
        inside = [name for name in known if name.startswith(f"{area}/")]
        yield area, [(name, name.partition("/")[2].replace("_", " ").replace("/", ", ")) for name in inside]
    yield "UTC", [("UTC", "UTC")]
