"""Every request is read as UTF-8, whatever alphabet it names: our pages send nothing else.

Django takes any codec of Python at its word, before the first middleware: some are no text and end in a fault,
others make lone surrogates (security S14). Bytes that are no UTF-8 become U+FFFD, so a client's words are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)


def in_utf8(application: Application) -> Application:
    """*application*, which never hears of another alphabet."""
    return lambda environ, start_response: application(without_charset(environ), start_response)


def without_charset(environ: Environ) -> Environ:
    kind = str(environ.get("CONTENT_TYPE", ""))
    return environ | {"CONTENT_TYPE": CHARSET.sub("", kind)} if "charset" in kind.lower() else environ
