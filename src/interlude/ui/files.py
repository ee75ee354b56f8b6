"""Files that people add and take along: chosen in one field, refused in plain words, sent to be saved. R-184, R-221."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ACCEPTED = ".pdf,.png,.jpg,.jpeg"


def file_field(**kwargs: Any) -> forms.FileField:
    """A PDF or a picture; what it really is, its bytes say later."""
    return forms.FileField(
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Choose a file first. It may have up to 5 MB.")},
        **kwargs,
    )


def refused(why: str, size: int) -> str:
    """What to do with a file that is not kept. *size* is in bytes."""
    if why == "large":
        said = gettext("This file has %(size)s MB, and 5 MB is the most. A smaller scan or photo works.")
        return said % {"size": round(size / 1024 / 1024, 1)}
    if why == "empty":
        return gettext("This file has nothing in it. Choose another one.")
    if why == "measures":
        return gettext(
            "This picture has more than 25 million points. Save a smaller one and choose it again."
        )
    if why == "runs":
        return gettext(
            "This PDF holds a program, another file or a form that sends itself. Print it to a new PDF and choose that."
        )
    if why == "locked":
        return gettext(
            "This PDF is locked, so nobody can look into it. Print it to a new PDF and choose that."
        )
    if why == "broken":
        return gettext("This file is damaged. Open it, save it again, and choose the new one.")
    return gettext("This is no PDF, PNG or JPEG file. Save it as one of these and choose it again.")


def as_download(data: bytes, *, media: str, name: str) -> HttpResponse:
    """*data* as a file that a browser saves and does not show; nothing in it may run."""
    return HttpResponse(data, content_type=media, headers=_to_save(name))


def as_stream(parts: Iterable[str], *, name: str) -> StreamingHttpResponse:
    """Plain text as a file to save, sent while it is still being read: however long, little of it is in memory."""
    media = "text/plain; charset=utf-8"
    return StreamingHttpResponse(parts, content_type=media, headers=_to_save(name))


def _to_save(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
