"""How often somebody may ask for an address that is none: guessing is slow, and costs the house little."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MOST = 30
WITHIN = timedelta(minutes=10)


def guesses_too_often(request: HttpRequest, *, what: str, now: datetime) -> bool:
    """Count one wrong *what* from where *request* comes; have there been too many in these ten minutes?

    Only a hash of the network address is kept, and for as long as it counts.
    """
    seconds = int(WITHIN.total_seconds())
    where = str(get_adapter(request).get_client_ip(request))
    source = hashlib.sha256(f"{what}:{where}:{int(now.timestamp()) // seconds}".encode()).hexdigest()
    key = f"guesses:{source}"
    cache.add(key, 0, timeout=seconds)
    try:
        return bool(cache.incr(key) > MOST)
    except ValueError:  # it ran out between the two lines
        return False
