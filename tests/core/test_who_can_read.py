"""Who can read what is written, and who cannot: docs/rules.md, R-134 to R-139."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.contact import Point, mailbox, same_mailbox, same_phone, shared_points
from interlude.core.guardians import BASIC, CLOSED, Reach, Scope
from interlude.core.readers import Cover, Facts, Guardian, Member, Place, Who, Why, who_can_read

ON = date(2026, 5, 13)
NOOR = Facts("noor", "Ada Lindqvist", ON, members=(Member("noor", "Noor Haddad"),))
JONAS = Guardian("jonas", "Jonas Sand", Reach(True, BASIC))


def facts(**more):
    given = {field: getattr(NOOR, field) for field in NOOR.__dataclass_fields__}
    return Facts(**given | more)


def pair(**more):
    return facts(members=(Member("noor", "Noor Haddad"), Member("imre", "Imre Vass")), **more)


def who(lines):
    return {(str(line.who), line.name) for line in lines}


def test_of_one_client_the_two_read_it_and_the_desk_does_not():
    answer = who_can_read(NOOR)
    assert who(answer.can) == {("writer", ""), ("therapist", "Ada Lindqvist")}
    assert who(answer.cannot) == {("desk", "")}
    assert answer.is_between_two


@pytest.mark.parametrize(
    ("secrets", "reads", "why"),
    [
        ("no_secrets", True, Why.NO_SECRETS),
        ("limited_secrets", False, Why.LIMITED_SECRETS),
        ("not_chosen", True, Why.NO_SECRETS),  # versions from before the choice: all who agreed read along
    ],
)
def test_the_rule_on_secrets_says_whether_the_other_reads_along(secrets, reads, why):
    answer = who_can_read(pair(secrets=secrets))
    lines = answer.members if reads else answer.apart
    assert [(line.name, line.why) for line in lines] == [("Imre Vass", why)]
    assert answer.is_limited is (secrets == "limited_secrets")


def test_who_came_later_reads_nothing_and_is_read_by_nobody():
    late = Member("rana", "Rana Later", in_version=False)
    together = pair(secrets="no_secrets").members
    for writer, others in (("noor", {"Rana Later"}), ("rana", {"Noor Haddad", "Imre Vass"})):
        answer = who_can_read(facts(writer=writer, members=(*together, late), secrets="no_secrets"))
        assert {line.name for line in answer.apart if line.why is Why.CAME_LATER} == others


@pytest.mark.contract("A7", "D8")
def test_a_guardian_never_reads_and_is_named_with_what_they_see():
    answer = who_can_read(facts(guardians=(JONAS,)))
    assert [(line.name, line.scopes) for line in answer.guardians] == [("Jonas Sand", BASIC)]
    gone = Guardian("gus", "Gus Gone", CLOSED)
    assert not who_can_read(facts(guardians=(gone,))).guardians


def test_a_copy_that_the_law_demands_is_said_where_messages_are_written_and_nowhere_else():
    by_law = Guardian("jonas", "Jonas Sand", Reach(True, BASIC | {Scope.COPY}))
    assert who_can_read(facts(guardians=(by_law,))).copies[0].why is Why.LAW_DEMANDS
    for place in (Place.DESK, Place.JOURNAL):
        assert not who_can_read(facts(guardians=(by_law,), place=place)).copies


def test_two_guardians_do_not_hear_of_each_other():
    other = Guardian("gwen", "Gwen Second", Reach(True, BASIC))
    answer = who_can_read(facts(writer="jonas", guardians=(JONAS, other), place=Place.DESK))
    assert not who(answer.can + answer.cannot) & {("guardian", "Gwen Second"), ("guardian", "Jonas Sand")}


def test_a_supervisor_a_cover_and_a_keeper_of_records_are_named_with_their_dates():
    answer = who_can_read(
        facts(
            supervised=True,
            supervisor="Ruth Adler",
            in_training=True,
            covers=(
                Cover("Sam", date(2026, 6, 1), date(2026, 6, 9)),
                Cover("Old", date(2026, 1, 1), date(2026, 5, 12)),
            ),
            keepers=("Paula",),
        )
    )
    assert [line.name for line in answer.supervisors] == ["Ruth Adler"]
    assert [(line.name, line.ends) for line in answer.covers] == [("Sam", date(2026, 6, 9))]
    assert [line.why for line in answer.keepers] == [Why.TWO_OPEN]
    assert answer.in_training and not answer.is_between_two


def test_what_goes_to_the_desk_or_the_journal_goes_to_nobody_else():
    desk = who_can_read(pair(place=Place.DESK, supervised=True, supervisor="Ruth", guardians=(JONAS,)))
    assert {line.who for line in desk.can} == {Who.WRITER, Who.DESK}
    journal = who_can_read(pair(place=Place.JOURNAL, supervised=True, supervisor="Ruth"))
    assert {line.who for line in journal.can} == {Who.WRITER}


def test_in_a_group_nobody_else_of_it_reads_or_is_named():
    answer = who_can_read(facts(in_group=True))
    assert [(line.who, line.name) for line in answer.those(Who.GROUP, can=False)] == [(Who.GROUP, "")]


names = st.sampled_from(["a", "b", "c", "d"])
some_facts = st.builds(
    Facts,
    writer=st.just("a"),
    therapist=st.just("T"),
    on=st.just(ON),
    place=st.sampled_from(list(Place)),
    members=st.lists(st.booleans(), max_size=3).map(
        lambda rest: (Member("a", "a"), *(Member(f"m{n}", f"m{n}", is_in) for n, is_in in enumerate(rest)))
    ),
    guardians=st.lists(st.frozensets(st.sampled_from(list(Scope))), max_size=3).map(
        lambda rest: tuple(Guardian(f"g{n}", f"g{n}", Reach(True, seen)) for n, seen in enumerate(rest))
    ),
    secrets=st.sampled_from(["not_chosen", "no_secrets", "limited_secrets"]),
    supervised=st.booleans(),
    supervisor=st.sampled_from(["", "S"]),
    keepers=st.sampled_from([(), ("K",)]),
    in_group=st.booleans(),
)


@given(some_facts)
def test_nobody_stands_in_both_lists_and_the_writer_always_reads(care):
    answer = who_can_read(care)
    everybody = [(line.who, line.name) for line in answer.can + answer.cannot]
    assert len(everybody) == len(set(everybody))
    assert answer.can[0].who is Who.WRITER
    assert (answer.place is Place.THERAPIST) == any(line.who is Who.THERAPIST for line in answer.can)


@given(some_facts)
def test_a_guardian_reads_only_where_the_law_demands_a_copy(care):
    seen = {one.name for one in care.guardians if Scope.COPY in one.reach.scopes}
    assert {line.name for line in who_can_read(care).copies} <= seen


@given(some_facts)
def test_two_who_write_read_each_other_or_neither_does(care):
    def read_by(writer):
        return {line.name for line in who_can_read(facts_of(care, writer)).members}

    for one in care.members:
        for other in care.members:
            if one != other:
                assert (other.name in read_by(one.key)) == (one.name in read_by(other.key))


def facts_of(care, writer):
    return Facts(**{name: getattr(care, name) for name in care.__dataclass_fields__} | {"writer": writer})


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("mira@example.org", "MIRA@Example.org ", True),
        ("mira@example.org", "mira+dad@example.org", True),
        ("mira@example.org", "jonas@example.org", False),
        ("mira@example.org", "mira@example.com", False),
        ("", "", False),
        ("no address", "no address", False),
    ],
)
def test_one_mailbox_is_known_by_its_address(one, other, same):
    assert same_mailbox(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+44 7700 900123", "07700 900123", True),
        ("0044 (0)7700-900123", "+447700900123", False),  # a nought too many is another number to a machine
        ("+44 7700 900123", "+44 7700 900124", False),
        ("900123", "900123", False),  # too short to be anybody's
        ("", "+44 7700 900123", False),
        ("+91 98765 43210", "098765 43210", True),
    ],
)
def test_one_telephone_is_known_with_and_without_its_country(one, other, same):
    assert same_phone(one, other) is same


def test_each_pair_is_named_once_and_nobody_with_themself():
    points = [
        Point("mira", "email", "mira@example.org"),
        Point("mira", "phone", "+44 7700 900123"),
        Point("jonas", "phone", "07700900123"),
        Point("jonas", "email", "mira@example.org"),
        Point("gwen", "phone", "+44 7700 900999"),
    ]
    assert [(one.kind, one.one, one.other) for one in shared_points(points)] == [
        ("email", "jonas", "mira"),
        ("phone", "jonas", "mira"),
    ]
    assert mailbox("@") == ""
