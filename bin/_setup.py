"""What bin/setup does, once a Python is found. Standard library only: nothing is installed yet."""

import argparse
import base64
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
LOCKS = ROOT / "requirements"
OURS = [ROOT / "pyproject.toml", LOCKS / "bootstrap.txt", LOCKS / "build.txt", Path(__file__)]


def main() -> int:
    options = argparse.ArgumentParser(prog="bin/setup", description="Make .venv and .env, ready to run.")
    options.add_argument("--dev", action="store_true", help="also what tests and checks need")
    dev = options.parse_args().dev
    make_venv()
    install(LOCKS / ("dev.txt" if dev else "runtime.txt"))
    compile_catalogues(ROOT / "src" / "interlude" / "locale")
    write_secrets(ROOT / ".env")
    return add_browser() if dev else 0


def make_venv() -> None:
    """An environment that works: an existing one is kept, a broken one is made anew."""
    if works(PYTHON, "import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))"):
        return
    say(f"Making an environment in {VENV} with Python {sys.version.split()[0]}")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if not works(sys.executable, "import ensurepip, venv"):
        # Debian keeps these two apart from Python itself
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        if not apt(f"python{version}-venv"):
            stop(
                f"Python {version} has no venv module here, and this account may not install it. Ask an\n"
                f"administrator to run: apt-get install python{version}-venv. Then run bin/setup again."
            )
    run(command)


def install(lock: Path) -> None:
    """Everything in *lock*, by hash, and Interlude itself as it stands in src."""
    stamp = VENV / f".setup-{lock.stem}"
    state = digest([*OURS, lock])
    if stamp.exists() and stamp.read_text() == state and (VENV / "bin" / "interlude").exists():
        return
    say(f"Installing what {lock.relative_to(ROOT)} names")
    if not works(UV, "--version", flag=None):
        run([PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", LOCKS / "bootstrap.txt"])
    pip_install("--require-hashes", "-r", lock, "-r", LOCKS / "build.txt")
    pip_install("--no-deps", "--no-build-isolation", "--editable", ROOT)
    stamp.write_text(state)


def compile_catalogues(folder: Path) -> None:
    """What pages say in other languages, as the portal reads it; only where a catalogue changed."""
    for file in folder.glob("*/LC_MESSAGES/*.po"):
        compiled = file.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < file.stat().st_mtime:
            run([PYTHON, ROOT / "bin" / "_compile.py"])
            return


def pip_install(*wanted: Path | str) -> None:
    """By uv, or by pip where uv cannot: it knows neither pip's own settings nor a home without a cache."""
    by_uv = [UV, "pip", "install", "--python", PYTHON, "--quiet", *wanted]
    if subprocess.run(by_uv, check=False).returncode:
        say("uv could not install this; trying pip, which takes longer")
        run([PYTHON, "-m", "pip", "install", "--quiet", *wanted])


def write_secrets(path: Path) -> None:
    """Secrets of this installation. What is there stays; only what is missing is added."""
    fresh = {
        "INTERLUDE_SECRET_KEY": secrets.token_urlsafe(48),
        "INTERLUDE_SEAL_KEY": "1:" + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "INTERLUDE_AUDIT_KEY": secrets.token_urlsafe(48),
        "INTERLUDE_PUSH_KEY": base64.urlsafe_b64encode(push_key()).decode(),
    }
    known = path.read_text(encoding="utf-8") if path.exists() else ""
    have = {line.split("=", 1)[0] for line in known.splitlines()}
    missing = [f"{name}={value}\n" for name, value in fresh.items() if name not in have]
    if not missing:
        return
    if not known:
        missing.insert(0, "# Secrets of this installation. Keep a copy apart from the database's backups.\n")
    elif not known.endswith("\n"):
        missing.insert(0, "\n")
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8"
    ) as file:
        file.writelines(missing)
    say(f"Wrote new secrets into {path.relative_to(ROOT)}, readable by you alone")


def push_key() -> bytes:
    """A private key on the curve P-256: a number from 1 to one less than the curve's order."""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    return (secrets.randbelow(order - 1) + 1).to_bytes(32, "big")


def add_browser() -> int:
    """Chromium for the walks, a font for Hindi; without the right to install them, say what is missing."""
    missing = [] if shutil.which("chromium") else ["chromium"]
    if not has_devanagari():
        missing.append("fonts-noto-core")
    if not missing or apt(*missing):
        return 0
    say(
        f"NOT INSTALLED: {' and '.join(missing)}, and this account may not install packages. Without\n"
        "chromium the browser walks cannot run. An administrator can run: apt-get install "
        + " ".join(missing)
    )
    return 1 if os.environ.get("CI") == "true" and "chromium" in missing else 0


def has_devanagari() -> bool:
    if not shutil.which("fc-list"):
        return False
    fonts = subprocess.run(["fc-list", ":lang=hi", "family"], capture_output=True, text=True, check=False)
    return bool(fonts.stdout.strip())


def apt(*packages: str) -> bool:
    """Install Debian packages; False where that is not possible."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"Installing {', '.join(packages)} with apt-get")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    )
    return all(
        subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode == 0
        for command in commands
    )


def works(program: Path | str, argument: str, flag: str | None = "-c") -> bool:
    command = [str(program), *([flag] if flag else []), argument]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def digest(files: list[Path]) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def run(command: Sequence[Path | str]) -> None:
    done = subprocess.run([str(part) for part in command], check=False)
    if done.returncode:
        stop(f"This did not work: {' '.join(str(part) for part in command)}")


def say(text: str) -> None:
    print(text, flush=True)


def stop(text: str) -> None:
    sys.exit(text)


if __name__ == "__main__":
    sys.exit(main())
