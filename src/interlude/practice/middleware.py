"""Who the signed-in person is in a practice, found once a request and opened for the queries that follow."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from interlude.accounts.middleware import (
    needs_second_factor,
    opens_without_second_factor,
    to_second_factor,
)
from interlude.core.packs.help_words import ANYWHERE, FIRST, languages
from interlude.practice.guardians import still_open
from interlude.practice.models import Clinician, OfficeMember, Participant, Practice
from interlude.practice.prepared import Prepared
from interlude.practice.scope import enter_practice
from interlude.practice.spanish import spoken_to
from interlude.ui.languages import heard

_PARTICIPATIONS: Prepared[Participant] = Prepared(
    lambda user, now: (
        Participant.unscoped.open_at(now)
        .filter(user=user)
        .select_related("practice", "client__clinician")
        .order_by("client__began_on", "id")
    ),
    user=models.UUIDField(),
    now=models.DateTimeField(),
)
CARE = "care"  # session key: which course of care somebody with several is looking at


class Occupant:
    """The places a signed-in person has. Read anew at each request, so a change of rights holds at once."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._user = request.user if request.user.is_authenticated else None

    @cached_property
    def clinician(self) -> Clinician | None:
        here: Clinician | None = getattr(self._user, "clinician", None)
        return here if here is not None and here.left_at is None else None

    @cached_property
    def office(self) -> OfficeMember | None:
        here: OfficeMember | None = getattr(self._user, "office_member", None)
        return here if here is not None and here.left_at is None else None

    @cached_property
    def participations(self) -> list[Participant]:
        if self._user is None:
            return []
        now = timezone.now()  # noqa: TID251  the middleware is where a request meets the clock
        known = _PARTICIPATIONS(user=self._user.pk, now=now)
        for one in known:  # one practice, read once
            one.client.practice = one.client.clinician.practice = one.practice
        return still_open(known, now)

    @cached_property
    def participant(self) -> Participant | None:
        chosen = self._request.session.get(CARE)
        for one in self.participations:
            if str(one.pk) == chosen:
                return one
        return self.participations[0] if self.participations else None

    @cached_property
    def is_staff(self) -> bool:
        return self.clinician is not None or self.office is not None

    @cached_property
    def person(self) -> Clinician | OfficeMember | Participant | None:
        """Who they are on this page: by the room in the address, else the first place they have."""
        rooms = {"practice": "clinician", "office": "office", "my": "participant"}
        room = self._request.path.split("/")[1]
        named = getattr(self, rooms[room]) if room in rooms else None
        return named or self.clinician or self.office or self.participant

    @property
    def practice(self) -> Practice | None:
        return self.person.practice if self.person else None

    @property
    def help_address(self) -> str:
        """Help now for where they are, in their language: a client's own place if known, else the practice's."""
        if self.practice is None:
            return "/help/"
        country = self.person.country if isinstance(self.person, Participant) else ""
        language = (translation.get_language() or FIRST).partition("-")[0]
        if language != FIRST and language in languages():
            return f"/help/{self.practice.slug}/{country or ANYWHERE}/{language}/"
        return f"/help/{self.practice.slug}/{country}/" if country else f"/help/{self.practice.slug}/"


class Occupants:
    """Sets `request.occupants`, opens their practice, and speaks their zone and language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        occupants = Occupant(request)
        request.occupants = occupants  # type: ignore[attr-defined]  # our one addition to a request
        person = occupants.person
        enter_practice(_practice_id(person))
        if person is not None:
            timezone.activate(ZoneInfo(person.time_zone().key))
        if request.user.is_authenticated:
            translation.activate(spoken_to(person, request.user.language))
        try:
            return self._in_its_language(self._answer(request, occupants))
        finally:
            enter_practice(None)
            timezone.deactivate()

    def _in_its_language(self, response: HttpResponse) -> HttpResponse:
        """Which language a page is in is told by its name, and Spanish has one name."""
        response.headers.setdefault("Content-Language", heard())
        return response

    def _answer(self, request: HttpRequest, occupants: Occupant) -> HttpResponse:
        if occupants.is_staff:
            request.session.setdefault("is_staff", True)
            if not opens_without_second_factor(request.path) and needs_second_factor(request):
                return to_second_factor()
        return self.get_response(request)


def _practice_id(person: Clinician | OfficeMember | Participant | None) -> UUID | None:
    return person.practice_id if person is not None else None
