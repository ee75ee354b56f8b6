"""Layers as files: read, written, described by a schema, and refused with words that help. Rule: R-61."""

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interlude.core.errors import BadPolicy
from interlude.core.layers import Layer, LayerKind, resolve
from interlude.core.plain import write
from interlude.core.policy import Handling, Policy
from interlude.core.promises import SessionOnly
from interlude.core.schema import schema
from interlude.core.toml_text import dump_layer, dump_values, layer_of, load_layer, parse
from tests.core import policies as some

PUBLISHED = Path(__file__).parents[2] / "docs" / "reference" / "policy.schema.json"

VALID = jsonschema.Draft202012Validator(schema())

PRACTICE = """\
layer = "practice"
name = "Practice by the park"
since = 2026-03-03
locks = ["zone", "minimum_age"]

zone = "Europe/Berlin"
messages = "open"
minimum_age = 16
client_text = "Say \\"hello\\".\\nWe read at noon."

[hours]
mon = ["09:00-12:30", "13:30-17:00"]
sat = []
sun = ["20:00-24:00"]

[check]
mon = ["12:00"]
minutes = 30

[plan]
words = "no limit"
messages_per_week = 3

[channels]
phone = "times_only"

[review]
ends_weeks = "never"

[topics]
answer = ["homework"]
desk = ["schedule", "billing"]

[promise]
kind = "fixed_turns"
weekdays = ["tue", "fri"]
at = "17:00"

[desk_promise]
kind = "open_hours"
hours = 4

[extra]
price = "15.00 EUR"
promise = { kind = "open_hours", minutes = 90 }
"""


def test_a_file_is_written_as_it_was_read():
    assert dump_layer(load_layer(PRACTICE)) == PRACTICE


@settings(max_examples=50)
@given(some.layers())
def test_every_layer_comes_back_from_its_file_as_it_was(layer):
    text = dump_layer(layer)
    assert load_layer(text) == layer
    assert dump_layer(load_layer(text)) == text
    assert VALID.is_valid(as_json(text))


@settings(max_examples=30)
@given(some.policies())
def test_a_whole_policy_can_be_written_as_a_file(policy):
    text = f'layer = "agreement"\nname = "Noor"\n{dump_values(policy.values())}'
    assert resolve([load_layer(text)], date(2026, 1, 1)).policy == policy


def test_other_ways_to_write_the_same_are_read_too():
    text = """
    layer = "clinician"
    name = "Ada"
    since = "2026-03-03"
    check.mon = [16:00:00, "12:00"]
    hours.mon = ["13:00-17:00", "9:00-12:00"]
    promise = {kind = "next_check"}
    """
    layer = load_layer(text)
    assert layer.since == date(2026, 3, 3)
    assert [str(each) for each in layer.values["hours.mon"]] == ["09:00-12:00", "13:00-17:00"]
    assert write("check.mon", layer.values["check.mon"]) == ["12:00", "16:00"]
    assert write("promise", layer.values["promise"]) == {"kind": "next_check"}
    assert write("promise", SessionOnly()) == {"kind": "session_only"}


def test_the_name_of_a_table_locks_what_the_file_sets_of_it():
    layer = load_layer(
        'layer="practice"\nname="P"\nlocks=["hours", "plan.words"]\nhours.mon=[]\nplan.words=100'
    )
    assert layer.locks == {"hours.mon", "plan.words"}


def test_an_exception_carries_its_reason_and_its_days():
    text = (
        'layer="exception"\nname="N"\nsince=2026-05-01\nuntil=2026-06-01\nreview_on=2026-05-15\nreason="loss"'
    )
    layer = load_layer(text)
    assert (layer.reason, layer.review_on) == ("loss", date(2026, 5, 15))
    assert load_layer(dump_layer(layer)) == layer


CLINICIAN = 'layer = "clinician"\nname = "Ada"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", r"rules\.toml: layer = 'missing': say which one it is: law, practice"),
        ('layer = "practise"', "layer = 'practise': say which"),
        ("layer = [1]", "say which"),
        ('layer = "clinician"', "name = '': give the layer a name"),
        ('layer = "clinician"\nname = 3', "name = 3: write a text"),
        (CLINICIAN + 'reason = "\\u0000"', "control characters"),
        ("a = [", r"rules\.toml: file = 'Invalid value \(at end of document\)': correct that line"),
        ("a = 1\nb = = 2", r"at line 2, column 5"),
        ("a = 1\n\0", "at line 2"),
        ("a = " + "[" * 5_000, "it is nested too deeply"),
        ("a = " + "9" * 5_000, "a number is too long"),
        ("#" * 200_001, "keep it below 200000 characters"),
        (CLINICIAN + 'name2 = "\ud800"', "no such key"),
        (CLINICIAN + 'client_text = "\ud800"', "control characters"),
        (CLINICIAN + "minimum_agee = 16", r"minimum_agee = 16: did you mean minimum_age\?"),
        (CLINICIAN + "plan.word = 16", r"plan\.word = 16: did you mean plan\.words\?"),
        (CLINICIAN + "hours = 16", r"hours = 16: make it a table: \[hours\]"),
        (CLINICIAN + "[law]\nhelp_shown = false", r"law\.help_shown = False: this is always so"),
        (CLINICIAN + 'preset = "warm"', 'use layer = "preset"'),
        (CLINICIAN + "about.label = 3", "about"),
        (CLINICIAN + "since = 9999-12-31", "since = '9999-12-31': use a year from 1970"),
        (CLINICIAN + "since = 10", "since = '10': write a date such as 2026-03-03"),
        (CLINICIAN + 'until = "soon"', "write a date"),
        (CLINICIAN + "until = 2026-03-03T10:00:00Z", "write a date"),
        (CLINICIAN + 'zone = "Europe/Berln"', r"did you mean 'Europe/Berlin'\?"),
        (CLINICIAN + 'hours.mon = "09:00-17:00"', "write openings such as"),
        (CLINICIAN + "hours.mon = [9]", "write openings such as"),
        (CLINICIAN + 'hours.mon = ["9-17"]', "write it like 09:00-12:30"),
        (CLINICIAN + 'hours.mon = ["09:00-12:00", "11:00-13:00"]', "09:00-12:00 and 11:00-13:00 overlap"),
        (CLINICIAN + 'hours.monday = ["09:00-12:00"]', r"did you mean hours\.mon\?"),
        (CLINICIAN + 'check.mon = "12:00"', "write clock times"),
        (CLINICIAN + 'check.mon = ["noon"]', r"check\.mon = 'noon': write a clock time"),
        (CLINICIAN + 'check.mon = ["25:00"]', "write a clock time"),
        (
            CLINICIAN + 'promise = "two days"',
            r"promise\.kind = 'two days': name its kind, one of: working_days",
        ),
        (CLINICIAN + "promise.kind = []", "name its kind"),
        (
            CLINICIAN + 'promise = {kind = "working_days", days = 2}',
            r"promise\.cut_off = 'missing': add cut_off",
        ),
        (CLINICIAN + 'promise = {kind = "working_days", day = 2}', r"promise\.day = 2: did you mean days\?"),
        (CLINICIAN + 'promise = {kind = "working_days", days = 0, cut_off = "17:00"}', "use 1 or more"),
        (
            CLINICIAN + 'promise = {kind = "working_days", days = "2", cut_off = "17:00"}',
            "use a whole number",
        ),
        (
            CLINICIAN + 'promise = {kind = "working_days", days = 2, cut_off = "late"}',
            r"promise\.cut_off = 'late'",
        ),
        (CLINICIAN + 'promise = {kind = "open_hours"}', "give hours = 3, or minutes = 90"),
        (CLINICIAN + 'promise = {kind = "open_hours", hours = 1, minutes = 3}', "give hours = 3"),
        (CLINICIAN + f'promise = {{kind = "open_hours", hours = {10**30}}}', "at most 500 open hours"),
        (CLINICIAN + 'promise = {kind = "open_hours", hours = 501}', "at most 500 open hours"),
        (
            CLINICIAN + 'promise = {kind = "fixed_turns", weekdays = "tue", at = "17:00"}',
            "name weekdays such as",
        ),
        (CLINICIAN + 'promise = {kind = "fixed_turns", weekdays = [], at = "17:00"}', "give one or more"),
        (CLINICIAN + 'desk_promise = {kind = "session_only"}', "the desk has no sessions"),
        (CLINICIAN + 'extra = "a lot"', "give a price, such as"),
        (
            CLINICIAN + 'extra = {price = "15", promise = {kind = "next_check"}}',
            r"extra\.price = '15': .*15\.00 EUR",
        ),
        (CLINICIAN + 'extra = {price = "15 EUR", promise = {kind = "soon"}}', r"extra\.promise\.kind = "),
        (
            CLINICIAN + 'extra = {price = "15 EUR", promise = {kind = "working_days", days=1}}',
            r"extra\.promise\.cut",
        ),
        (CLINICIAN + "topics = 3", "make it a table"),
        (CLINICIAN + 'topics.answr = ["session"]', r"topics\.answr = \['session'\]: did you mean answer\?"),
        (CLINICIAN + 'topics.answer = "session"', "list the topics"),
        (CLINICIAN + 'topics.answer = ["sesion"]', r"topics\.answer = 'sesion': did you mean session\?"),
        (CLINICIAN + "topics.answer = [[1]]", "no such key"),
        (CLINICIAN + 'topics.answer = ["crisis"]', "danger is no topic"),
        (CLINICIAN + 'topics.answer = ["late"]\ntopics.keep = ["late"]', "it is under topics.answer too"),
        (CLINICIAN + 'topics.self_service = ["session"]', "no page does this"),
        (CLINICIAN + 'channels.sms = "shout"', "use one of: two_way"),
        (CLINICIAN + 'channels.fax = "none"', "channels.fax"),
        (CLINICIAN + 'plan.words = "lots"', 'use a whole number from 10 to 100000, or "no limit"'),
        (CLINICIAN + 'locks = ["zone"]', "only law and practice can lock|set this key"),
        ('layer="practice"\nname="P"\nlocks = "zone"', "list keys"),
        ('layer="practice"\nname="P"\nlocks = ["zon"]', r"did you mean zone\?"),
        ('layer="practice"\nname="P"\nlocks = ["zone"]', "set this key in the same layer"),
        ('layer="exception"\nname="Noor"\nreason="x"\nsince=2026-01-01', "an exception has an end"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused_with_file_key_value_and_remedy(text, said):
    with pytest.raises(BadPolicy, match=said) as refused:
        load_layer(text, file="rules.toml")
    assert str(refused.value).startswith("rules.toml: ")
    assert len(str(refused.value)) < 500


@settings(max_examples=200)
@given(
    st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("utf-8", "surrogateescape"))
)
def test_whatever_a_file_holds_it_is_read_or_refused(text):
    for head in ("", CLINICIAN):
        try:
            assert isinstance(load_layer(head + text), Layer)
        except BadPolicy as refused:
            assert refused.remedy


tables = st.recursive(
    st.none().map(lambda _: 1)
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["kind", "mon", "answer"]), inner)
    ),
    max_leaves=4,
)


@settings(max_examples=200)
@given(st.sampled_from([*Policy().values(), "hours", "topics", "locks", "name", "since", "about"]), tables)
def test_whatever_a_key_is_given_it_is_read_or_refused(key, value):
    head, _, rest = key.partition(".")
    try:
        layer_of({"layer": "practice", "name": "P", head: {rest: value} if rest else value}, file="f")
    except BadPolicy as refused:
        assert refused.file == "f"


def test_the_published_schema_is_the_one_in_the_code():
    assert json.loads(PUBLISHED.read_text("utf-8")) == schema()
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(
    "change",
    [
        {"layer": "nobody"},
        {"minimum_agee": 3},
        {"minimum_age": 99},
        {"topics": {"answer": ["crisis"]}},
        {"hours": 3},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(change):
    wrong = as_json(PRACTICE) | change
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema())


def as_json(text: str):
    return json.loads(json.dumps(parse(text, file="f"), default=str))


def test_a_topic_reads_the_same_in_a_file_and_in_a_policy():
    layer = load_layer(PRACTICE)
    policy = resolve([layer], date(2026, 5, 1)).policy
    assert {topic for topic, handling in policy.topics if handling is Handling.DESK} == {
        "schedule",
        "billing",
    }
    assert layer.kind is LayerKind.PRACTICE
