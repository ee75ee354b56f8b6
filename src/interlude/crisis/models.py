"""Help lines of a practice. Nothing is shown to anybody until a person has checked it."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import quote

from django.db import models

from interlude.core.line_hours import DailyHours
from interlude.core.packs.help_words import in_language
from interlude.core.packs.lines import EVIDENCE, about_line, help_line
from interlude.core.packs.lines import HelpLine as Draft
from interlude.core.packs.places import COUNTRIES
from interlude.practice.models import OfficeMember, PracticeRow
from interlude.practice.scope import PracticeManager

CHECK_AGAIN = timedelta(days=90)  # numbers move; source: domain/crisis_lines.json, "upkeep"


class HelpLineQuerySet(models.QuerySet["HelpLine"]):
    def shown(self) -> HelpLineQuerySet:
        """Lines that a person has checked, danger to life first."""
        return self.filter(checked_on__isnull=False).order_by("country", "position", "name")

    def visible_to(self, person: OfficeMember) -> HelpLineQuerySet:
        """The practice's lines, checked or not: only the office sees drafts."""
        return self.filter(practice_id=person.practice_id)

    def with_history(self) -> HelpLineQuerySet:
        """Each with its checks, newest first, and what was told of it and nobody has looked into, as `open_told`."""
        checks = models.Prefetch("checks", LineCheck.unscoped.select_related("by").order_by("-at"))
        told = models.Prefetch("told_wrong", WrongNumber.unscoped.open(), to_attr="open_told")
        return self.select_related("checked_by").prefetch_related(checks, told)

    def to_check_again(self, today: date) -> HelpLineQuerySet:
        """Shown lines whose last check is old."""
        return self.shown().filter(checked_on__lte=today - CHECK_AGAIN)


class HelpLine(PracticeRow):
    """One way to reach somebody now."""

    class Kind(models.TextChoices):
        EMERGENCY = "emergency"
        LINE = "line"

    source_id = models.CharField(max_length=24, blank=True)
    country = models.CharField(max_length=2)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.LINE)
    position = models.PositiveSmallIntegerField(default=50)
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=240, blank=True)
    phone = models.CharField(max_length=40, blank=True)  # as a person reads it
    dial = models.CharField(max_length=40, blank=True)  # for a tel: link
    text_number = models.CharField(max_length=40, blank=True)
    text_word = models.CharField(max_length=40, blank=True)
    url = models.URLField(blank=True)
    hours = models.CharField(max_length=120, blank=True)
    opens = models.TimeField(
        null=True
    )  # the same each day, by the clock of the zone; None: any hour, or unknown
    closes = models.TimeField(null=True)
    zone = models.CharField(max_length=64, blank=True)
    group = models.CharField(max_length=40, blank=True)  # entries of one service stand together
    source = models.CharField(max_length=240, blank=True)
    checked_on = models.DateField(null=True)
    checked_by = models.ForeignKey(OfficeMember, models.PROTECT, null=True, related_name="+")
    how_checked = models.CharField(max_length=12, blank=True)  # called, page

    objects = PracticeManager.from_queryset(HelpLineQuerySet)()
    unscoped = models.Manager.from_queryset(HelpLineQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["country", "position", "name"]
        constraints = [
            models.CheckConstraint(
                name="help_line_checked_by_somebody",
                condition=models.Q(checked_on=None, checked_by=None)
                | models.Q(checked_on__isnull=False, checked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="help_line_hours_whole_or_none",
                condition=models.Q(opens=None, closes=None, zone="")
                | (models.Q(opens__isnull=False, closes__isnull=False) & ~models.Q(zone="")),
            ),
        ]

    def __str__(self) -> str:
        return f"help line {self.pk} ({self.country})"

    @property
    def tel(self) -> str:
        """For a `tel:` link: a star or a hash must survive the address."""
        return quote(self.dial, safe="+")

    @property
    def country_name(self) -> str:
        return COUNTRIES.get(self.country, self.country)

    @property
    def draft(self) -> Draft | None:
        """The pack's entry that this line came from, with what a checker should know."""
        return help_line(self.source_id) if self.source_id else None

    @property
    def evidence(self) -> str:
        return EVIDENCE[self.draft.evidence] if self.draft else ""

    @property
    def is_emergency(self) -> bool:
        return self.kind == self.Kind.EMERGENCY

    @property
    def is_no_call(self) -> bool:
        """Can somebody be reached here without speaking?"""
        return bool(self.text_number)

    @property
    def sms(self) -> str:
        """For an `sms:` link, with the first word where there is one."""
        number = "".join(self.text_number.split())
        return f"{number}?body={quote(self.text_word)}" if self.text_word else number

    def daily(self) -> DailyHours | None:
        """Its hours by the clock; None for any hour, and where nobody wrote them down."""
        if self.opens is None or self.closes is None:
            return None
        return DailyHours(self.opens, self.closes, self.zone)

    def named(self, language: str) -> str:
        return in_language(self.name, language)

    def said(self, language: str) -> str:
        """What it is for; our own sentences in the reader's language, a practice's as they were typed."""
        draft = self.draft
        ours = draft is not None and draft.about == self.about
        return about_line(self.source_id, language) if ours else self.about

    def hours_in(self, language: str) -> str:
        """Its hours in words. A practice's own line has them as they were typed."""
        return in_language(self.hours, language)

    def wants_a_check(self, today: date) -> bool:
        return self.checked_on is None or self.checked_on <= today - CHECK_AGAIN


class LineCheck(PracticeRow):
    """What a person found about a line on a day. Rows are added, never edited. Rule: R-161.

    The numbers stand here as they were then, so that an old print can be recognised.
    """

    class Found(models.TextChoices):
        CALLED = "called"
        PAGE = "page"
        DOWN = "down"
        DEMO = "demo"

    line = models.ForeignKey(HelpLine, models.PROTECT, related_name="checks")
    found = models.CharField(max_length=8, choices=Found.choices)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(OfficeMember, models.PROTECT, related_name="+")
    phone = models.CharField(max_length=40, blank=True)
    text_number = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=240, blank=True)

    objects = PracticeManager()
    unscoped = models.Manager["LineCheck"]()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                name="line_taken_down_for_a_reason", condition=~models.Q(found="down", why="")
            ),
        ]

    def __str__(self) -> str:
        return f"check {self.pk} of help line {self.line_id}"

    def save(self, *args: object, **kwargs: object) -> None:
        if not self._state.adding:
            raise TypeError(f"{self} is kept as it was written; add another one")
        super().save(force_insert=True)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise TypeError(f"{self} is kept as it was written")


class WrongNumberQuerySet(models.QuerySet["WrongNumber"]):
    def open(self) -> WrongNumberQuerySet:
        """Those that nobody has looked into yet, oldest first."""
        return self.filter(settled_on=None).order_by("told_on", "id")

    def visible_to(self, person: OfficeMember) -> WrongNumberQuerySet:
        return self.filter(practice_id=person.practice_id)


class WrongNumber(PracticeRow):
    """Somebody told that a line is wrong. Who, from where and at what hour is kept nowhere. Rule: R-162."""

    class What(models.TextChoices):
        NOBODY = "nobody"
        OTHER = "other"
        HOURS = "hours"
        ELSE = "else"

    line = models.ForeignKey(HelpLine, models.PROTECT, related_name="told_wrong")
    what = models.CharField(max_length=8, choices=What.choices)
    note = models.CharField(max_length=300, blank=True)
    told_on = models.DateField()
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(OfficeMember, models.PROTECT, null=True, related_name="+")

    objects = PracticeManager.from_queryset(WrongNumberQuerySet)()
    unscoped = models.Manager.from_queryset(WrongNumberQuerySet)()

    class Meta:
        base_manager_name = "unscoped"
        default_manager_name = "unscoped"
        ordering = ["told_on"]
        indexes = [models.Index(fields=["practice", "settled_on"], name="wrong_number_open")]

    def __str__(self) -> str:
        return f"wrong number {self.pk}"
