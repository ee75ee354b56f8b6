"""The command line: answers for people and programs, errors in words, nothing of the portal loaded."""

import io
import json
import subprocess
import sys
from importlib import import_module

import pytest

from interlude import __version__
from interlude.cli import main
from interlude.core.zones import zone_data

WARM = ["--policy", "warm_two_business_days", "--zone", "Europe/Berlin"]


@pytest.fixture
def asked(capsys, monkeypatch):
    """Run a command, and get its exit code, its answer and its complaints."""

    def run(*words: str, given: str | bytes = ""):
        raw = given.encode("utf-8", "surrogatepass") if isinstance(given, str) else given
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        code = main(words)
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.fixture
def lines(asked):
    """Run a command on lines of JSON, and get its exit code and its answers."""

    def run(*words: str, given: object):
        text = given if isinstance(given, str | bytes) else "\n".join(json.dumps(each) for each in given)
        code, out, err = asked(*words, given=text)
        assert not err
        return code, [json.loads(line) for line in out.splitlines()]

    return run


def test_without_a_command_it_says_what_there_is(asked):
    for words, code in (([], 2), (["--help"], 0), (["help"], 0)):
        assert asked(*words)[0] == code
        assert "interlude COMMAND" in asked(*words)[1]


def test_the_version_names_the_zone_data(asked):
    assert asked("--version")[1].splitlines() == [
        f"interlude {__version__}",
        f"zone data {zone_data().version} ({zone_data().source})",
    ]


@pytest.mark.parametrize(
    "words", [["due", "-h"], ["decide", "-h"], ["policy", "-h"], ["policy", "diff", "-h"]]
)
def test_every_command_explains_itself(asked, words):
    code, out, _ = asked(*words)
    assert code == 0
    assert out.startswith("usage: interlude")


@pytest.mark.parametrize(
    "words",
    [["due", "--sennt", "x"], ["decide", "--topic", "crisis"], ["policy"], ["policy", "sho"], ["due", "x"]],
)
def test_what_is_not_understood_ends_with_two(asked, words):
    code, out, err = asked(*words)
    assert (code, out) == (2, "")
    assert "usage: interlude" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["due", "--sent", "tomorrow"], "sent: 'tomorrow' is no moment; write it like 2026-03-03T10:00"),
        (["due", "--sent", "9999-12-31T10:00Z"], "outside the years 1900 to 2199"),
        (["due", "--zone", "Europe/Berln"], "did you mean 'Europe/Berlin'?"),
        (["due", "--client-zone", "\udc80"], "there is no time zone"),
        (["due", "--closed", "soon"], "closed: 'soon' is no date"),
        (["due", "--away", "2026-03-03T10:00"], "away: '' is no moment"),
        (["due", "--away", "2026-03-03T10:00/2026-03-01T10:00"], "ends (2026-03-01"),
        (["due", "--on", "x"], "on: 'x' is no date"),
        (["due", "--policy", "scheduling_onl"], "did you mean scheduling_only?"),
        (["due", "--policy", "qqqqqqqq"], "`interlude policy presets` lists"),
        (["due", "--policy", "a\0b"], "cannot be read"),
        (["due", "--policy", "."], "cannot be read"),
        (
            ["due", "--policy", 'layer = "practice"\nname = "P"\nhours.mon = 3'],
            "rules: hours.mon = 3: write openings",
        ),
        (["decide"], "topic: None is none; one of: schedule"),
        (["decide", "--topic", "session", "--words", "-1"], "words is -1; give a whole number"),
        (["policy", "show"], "policy: no rules; name a file or a starting point"),
        (["policy", "check"], "nothing to check"),
        (["policy", "explain", "scheduling_only", "--key", "minimum_agee"], "did you mean minimum_age?"),
        (["policy", "presets", "--preset", "warm"], "presets: preset = 'warm'"),
        (["policy", "diff", "scheduling_only"], "after: no rules"),
    ],
)
def test_a_problem_is_told_in_words_and_ends_with_one(asked, words, said):
    code, out, err = asked(*words)
    assert (code, out) == (1, "")
    assert err.startswith("interlude: ")
    assert said in err
    assert len(err.splitlines()) == 1


def test_a_file_that_is_no_text_is_refused_in_words(asked, tmp_path):
    file = tmp_path / "rules.toml"
    file.write_bytes(b"\xff\xfe")
    assert "save it as UTF-8 text" in asked("due", "--policy", str(file))[2]
    file.write_bytes(b"#" * 10_000_000)
    assert "keep it below 200000 characters" in asked("due", "--policy", str(file))[2]


@pytest.mark.contract("B2", "B4")
def test_a_promise_for_the_session_only_has_no_date(asked):
    rules = 'layer = "clinician"\nname = "Ada"\npromise = { kind = "session_only" }'
    assert asked("due", "--policy", rules)[1].splitlines()[1] == "answer by   in the session only"
    assert json.loads(asked("due", "--policy", rules, "--json")[1])["reply_due"] is None


def test_an_answer_in_words_names_what_was_asked(asked):
    def decide(topic: str, *words: str) -> str:
        return asked("decide", *WARM, "--topic", topic, "--now", "2026-03-03T10:00", *words)[1]

    assert decide("late") == (
        "acknowledged\n"
        "read        Tue 3 Mar 2026, 12:00 Europe/Berlin\n"
        "by          Thu 5 Mar 2026, 17:00 Europe/Berlin\n"
        "rules       R-39\n"
    )
    assert "reason      not_accepted\nkept in     journal\n" in decide("session", "--not-accepted")
    assert "wish met    no\n" in decide("homework", "--wish-by", "2026-03-03T11:00")
    assert "reason      ended" in decide("session", "--ended")
    assert "reason      under_age" in decide("session", "--age", "17")
    assert "reason      asked" in decide("session", "--keep")
    assert decide("session", "--no-answer").startswith("no answer wanted\nread ")
    assert "reason      over_plan" in decide("homework", "--used", "3")
    page = 'layer = "clinician"\nname = "Ada"\ntopics.self_service = ["schedule"]'
    assert "page        appointments" in decide("schedule", "--policy", page)
    desk = 'layer = "clinician"\nname = "Ada"\ntopics.desk = ["billing"]'
    assert decide("billing", "--policy", desk).startswith("at the front desk\nanswer by ")


def test_many_questions_are_answered_line_by_line_and_a_bad_one_stops_nothing(lines):
    given = [
        {"id": "a", "sent": "2026-03-03T10:00"},
        {"id": "b", "snt": 1},
        {"qqqqqqq": 1},
        {"sent": 5},
        {"id": "c", "sent": "2026-03-03T10:00", "closed": ["2026-03-04"], "client_zone": "Asia/Kolkata"},
        {"policy": 3},
        {"desk": "yes"},
        [1],
    ]
    code, found = lines("due", *WARM, "-", given=given)
    assert code == 1
    assert [each.get("id") for each in found] == ["a", "b", None, None, "c", None, None, None]
    assert found[0]["answer"]["reply_due"] == "2026-03-05T16:00:00Z"
    assert found[4]["answer"]["reply_due_local"] == "2026-03-06T21:30:00+05:30"
    problems = [each["error"]["words"] for each in found if "error" in each]
    assert problems == [
        "'snt' is not known here; did you mean sent?",
        "'qqqqqqq' is not known here; known are: sent, desk, policy, zone, client_zone, closed, away, on, id",
        "sent: 5 is no text; put it in quotation marks",
        "policy: 3 is no list of texts",
        "desk: 'yes' is neither true nor false",
        'this line is no object; give one such as {"id": 1}',
    ]
    assert [each["line"] for each in found if "line" in each] == [2, 3, 4, 6, 7, 8]


def test_lines_that_nobody_can_read_are_answered_too(lines):
    given = (
        b'{"sent":\n\n[[[\n'
        + b"[" * 100_000
        + b"\n"
        + b"x" * 1_500_000
        + b'\n\xff\n{"sent": "2026-03-03T10:00Z"}'
    )
    code, found = lines("due", "-", given=given)
    assert code == 1
    assert ["error" in each for each in found] == [True, True, True, True, True, False]
    assert "longer than 1000000 bytes" in found[3]["error"]["words"]


def test_many_decisions(lines):
    given = [
        {"topic": "homework", "words": 10**12, "choice": "keep_rest", "now": "2026-03-03T10:00"},
        {"topic": "session", "keep": True, "next_session": "2026-03-05T15:00"},
        {"topic": "sesion"},
        {"topic": "session", "choice": "all"},
        {"topic": "session", "words": 1.5},
        {"topic": "session", "wish_by": "\ud800"},
    ]
    code, found = lines("decide", *WARM, "-", given=given)
    assert code == 1
    assert [each.get("answer", {}).get("outcome") for each in found[:2]] == ["AnsweredHere", "KeptForSession"]
    words = [each["error"]["words"] for each in found[2:]]
    assert words[0] == "topic: 'sesion' is none; did you mean session?"
    assert words[1:3] == [
        "choice: 'all' is none; one of: as_it_is, keep_rest, extra",
        "words: 1.5 is no whole number",
    ]


@pytest.mark.contract("D13")
def test_many_questions_about_policies(lines):
    practice = 'layer = "practice"\nname = "P"\nsince = 2026-03-03\nlocks = ["minimum_age"]\nminimum_age = 16'
    ada = 'layer = "clinician"\nname = "Ada"\nminimum_age = 14'
    wrong = 'layer = "clinician"\nname = "Ada"\nminimum_age = nan'
    both = {"policy": [practice, ada], "on": "2026-05-04"}
    assert lines("policy", "show", "-", given=[both])[1][0]["answer"]["minimum_age"] == 16
    explained = lines("policy", "explain", "-", given=[both | {"key": "minimum_age"}])[1][0]["answer"]
    assert explained[0]["wanted"] == {
        "value": 14,
        "set_by": {"layer": "clinician", "name": "Ada", "since": None, "until": None},
    }
    code, checked = lines("policy", "check", "-", given=[both, {"policy": wrong}])
    assert (code, [each["sound"] for each in checked[0]["answer"]]) == (1, [True, True, True])
    assert checked[1]["answer"][0]["problem"] == {
        "file": "rules",
        "key": "minimum_age",
        "value": "nan",
        "remedy": "use a whole number from 0 to 25",
    }
    changed = lines("policy", "diff", "-", given=[{"before": practice, "after": ada, "on": "2026-05-04"}])[1]
    assert [each["key"] for each in changed[0]["answer"]] == ["minimum_age"]
    assert lines("policy", "presets", "-", given=[{"preset": "scheduling_only"}])[1][0]["answer"][0]["fits"]


def test_each_verb_about_policies_answers_a_person_and_a_program(asked):
    presets = asked("policy", "presets")[1].splitlines()
    assert len(presets) == 17
    assert len(json.loads(asked("policy", "presets", "--json")[1])) == 17
    assert json.loads(asked("policy", "show", "scheduling_only", "--json")[1])["plan.words"] == 100
    assert 'answer = ["schedule", "billing", "tech"' in asked("policy", "show", "scheduling_only")[1]
    assert len(asked("policy", "explain", "scheduling_only")[1].splitlines()) > 50
    assert asked("policy", "diff", "scheduling_only", "scheduling_only")[1] == "nothing changes\n"
    assert (
        "looser    messages a week: 3 until now, 5"
        in asked("policy", "diff", "couples_no_secrets", "scheduling_only")[1]
    )


def test_what_is_shown_can_be_read_back(asked):
    shown = asked("policy", "show", "dbt_skills_coaching")[1]
    again = asked("policy", "show", f'layer = "agreement"\nname = "Noor"\n{shown}')[1]
    assert again.splitlines()[1:] == shown.splitlines()[1:]


def test_contradicting_locks_are_found_by_checking_files_together(asked):
    one, two = (
        f'layer = "{layer}"\nname = "{layer}"\nlocks = ["zone"]\nzone = "{zone}"'
        for layer, zone in (("law", "UTC"), ("practice", "Asia/Kolkata"))
    )
    code, out, err = asked("policy", "check", one, two)
    assert (code, out) == (1, "rules: sound\nrules: sound\n")
    assert "this lock contradicts UTC by law; take one of the two locks out" in err


def test_a_word_that_is_nearly_a_command_is_asked_about_and_not_sent_to_the_portal(asked):
    assert asked("duee")[::2] == (2, "interlude: there is no command 'duee'; did you mean due?\n")


def test_every_other_word_goes_on_to_the_portal(asked, monkeypatch):
    heard = []
    portal = type("Portal", (), {"main": staticmethod(heard.append)})
    monkeypatch.setitem(sys.modules, "interlude.site.manage", portal)
    assert asked("serve", "--port", "1")[0] == 0
    assert heard == [["serve", "--port", "1"]]


@pytest.mark.parametrize("missing", ["django", "interlude.site.gone"])
def test_without_the_portal_it_says_how_to_get_it(asked, monkeypatch, missing):
    def no_module(name: str):
        if name == "interlude.site.manage":
            raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)
        return import_module(name)

    monkeypatch.setattr("importlib.import_module", no_module)
    if missing == "django":
        code, _, err = asked("serve")
        assert code == 2
        assert err.endswith('the portal is not installed; pip install "interlude[portal]"\n')
    else:
        with pytest.raises(ModuleNotFoundError):
            asked("serve")


@pytest.mark.parametrize(("raised", "code"), [(KeyboardInterrupt, 130), (BrokenPipeError, 0)])
def test_being_interrupted_is_no_crash(monkeypatch, raised, code):
    def leave(*_words: object) -> None:
        raise raised

    monkeypatch.setattr(import_module("interlude.cli.main"), "_run", leave)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert main(["due"]) == code


@pytest.mark.parametrize("words", ["['due', '--policy', 'scheduling_only']", "['--version']"])
def test_nothing_of_the_portal_is_loaded(words):
    program = (
        f"import sys; from interlude.cli import main; assert main({words}) == 0\n"
        "print({name.partition('.')[0] for name in sys.modules} & {'django', 'environs'} or 'none')"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "none"
