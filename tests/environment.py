"""The environment that every test runs in; pytest loads it before Django's settings (pyproject.toml).

INTERLUDE_TEST_DATABASE_URL chooses the database: unset is SQLite in memory, bin/test sets it to a PostgreSQL.
"""

import os
from pathlib import Path

DATABASE = os.environ.get("INTERLUDE_TEST_DATABASE_URL", "")

for name in [name for name in os.environ if name.startswith("INTERLUDE_") and "_TEST_" not in name]:
    del os.environ[name]

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "interlude.site.settings",
    "DATABASE_URL": DATABASE,
    "INTERLUDE_SECRET_KEY": "for tests only; every test run in the world knows this value",
    "INTERLUDE_SEAL_KEY": "1:" + "dGVzdHMgb25seSwgZXZlcnlib2R5IGtub3dzIHRoaXM=",
    "INTERLUDE_AUDIT_KEY": "for tests only; every test run in the world knows this one too",
    "INTERLUDE_PUSH_KEY": "dGVzdHMgb25seSwgZXZlcnlib2R5IGtub3dzIHRoaXM=",
    "INTERLUDE_DATA": str(Path(__file__).resolve().parents[1] / "var" / "tests"),
}
