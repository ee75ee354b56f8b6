"""Building the demo: half a year of a fictional practice, through the same actions as everybody else.

The clock is an argument. The past is spread over the 26 weeks before it, and the last days are laid out so
that there is always something waiting, due, kept and late, whatever day it is.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from interlude.accounts.languages import say_language
from interlude.accounts.models import User
from interlude.agreements.actions import accept_agreement, publish_agreement
from interlude.appointments.actions import plan_session
from interlude.boundaries.actions import close_days, publish_rules
from interlude.demo import people
from interlude.demo.between import lay_between
from interlude.demo.changes import change_the_rules
from interlude.demo.checkins import look_back
from interlude.demo.desk import lay_the_desk
from interlude.demo.first_steps import take_first_steps
from interlude.demo.library import fill_libraries
from interlude.demo.people import CARES, PRACTICE, THERAPISTS, Care
from interlude.demo.phrases import write_phrases
from interlude.demo.places import bring_in_help_lines, holidays_of
from interlude.demo.plans import write_plans
from interlude.demo.readers import say_who_reads
from interlude.demo.rulebook import write_rules
from interlude.demo.times import lay_out_times
from interlude.demo.today import lay_out_today
from interlude.demo.weeks import live_through
from interlude.practice.actions import (
    add_client,
    add_clinician,
    add_office_member,
    add_participant,
    open_practice,
)
from interlude.practice.models import Client, Clinician, OfficeMember, Participant, Practice

WEEKS = 26


@dataclass
class Stage:
    """Everybody, by key, while the demo is built."""

    now: datetime
    practice: Practice
    desk: OfficeMember
    owner: OfficeMember
    supervisor: Clinician
    clinicians: dict[str, Clinician] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    writers: dict[str, list[Participant]] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(26))

    @property
    def began(self) -> datetime:
        return self.now - timedelta(weeks=WEEKS)

    def new_id(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)


@transaction.atomic
def build_demo(*, now: datetime) -> Practice:
    """The whole demo in one transaction: all of it or nothing. Takes some seconds."""
    stage = _open(now)
    for therapist in THERAPISTS:
        _take_on(stage, therapist)
    write_rules(stage)
    for care in CARES:
        _begin_care(stage, care)
    _plan_sessions(stage)
    live_through(stage)
    _after_the_weeks(stage)
    lay_between(stage)
    look_back(stage)
    lay_out_today(stage)
    lay_the_desk(stage)
    lay_out_times(stage)
    change_the_rules(stage)
    take_first_steps(stage)
    say_who_reads(stage)
    write_plans(stage)
    fill_libraries(stage)
    write_phrases(stage)
    return stage.practice


def _open(now: datetime) -> Stage:
    began = now - timedelta(weeks=WEEKS + 1)
    practice = open_practice(
        name=PRACTICE, slug="alder-street", zone="Europe/London", country="GB", now=began
    )
    owner = add_office_member(practice=practice, name=people.OWNER, role="owner", by=None, now=began)
    desk = add_office_member(practice=practice, name=people.DESK, role="desk", by=owner, now=began)
    supervisor = add_clinician(
        practice=practice, name=people.SUPERVISOR, title="Supervisor", by=owner, now=began
    )
    stage = Stage(now, practice, desk, owner, supervisor)
    for member in (owner, desk, supervisor):
        _give_account(member, began)
    publish_rules(people.PRACTICE_RULES, practice=practice, by=owner, since=began.date(), now=began)
    close_days(holidays_of("GB", "ENG", now.year), practice=practice, by=owner, now=began)
    bring_in_help_lines(practice, owner, now=now)
    return stage


def _take_on(stage: Stage, therapist: people.Therapist) -> None:
    began = stage.began - timedelta(days=3)
    clinician = add_clinician(
        practice=stage.practice,
        name=therapist.name,
        title=therapist.title,
        zone=therapist.zone,
        country=therapist.country,
        supervisor=stage.supervisor if therapist.key == people.SUPERVISED else None,
        by=stage.owner,
        now=began,
    )
    _give_account(clinician, began)
    publish_rules(
        therapist.rules,
        practice=stage.practice,
        clinician=clinician,
        by=clinician,
        since=began.date(),
        now=began,
    )
    if therapist.country != "GB":
        days = holidays_of(therapist.country, "", stage.now.year)
        close_days(days, practice=stage.practice, clinician=clinician, by=clinician, now=began)
    stage.clinicians[therapist.key] = clinician


def _begin_care(stage: Stage, care: Care) -> None:
    clinician = stage.clinicians[care.therapist]
    born_on = _birthday(care, stage.now.date())
    client = add_client(
        clinician=clinician, name=care.name, kind=care.kind, by=stage.owner, now=stage.began, born_on=born_on
    )
    stage.clients[care.key] = client
    stage.writers[care.key] = [_writer(stage, client, one) for one in care.writers]
    preset = care.preset or next(one.preset for one in THERAPISTS if one.key == care.therapist)
    offered = stage.now - timedelta(days=1) if care.key == "elif" else stage.began
    agreement = publish_agreement(
        client=client, by=clinician, now=offered, preset=preset, text=care.own_rules
    )
    if care.key != "elif":  # Elif is new here: she has not accepted yet
        for writer in stage.writers[care.key]:
            if writer.role != Participant.Role.GUARDIAN:
                accept_agreement(
                    agreement=agreement,
                    participant=writer,
                    name_typed=writer.name,
                    now=stage.began + timedelta(hours=2),
                )


def _writer(stage: Stage, client: Client, one: people.Writer) -> Participant:
    participant = add_participant(
        client=client,
        name=one.name,
        role=one.role,
        zone=one.zone,
        country=one.country,
        by=stage.owner,
        now=stage.began,
    )
    _give_account(participant, stage.began)
    if participant.user is not None:
        say_language(participant.user, one.language)
        participant.user.language = one.language
    return participant


def _give_account(person: Participant | Clinician | OfficeMember, now: datetime) -> None:
    """An account without a password: in the demo one click signs in, and nothing else does."""
    user = User.objects.create_user(people.address_of(person.name), None, created_at=now)
    type(person).unscoped.filter(pk=person.pk).update(user=user)
    person.user = user


def _birthday(care: Care, today: date) -> date | None:
    if care.years_old is None:
        return None
    return (
        date(today.year - care.years_old, 1, 12)
        if today.month > 1
        else date(today.year - care.years_old - 1, 9, 12)
    )


def _plan_sessions(stage: Stage) -> None:
    """Every care's sessions, from the first week until three weeks from now."""
    for care in CARES:
        client, clinician = stage.clients[care.key], stage.clinicians[care.therapist]
        for starts_at in _session_times(stage, care, clinician):
            plan_session(
                client=client,
                starts_at=starts_at,
                by=clinician,
                now=stage.began,
                join_url="https://meet.example.org/room" if care.therapist == "ada" else "",
            )


def _session_times(stage: Stage, care: Care, clinician: Clinician) -> Iterator[datetime]:
    zone = clinician.time_zone()
    weekday, hour = care.session
    first = stage.began.astimezone(zone).date()
    first += timedelta(days=(weekday - first.weekday()) % 7)
    for week in range(0, WEEKS + 4, care.every_weeks):
        day = first + timedelta(weeks=week)
        yield datetime.combine(day, time(hour), tzinfo=zone).astimezone(stage.now.tzinfo)


def _after_the_weeks(stage: Stage) -> None:
    """A new version offered to Dunya that she has not read yet."""
    publish_agreement(
        client=stage.clients["dunya"],
        by=stage.clinicians["ada"],
        now=stage.now - timedelta(days=2),
        preset="warm_two_business_days",
        text="[plan]\nwords = 250\n",
    )
