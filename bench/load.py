"""A bounded, closed-loop client for loopback: so many clients, so many seconds, then it stops by itself."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Request = Callable[
    [int, int], tuple[str, str, str, dict[str, str]]
]  # (client, turn) -> verb, path, body, headers


@dataclass
class Figures:
    """What one round measured, in milliseconds."""

    took: list[float] = field(default_factory=list)
    failed: int = 0
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.took) / self.seconds if self.seconds else 0.0

    @property
    def p50(self) -> float:
        return statistics.median(self.took) if self.took else float("nan")

    @property
    def p99(self) -> float:
        ordered = sorted(self.took)
        return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] if ordered else float("nan")

    def __str__(self) -> str:
        tail = self.p99 / self.p50 if self.took else float("nan")
        return (
            f"{self.per_second:7.1f}/s  p50 {self.p50:7.1f} ms  p99 {self.p99:7.1f} ms  p99/p50 {tail:4.1f}"
            f"  n {len(self.took)}  failed {self.failed}"
        )


def drive(port: int, request: Request, *, clients: int, seconds: float, good: tuple[int, ...]) -> Figures:
    """Let *clients* ask one after the other for *seconds*, each on a connection of its own."""
    figures, lock = Figures(), threading.Lock()
    end = time.monotonic() + seconds

    def one(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        turn = 0
        while time.monotonic() < end:
            verb, path, body, headers = request(number, turn)
            turn += 1
            began = time.perf_counter()
            try:
                connection.request(verb, path, body, headers)
                answer = connection.getresponse()
                answer.read()
                ok = answer.status in good
            except (OSError, http.client.HTTPException):
                connection.close()
                ok = False
            took = (time.perf_counter() - began) * 1000
            with lock:
                figures.took.append(took)
                figures.failed += not ok

    began = time.monotonic()
    threads = [threading.Thread(target=one, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    figures.seconds = time.monotonic() - began
    return figures
