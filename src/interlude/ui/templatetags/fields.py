"""How a form's field is drawn: the box itself, with the look's classes and without placeholder text."""

from __future__ import annotations

from django import forms, template
from django.forms import BoundField

register = template.Library()

WITHOUT_A_BOX = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.simple_tag
def box(field: BoundField, hint: str = "", size: str = "") -> str:
    """The widget of *field*.

    Args:
        hint: text that the page shows as `<id>_hint`, instead of the form's own help text.
        size: "short", "code" or "letter".
    """
    widget = field.field.widget
    attrs: dict[str, str | bool] = {"placeholder": False}
    if isinstance(widget, forms.Textarea):
        attrs["dir"] = "auto"  # a person's words have their own direction, in any language of the page
    if not isinstance(widget, WITHOUT_A_BOX):
        own = str(widget.attrs.get("class", ""))
        attrs["class"] = " ".join(["field__box", *([f"field__box--{size}"] if size else []), *own.split()])
    if hint:
        fix = f"{field.auto_id}_error" if field.errors else ""
        attrs["aria-describedby"] = f"{field.auto_id}_hint {fix}".strip()
    return field.as_widget(attrs=attrs)


@register.filter
def kind(field: BoundField) -> str:
    """Which shape a field has on the page: hidden, tick, choices, ticks, or box."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "ticks"
    if isinstance(widget, forms.RadioSelect):
        return "choices"
    return "tick" if isinstance(widget, forms.CheckboxInput) else "box"
