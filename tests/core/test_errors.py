"""What an error says: the file, the key, the value, and what to do."""

import pickle

import pytest

from interlude.core.errors import BadHours, BadMoment, BadPolicy, InterludeError, NeverOpen


def test_a_bad_policy_names_file_key_value_and_remedy():
    error = BadPolicy("practice.toml", "hours.mon", ["9-5"], "write each opening like 09:00-12:30")
    assert str(error) == "practice.toml: hours.mon = ['9-5']: write each opening like 09:00-12:30"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_huge_value_is_shown_by_its_beginning():
    assert len(str(BadPolicy("practice.toml", "name", "x" * 1_000_000, "use fewer words"))) < 200


@pytest.mark.parametrize("kind", [BadMoment, BadHours, NeverOpen, BadPolicy])
def test_one_word_catches_all_errors_of_the_core(kind):
    assert issubclass(kind, InterludeError)
    assert issubclass(NeverOpen, BadHours)
