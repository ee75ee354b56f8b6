"""Every kind of notice: what it tells of, who gets it, whether it may wait, whether it can be switched off.

The page on which somebody chooses and the worker that sends both read this table. A new kind is a member of
`Notice.Kind`, a line here, and its words in `templates/email/<kind>.txt`. Rule: R-285.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interlude.core.leaving import Waits
from interlude.outbox.models import Notice

CLIENT, CLINICIAN, OFFICE = "client", "clinician", "office"
IN_TIME = _("It takes effect on a day. You have a right to know before it does.")
NOBODY_ELSE = _("A message waits that nobody else can see. Somebody has to know.")
FOR_SAFETY = _("It guards your address. It is sent once, when you ask for a change.")


@dataclass(frozen=True, slots=True)
class Kind:
    """`must`: why it cannot be switched off; empty where it can. `rooms`: whose page names it."""

    name: str
    what: str | Promise
    rooms: tuple[str, ...]
    waits: Waits = Waits.DAY
    must: str | Promise = ""


_K = Notice.Kind
ALL = (
    Kind(_K.ANSWER, _("An answer, or a line for you"), (CLIENT,)),
    Kind(_K.DATE_MOVED, _("A date that you were given moves"), (CLIENT,), Waits.NIGHT),
    Kind(_K.DESK_ANSWER, _("The front desk answered your question"), (CLIENT,)),
    Kind(_K.RECORD, _("The copy of your record is ready"), (CLIENT,)),
    Kind(_K.EXTRA_SUPPORT, _("Extra support begins, changes or ends"), (CLIENT,)),
    Kind(_K.DUE, _("Something of yours is due for a look, such as a check-in or your plan"), (CLIENT,)),
    Kind(_K.BOOKED, _("A time is set for us"), (CLIENT,), Waits.NIGHT),
    Kind(_K.REMINDER, _("A time that was set is near"), (CLIENT,), Waits.NIGHT),
    Kind(
        _K.TIMES, _("Something else about your times, such as one that became free"), (CLIENT,), Waits.NIGHT
    ),
    Kind(_K.AGREEMENT, _("Our agreement changes, or who can read with you"), (CLIENT,), must=IN_TIME),
    Kind(_K.CLOSING, _("The work comes to its end, and its days"), (CLIENT,), Waits.NIGHT, must=IN_TIME),
    Kind(_K.COVER, _("A colleague asks you to stand in"), (CLINICIAN,), Waits.NIGHT),
    Kind(_K.BACK, _("What waited while you were away, in one mail"), (CLINICIAN,), Waits.NIGHT),
    Kind(_K.UNSEEN, _("Something waits whose person cannot see it"), (OFFICE,), Waits.NOT, must=NOBODY_ELSE),
    Kind(_K.INVITATION, _("An invitation"), (), Waits.NOT, must=FOR_SAFETY),
    Kind(_K.CODE, _("The code for a new address"), (), Waits.NOT, must=FOR_SAFETY),
    Kind(_K.MOVED_AWAY, _("Your notices go to another address"), (), Waits.NOT, must=FOR_SAFETY),
)
_BY_NAME = {kind.name: kind for kind in ALL}


def kind_of(name: str) -> Kind:
    return _BY_NAME[name]


def kinds_for(room: str) -> list[Kind]:
    """Those that somebody in this room is told of, what can be switched off first."""
    return sorted((kind for kind in ALL if room in kind.rooms), key=lambda kind: bool(kind.must))


def may_be_off(names: Iterable[str]) -> list[str]:
    """Of these, the ones that can be switched off at all, in the order of the table."""
    wanted = set(names)
    return [kind.name for kind in ALL if kind.name in wanted and not kind.must]
