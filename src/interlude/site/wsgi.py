"""What the application server loads."""

import os

from django.core.wsgi import get_wsgi_application

from interlude.site.alphabet import in_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interlude.site.settings")
application = in_utf8(get_wsgi_application())

from interlude.site.checks import stop_if_unsafe  # noqa: E402  its models need the apps, which are ready now

stop_if_unsafe()
