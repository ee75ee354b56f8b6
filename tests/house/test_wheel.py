"""The wheel is the whole product: what a page, a pack or the server needs is inside."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house import tree


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder: Path = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=tree.ROOT, check=True, capture_output=True)
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_the_wheel_holds_every_file_of_the_source(wheel):
    source = {f.relative_to(tree.SRC.parent).as_posix() for f in tree.SRC.rglob("*") if f.is_file()}
    kept = {name for name in source if "__pycache__" not in name}
    assert kept - set(wheel.namelist()) == set()


def test_the_wheel_needs_nothing_but_python_until_the_portal_is_asked_for(wheel):
    metadata = next(name for name in wheel.namelist() if name.endswith("METADATA"))
    needs = [line for line in wheel.read(metadata).decode().splitlines() if line.startswith("Requires-Dist:")]
    assert needs
    assert all("extra == 'portal'" in line for line in needs)
