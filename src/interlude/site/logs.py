"""Logs carry no words of a client, whatever went wrong."""

from __future__ import annotations

import logging


class NoWords(logging.Filter):
    """Keeps where an error happened and drops what it said: an exception's text may quote a message.

    `INTERLUDE_DEBUG` on a developer's machine keeps the text.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            record.msg = f"{record.getMessage()} [{_trail(error)}]"
            record.args = None
            record.exc_info = None
            record.exc_text = None
        return True


def _trail(error: BaseException) -> str:
    """`ValueError at messaging/actions.py:41 < views/client.py:20`: places, never values."""
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{'/'.join(code.co_filename.split('/')[-3:])}:{trace.tb_lineno}")
        trace = trace.tb_next
    return f"{type(error).__name__} at {' < '.join(reversed(places[-6:]))}"
