"""What a session costs that is cancelled late, as two questions of a clinician's own rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from interlude.core import plain
from interlude.core.errors import BadPolicy
from interlude.rulebook.fields import SHORT, as_typed


def late_fields() -> dict[str, forms.Field]:
    """From how many hours before, and the price."""
    return {
        "late_cancel.hours": forms.IntegerField(
            label=_("A session costs something when it is cancelled late"),
            help_text=_("Fewer than so many hours before. Empty: cancelling is always free."),
            required=False,
        ),
        "late_cancel.price": forms.CharField(
            label=_("What it costs then"),
            help_text=_("Like 60.00 GBP. Your client sees it before they cancel, and says yes."),
            widget=forms.TextInput(attrs=SHORT),
            required=False,
        ),
    }


def late_initial(rule: Any) -> dict[str, Any]:
    """What the two fields begin with."""
    return {"late_cancel.hours": rule.hours, "late_cancel.price": str(rule.price)} if rule else {}


def read_late(form: forms.Form, given: Mapping[str, Any]) -> Any:
    """The rule from its two fields; None where both are empty. What is wrong is said at its field."""
    hours, price = given.get("late_cancel.hours"), (given.get("late_cancel.price") or "").upper()
    if hours is None and not price:
        return None
    if hours is None or not price:
        if not form.errors:
            missing = "late_cancel.price" if hours is not None else "late_cancel.hours"
            form.add_error(missing, _("Fill in both, or leave both empty."))
        return None
    try:
        return plain.read("late_cancel", {"hours": hours, "price": price}, file="form")
    except BadPolicy as wrong:
        at = "late_cancel.price" if "price" in wrong.key else "late_cancel.hours"
        form.add_error(at, as_typed(wrong))
        return None
