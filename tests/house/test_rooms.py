"""The rooms check themselves, for every address there is and every one to come."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house import tree

#: Namespaces and folders of the libraries behind sign-in; everything else is ours and has a door.
LIBRARIES = ("allauth.", "django.")


def all_views(
    resolver: URLResolver | None = None, above: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*above, pattern.namespace) if pattern.namespace else above
            yield from all_views(pattern, inner)
        elif not module(pattern).startswith(LIBRARIES):
            yield (above[-1] if above else "public"), pattern


def module(pattern: URLPattern) -> str:
    return str(getattr(pattern.callback, "__module__", ""))


VIEWS = list(all_views())
NAMES = [f"{namespace}:{pattern.name}" for namespace, pattern in VIEWS]


def test_there_are_rooms():
    assert {namespace for namespace, _ in VIEWS} == set(tree.ROOMS)


@pytest.mark.parametrize(("namespace", "pattern"), VIEWS, ids=NAMES)
def test_every_view_is_behind_its_rooms_door(namespace, pattern):
    room = getattr(pattern.callback, "room", None)
    assert room is not None, "put it into its room's routes, in site/urls"
    assert room.name == namespace
    assert re.search(rf"\.views\.{room.name}(_[a-z]+)?$", module(pattern))


@pytest.mark.parametrize(("namespace", "pattern"), VIEWS, ids=NAMES)
def test_only_the_public_room_opens_without_signing_in(namespace, pattern):
    open_to_all = getattr(pattern.callback, "login_required", True) is False
    assert open_to_all == (namespace == "public")


def test_every_address_has_a_name_of_its_own():
    assert len(NAMES) == len(set(NAMES))
    assert not [name for name in NAMES if name.endswith(":None")]
