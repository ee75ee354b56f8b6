"""The least a Django program can do for the same work: a yardstick, not a product.

A signed-in person, CSRF, one sealed insert made durable; a page of fifty opened rows. No rules, no promise, no
record, no notices, no look. `FLOOR_DB` names the database file.
"""

from __future__ import annotations

import os
import sys
from uuid import uuid4

import django
from django.conf import settings

from interlude.site.database import database

KEY = b"0123456789abcdef0123456789abcdef"

if not settings.configured:
    from pathlib import Path

    settings.configure(
        DATABASES={"default": database(os.environ.get("FLOOR_URL", ""), Path(os.environ["FLOOR_DB"]))},
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        ROOT_URLCONF=__name__,
        SECRET_KEY="for the bench only",
        ALLOWED_HOSTS=["*"],
        CSRF_COOKIE_NAME="csrf",
        SESSION_COOKIE_NAME="session",
        USE_TZ=True,
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    )
    django.setup()

from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: E402  after Django's set-up
from django.contrib.auth.decorators import login_required  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect  # noqa: E402
from django.template import Context, Template  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402

CIPHER = AESGCM(KEY)
PAGE = Template("<ul>{% for one in rows %}<li>{{ one.at }} {{ one.text }}</li>{% endfor %}</ul>")


class Row(models.Model):
    """One sealed text of one person."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    owner = models.IntegerField()
    due = models.DateTimeField()
    done = models.BooleanField(default=False)
    sealed = models.BinaryField()

    class Meta:
        app_label = "floor"
        indexes = [
            models.Index(fields=["owner", "due", "id"], name="floor_due", condition=models.Q(done=False))
        ]

    def __str__(self) -> str:
        return f"row {self.pk}"


@login_required
def send(request: HttpRequest) -> HttpResponse:
    nonce = os.urandom(12)
    sealed = nonce + CIPHER.encrypt(nonce, request.POST["words"].encode(), b"")
    with transaction.atomic():
        Row.objects.create(id=request.POST["draft_id"], owner=1, due=timezone.now(), sealed=sealed)
    return HttpResponseRedirect("/inbox/")


@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    rows = [
        {"at": row.due, "text": CIPHER.decrypt(row.sealed[:12], row.sealed[12:], b"").decode()}
        for row in Row.objects.filter(owner=1, done=False).order_by("due", "id")[:50]
    ]
    return HttpResponse(PAGE.render(Context({"rows": rows})))


urlpatterns = [path("send/", send), path("inbox/", inbox)]
application = get_wsgi_application()


def set_up() -> str:
    """Make the tables and a signed-in session; the session's key."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415  only for set-up
    from django.contrib.auth.models import User  # noqa: PLC0415  only for set-up
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415  only for set-up
    from django.core.management import call_command  # noqa: PLC0415  only for set-up

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    user = User.objects.create_user("someone")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


if __name__ == "__main__" and sys.argv[1:] == ["set-up"]:
    print(set_up())
