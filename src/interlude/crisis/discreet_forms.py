"""Neutral sets to choose from. Nothing is typed, so nothing can say more than it should."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from interlude.core.discretion import BANK_LINES, EXITS, ICONS, NAMES, SUBJECTS
from interlude.core.packs.help_words import languages
from interlude.practice.neutral import Spanish


class DiscretionForm(forms.Form):
    """What a phone, a mailbox, a history or a bank statement may show of this practice."""

    shown_name = forms.ChoiceField(
        label=_("Name on screens and in the history"), choices=[(name, name) for name in NAMES]
    )
    icon = forms.ChoiceField(
        label=_("Picture"),
        choices=list(
            zip(ICONS, [_("Two bars and a dot"), _("A dot"), _("A square"), _("A leaf")], strict=True)
        ),
    )
    plain_titles = forms.BooleanField(
        label=_("Every page has that name as its title, and no other"), required=False
    )
    subject = forms.ChoiceField(label=_("Subject of every mail"), choices=list(SUBJECTS.items()))
    bank_line = forms.ChoiceField(
        label=_("Words on a bank statement"),
        help_text=_("Clients read it under their account. Give it to whoever takes payments."),
        choices=[(line, line) for line in BANK_LINES],
    )
    exit_to = forms.ChoiceField(
        label=_("Where “Leave this page” leads"),
        choices=[(key, address or _("An empty page of our own")) for key, address in EXITS.items()],
    )
    second_language = forms.ChoiceField(
        label=_("Second language of the help page"),
        required=False,
        choices=[("", _("None")), *((code, name) for code, name in languages().items() if code != "en")],
    )
    spanish = forms.ChoiceField(
        label=_("How Spanish speaks to clients"),
        help_text=_("On their pages and in their mails. Whoever works here reads usted."),
        choices=Spanish.choices,
    )
