"""What holds for every test: known contract ids, a closed network, no clock in property tests."""

import gc
import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.template.base import Template
from django.template.context import Context
from django.utils import translation

from tests.contract import unknown

pytest_plugins = ["tests.portal", "tests.append_only", "tests.migrated"]

hypothesis.settings.register_profile("house", deadline=None)  # timings live in bench/
hypothesis.settings.load_profile("house")


def pytest_configure() -> None:
    """SQLite in memory, one for each process; pytest-django would know that only of Django's own engine."""
    default = settings.DATABASES["default"]
    if "sqlite" in default["ENGINE"]:
        default.setdefault("TEST", {})["NAME"] = ":memory:"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    mistakes = unknown(items)
    if mistakes:
        raise pytest.UsageError("\n".join(mistakes))


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: looking through it for waste again and again took a tenth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.fixture(autouse=True, scope="session")
def only_whole_pages_are_noted(django_test_environment: None) -> Iterator[None]:
    """`answer.context` is the page's own: noting the context of each of the hundreds of pieces took an eighth of it."""
    noted = Template._render

    def render(template: Template, context: Context) -> str:
        whole = context.template is template
        return noted(template, context) if whole else template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(autouse=True)
def in_nobodys_language() -> Iterator[None]:
    """A page in somebody's language leaves it behind in this process; the next test begins without."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True, scope="session")
def closed_network() -> Iterator[None]:
    """Tests stay on this machine; a name or an address beyond it fails the test."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connect_here(sock: socket.socket, address: Any) -> None:
        if isinstance(address, tuple):
            _stay_here(address[0])
        connect(sock, address)

    def look_up_here(host: Any, *rest: Any, **options: Any) -> Any:
        _stay_here(host)
        return look_up(host, *rest, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        patch.setattr(socket, "getaddrinfo", look_up_here)
        yield


def _stay_here(host: str | bytes | None) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return
    try:
        here = ipaddress.ip_address(str(name)).is_loopback
    except ValueError:
        here = False
    if not here:
        raise AssertionError(f"a test tried to reach {name}; use the test's own outbox, spool or server")
