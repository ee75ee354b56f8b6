"""What somebody can write about, as they would say it: the closed list of the writing page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise as Later
from django.utils.translation import gettext_lazy as _

from interlude.core.policy import Handling, Policy, Topic

Words = str | Later


@dataclass(frozen=True, slots=True)
class Purpose:
    """One line of the writing page.

    Args:
        slug: its place in the address; a topic's own name, but where a topic has two purposes.
        about: how a page speaks of a message with this purpose, as in "you hear about …".
        sample: a message that fits, so that nobody has to guess what is welcome (clinical.md 7.2, 16).
        no_answer: the mark is set from the start.
        if_answered: only shown where the agreement answers the topic between sessions.
        after_session: only shown in the days after one.
        listed: on the writing page; what is not has a name only, for what came another way.
    """

    slug: str
    topic: Topic
    name: Words
    about: Words
    sample: Words
    practical: bool = False
    no_answer: bool = False
    if_answered: bool = False
    listed: bool = True
    after_session: bool = False


PURPOSES = (
    Purpose(
        "homework",
        Topic.HOMEWORK,
        _("A practice task"),
        _("your practice task"),
        _("I did the task twice. On Monday it helped. On Tuesday I got stuck. What can I do then?"),
    ),
    Purpose(
        "skill_help",
        Topic.SKILL_HELP,
        _("Help with a skill"),
        _("your skill"),
        _("I am tense before a talk at work. I tried slow breathing. What could I try next?"),
        if_answered=True,
    ),
    Purpose(
        "something_happened",
        Topic.BRIEF_UPDATE,
        _("Something that happened"),
        _("what happened"),
        _("My sister called, after two years. I said yes to a visit. I want you to know."),
        if_answered=True,
    ),
    Purpose(
        "brief_update",
        Topic.BRIEF_UPDATE,
        _("News that needs no answer"),
        _("your news"),
        _("The talk at work went well. Thank you for last week. There is no need to write back."),
        no_answer=True,
    ),
    Purpose(
        "session",
        Topic.SESSION,
        _("Something for our session"),
        _("something for our session"),
        _("I want to talk about the call with my father. It still sits with me."),
    ),
    Purpose(
        "relationship_repair",
        Topic.RELATIONSHIP_REPAIR,
        _("Something between us felt wrong"),
        _("what felt wrong"),
        _("Last week, when you looked at the clock, I felt sent away. I would like to talk about it."),
    ),
    Purpose(
        "our_messaging",
        Topic.OUR_MESSAGING,
        _("How we use messages"),
        _("how we use messages"),
        _("I am not sure if I write too often. Can we talk about it?"),
    ),
    Purpose(
        "async_session",
        Topic.ASYNC_SESSION,
        _("Our written session"),
        _("our written session"),
        _("This week I noticed two things. The first is how I talk to myself in the morning."),
        if_answered=True,
    ),
    Purpose(
        "medication",
        Topic.MEDICATION,
        _("Medication"),
        _("your medication"),
        _("My doctor changed the dose on Monday. I sleep worse since then."),
        if_answered=True,
    ),
    Purpose(
        "third_party",
        Topic.THIRD_PARTY,
        _("Somebody else"),
        _("somebody else"),
        _("My brother asks to come along once. I do not know yet what I want."),
        if_answered=True,
    ),
    Purpose(
        "thanks",
        Topic.BRIEF_UPDATE,
        _("Thanks for our session"),
        _("your thanks"),
        _("Thank you for Tuesday. It did me good to say it out loud. There is no need to write back."),
        no_answer=True,
        after_session=True,
    ),
    Purpose(
        "addition",
        Topic.SESSION,
        _("Something to add to our session"),
        _("something to add"),
        _("I left one thing out on Tuesday. It is about the move. I want to say it next time."),
        after_session=True,
    ),
    Purpose(
        "schedule",
        Topic.SCHEDULE,
        _("A time or a date"),
        _("a time or a date"),
        _("Could we meet an hour later on Tuesday? Any time after eleven is fine."),
        practical=True,
    ),
    Purpose(
        "parent_logistics",
        Topic.PARENT_LOGISTICS,
        _("Lifts, school and times"),
        _("lifts, school and times"),
        _("On Tuesday my aunt brings me. We may be five minutes late."),
        practical=True,
        listed=False,
    ),
    Purpose(
        "late",
        Topic.LATE,
        _("I am running late"),
        _("running late"),
        _("I will be ten minutes late today."),
        practical=True,
    ),
    Purpose(
        "billing",
        Topic.BILLING,
        _("A bill"),
        _("a bill"),
        _("I cannot find the bill for April. Could you send it once more?"),
        practical=True,
    ),
    Purpose(
        "tech",
        Topic.TECH,
        _("A technical problem"),
        _("a technical problem"),
        _("The video link did not open for me on Tuesday. I use a tablet."),
        practical=True,
    ),
    Purpose(
        "resource",
        Topic.RESOURCE,
        _("A link, a form or a worksheet"),
        _("a link, a form or a worksheet"),
        _("I have lost the sheet with the evening notes. Could I have it again?"),
        practical=True,
        if_answered=True,
    ),
)

FOR_GUARDIANS = (Topic.SCHEDULE, Topic.BILLING)


def offered(policy: Policy, *, guardian: bool = False, after_session: bool = False) -> list[Purpose]:
    """The purposes for the writing page, under this agreement; a guardian's are times and bills."""
    if guardian:
        return [purpose for purpose in PURPOSES if purpose.topic in FOR_GUARDIANS]
    kept = Handling.KEEP
    return [
        each
        for each in PURPOSES
        if each.listed
        and (after_session or not each.after_session)
        and not (each.if_answered and policy.handling(each.topic) is kept)
    ]


def purpose_named(slug: str, *, guardian: bool = False) -> Purpose | None:
    """The purpose at that address, if there is one for this person; also one that the page leaves out."""
    return next(
        (
            each
            for each in PURPOSES
            if each.slug == slug and not (guardian and each.topic not in FOR_GUARDIANS)
        ),
        None,
    )


def purpose_of(topic: str, *, no_answer: bool = False) -> Purpose:
    """How to speak of what was written about *topic*."""
    of_topic = [each for each in PURPOSES if each.topic == topic]
    return next((each for each in of_topic if each.no_answer == no_answer), of_topic[0])
