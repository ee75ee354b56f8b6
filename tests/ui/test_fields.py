"""How a form's field is drawn, and what a screen reader hears of it."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.template import Context, Template

from interlude.ui.forms import WordsField


class Letter(forms.Form):
    phone = forms.CharField(
        label="Phone", help_text="Only on the day.", widget=forms.TextInput(attrs={"placeholder": "0790"})
    )
    words = WordsField(label="Your message", required=False)
    hold = forms.BooleanField(label="Hold it", help_text="Sleep on it.", required=False)
    plan = forms.ChoiceField(
        label="Longer than planned", choices=[("keep", "Keep"), ("cut", "Shorten")], widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        label="Days", choices=[("0", "Monday")], widget=forms.CheckboxSelectMultiple, required=False
    )
    draft = forms.CharField(widget=forms.HiddenInput, required=False)


def draw(field: str, **data: str) -> str:
    return Letter(data=data)[field].as_field_group() if data else Letter()[field].as_field_group()


def draw_with(extra: str, **data: str) -> str:
    source = "{% include 'ui/field.html' with field=form.phone " + extra + " %}"
    return Template(source).render(Context({"form": Letter(data=data or None)}))


def test_a_label_points_at_its_box_and_the_box_at_its_hint():
    page = draw("phone")
    assert '<label class="field__label" for="id_phone">Phone</label>' in page
    assert 'id="id_phone_helptext">Only on the day.' in page
    assert 'aria-describedby="id_phone_helptext"' in page


def test_what_to_fix_stands_under_the_box_and_is_heard_with_it():
    page = draw("phone", phone="")
    assert 'class="field__fix" id="id_phone_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in page


@pytest.mark.parametrize("data", [{}, {"phone": ""}])
def test_a_pages_own_words_replace_label_and_hint_and_are_heard(data):
    page = draw_with("label='Where to call' hint='A mobile is fine.' size='short'", **data)
    assert ">Where to call</label>" in page and 'id="id_phone_hint">A mobile is fine.' in page
    assert "Only on the day." not in page
    described = re.search(r'aria-describedby="([^"]*)"', page)
    assert described and all(f'id="{name}"' in page for name in described[1].split())
    assert 'class="field__box field__box--short"' in page


def test_no_field_carries_text_that_vanishes_when_one_types():
    assert "placeholder" not in draw("phone")


def test_every_described_by_names_something_on_the_page():
    for name in Letter().fields:
        for page in (draw(name), draw(name, phone="", plan="other", days="9")):
            for names in re.findall(r'aria-describedby="([^"]*)"', page):
                assert all(f'id="{part}"' in page for part in names.split()), page


def test_a_tick_has_its_sentence_inside_its_label():
    page = draw("hold")
    assert page.count("<label") == 1
    assert 'class="tick"' in page and "Hold it" in page and "field__box" not in page


@pytest.mark.parametrize(("name", "kind"), [("plan", "radio"), ("days", "checkbox")])
def test_several_options_are_a_group_with_a_name(name, kind):
    page = draw(name)
    assert "<fieldset" in page and "<legend" in page
    assert page.count('<label class="choice"') == page.count(f'type="{kind}"') > 0


def test_hidden_fields_are_drawn_bare():
    assert draw("draft").strip() == '<input type="hidden" name="draft" id="id_draft">'


def test_words_come_back_whole_and_escaped():
    words = "  <b>\n\n</textarea> नमस्ते \u202e "
    page = draw("words", words=words)
    assert "&lt;b&gt;" in page and "</textarea> न" not in page and "\u202e" in page
