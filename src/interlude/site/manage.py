"""The portal's commands, behind the same `interlude` word as the library's."""

from __future__ import annotations

import base64
import os
import secrets
import sys
from pathlib import Path

from django.core.management import execute_from_command_line


def main(argv: list[str] | None = None) -> int:
    """Run one of the portal's commands; *argv* is without the program's name."""
    words = sys.argv[1:] if argv is None else argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interlude.site.settings")
    if words[:1] == ["demo"]:
        _enter_the_demo()
    execute_from_command_line(["interlude", *words])
    return 0


def _enter_the_demo() -> None:
    """The demo has a folder and keys of its own, and never touches what a real practice set up."""
    data = Path(os.environ.get("INTERLUDE_DATA", "var")) / "demo"
    data.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "INTERLUDE_DEMO": "1",
        "INTERLUDE_DATA": str(data),
        "DATABASE_URL": "",
        "INTERLUDE_ALLOWED_HOSTS": "localhost,127.0.0.1",
        "INTERLUDE_HTTPS": "0",
        "INTERLUDE_EMAIL_URL": "",
        "INTERLUDE_SECRET_KEY": secrets.token_urlsafe(48),
        "INTERLUDE_SEAL_KEY": f"1:{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}",
        "INTERLUDE_AUDIT_KEY": secrets.token_urlsafe(48),
    }


if __name__ == "__main__":
    sys.exit(main())
