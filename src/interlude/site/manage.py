"""The portal's commands, behind the same `interlude` word as the library's."""

from __future__ import annotations

import base64
import os
import secrets
import sys
from pathlib import Path

from django.core.management import execute_from_command_line
from environs.exceptions import EnvValidationError


def main(argv: list[str] | None = None) -> int:
    """Run one of the portal's commands; *argv* is without the program's name."""
    words = sys.argv[1:] if argv is None else argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interlude.site.settings")
    if words[:1] == ["demo"]:
        _enter_the_demo()
    try:
        execute_from_command_line(["interlude", *words])
    except EnvValidationError as error:
        sys.exit(_what_is_missing(error))
    return 0


def _what_is_missing(error: EnvValidationError) -> str:
    """One line for each setting that is not there or cannot be read; its value is not repeated."""
    found = error.error_messages if isinstance(error.error_messages, dict) else {}
    lines = [f"  {name}: {' '.join(map(str, said))}" for name, said in found.items()]
    return "\n".join(
        ["Interlude does not start like this:", *lines, "bin/setup writes secrets into .env; see settings.md"]
    )


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
