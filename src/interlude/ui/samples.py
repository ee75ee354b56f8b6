"""Made-up content for the page that shows every component."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms

from interlude.ui.forms import WordsField

WORDS = """Dear Ada,

I tried the evening notes we spoke about. The first two nights were hard. On the third I wrote down the \
thought about my brother and it got smaller on paper.

Do I write the thought as it comes, or do I wait until I am calm?

Noor"""
ANSWER = """Dear Noor,

Three nights is a real start. Write the thought as it comes. We can look at it calmly on Tuesday.

Ada"""
ARABIC = "عزيزتي آدا،\n\nكتبت الملاحظات ثلاث مرات هذا الأسبوع."
MOMENTS = {
    "now": datetime(2026, 5, 13, 13, 41, tzinfo=UTC),
    "sent": datetime(2026, 5, 13, 13, 41, tzinfo=UTC),
    "read": datetime(2026, 5, 14, 16, 0, tzinfo=UTC),
    "due": datetime(2026, 5, 15, 16, 0, tzinfo=UTC),
    "session": datetime(2026, 5, 19, 9, 0, tzinfo=UTC),
}
ROOMS = ("client", "clinician", "office")


class Example(forms.Form):
    """One field of each shape."""

    phone = forms.CharField(label="Phone number", help_text="Only for changes on the day.")
    code = forms.CharField(label="The code in your app", required=False)
    starts = forms.TimeField(label="From", widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label="Until", widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.ChoiceField(label="Place", choices=[("gb", "United Kingdom"), ("in", "India")])
    worry = WordsField(
        label="My questions and worries", help_text="You can leave this empty.", required=False
    )
    hold = forms.BooleanField(
        label="Hold it until tomorrow at 9:00", help_text="So that you can sleep on it.", required=False
    )
    handling = forms.ChoiceField(
        label="When it is longer than planned",
        choices=[("keep", "Keep the rest for our session"), ("shorten", "Shorten it")],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label="Days on which you read messages",
        choices=[("0", "Monday"), ("1", "Tuesday"), ("3", "Thursday")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    words = WordsField(required=False)

    def clean_phone(self) -> str:
        raise forms.ValidationError("This number looks short. Please check the last digits.")


def page(room: str) -> dict[str, Any]:
    """All that the components page shows, in the colour of *room* (an unknown one is the client's)."""
    filled = {
        "phone": "0790 12",
        "place": "gb",
        "starts": "09:00",
        "ends": "12:30",
        "handling": "keep",
        "days": ["0", "3"],
    }
    content = {"words": WORDS, "answer": ANSWER, "arabic": ARABIC, "form": Example(data=filled)}
    return {**MOMENTS, **content, "room": room if room in ROOMS else ROOMS[0]}
