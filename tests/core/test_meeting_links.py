"""A link of any video service is taken; a trap in it is not, and a look-alike shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlude.core.meeting_links import LONGEST, Trouble, as_door, in_order, shown_host, trouble_with

GOOD = (
    "https://zoom.us/j/91234567890?pwd=aGVsbG8gd29ybGQ.1",
    "https://meet.google.com/abc-defg-hij",
    "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%22Tid%22%3a%22x%22%7d",
    "https://meet.jit.si/OurRoom#config.startWithAudioMuted=true",
    "https://doxy.me/ada",
    "https://video.example.org:8443/alder/7f3a",
    "https://192.0.2.7/room",
    "https://[2001:db8::1]/room",
    "HTTPS://VIDEO.example.org/Room",
    "  https://video.example.org/room \n".strip("\n"),
)
BAD = {
    "": Trouble.EMPTY,
    "   ": Trouble.EMPTY,
    "javascript:alert(1)": Trouble.SCHEME,
    "JaVaScRiPt:alert(1)//https://video.example.org": Trouble.SCHEME,
    "data:text/html,<script>alert(1)</script>": Trouble.SCHEME,
    "vbscript:x": Trouble.SCHEME,
    "file:///etc/passwd": Trouble.SCHEME,
    "blob:https://video.example.org/x": Trouble.SCHEME,
    "zoommtg://zoom.us/join?confno=1": Trouble.SCHEME,
    "//video.example.org/room": Trouble.SCHEME,
    "video.example.org/room": Trouble.SCHEME,
    "https:video.example.org": Trouble.SCHEME,
    "http://video.example.org/room": Trouble.PLAIN,
    "https://ada:secret@video.example.org/room": Trouble.NAMED,
    "https://zoom.us@trap.example/room": Trouble.NAMED,
    "https://@trap.example/room": Trouble.NAMED,
    "https://zoom.us\\@trap.example/room": Trouble.HOST,
    "https://video.example.org\\..\\room": Trouble.HOST,
    "https://": Trouble.HOST,
    "https:///room": Trouble.HOST,
    "https://video.example.org:port/room": Trouble.HOST,
    "https://video.example.org:99999/room": Trouble.HOST,
    "https://[not-an-address]/room": Trouble.HOST,
    "https://.example.org/": Trouble.HOST,
    "https://video..example.org/": Trouble.HOST,
    "https://stra\u00dfe.example/": Trouble.HOST,  # two hosts, one for each standard
    "https://video.example.org/a b": Trouble.SPACES,
    "Join: https://video.example.org/room": Trouble.SPACES,
    "https://video.example.org/\nroom": Trouble.UNSEEN,
    "java\tscript:alert(1)": Trouble.UNSEEN,
    "https://video.example.org/\u202egnp.exe": Trouble.UNSEEN,
    "https://video\u200b.example.org/": Trouble.UNSEEN,
    "https://video.example.org/\u2066x\u2069": Trouble.UNSEEN,
    "https://video.example.org/\0": Trouble.UNSEEN,
    "https://video.example.org/" + "x" * LONGEST: Trouble.LONG,
}


@pytest.mark.parametrize("link", GOOD)
def test_any_service_is_taken(link: str) -> None:
    assert trouble_with(link) is None
    kept = in_order(link)
    assert kept.startswith("https://")
    assert in_order(kept) == kept
    assert as_door(kept) == kept


@pytest.mark.parametrize(("link", "trouble"), BAD.items())
def test_a_trap_is_refused_and_opens_nothing(link: str, trouble: Trouble) -> None:
    assert trouble_with(link) is trouble
    assert as_door(link) == ""
    with pytest.raises(ValueError, match="cannot be kept"):
        in_order(link)


def test_a_look_alike_host_is_kept_and_shown_as_what_it_is() -> None:
    kept = in_order("https://\u0430pple.example/room")  # a Cyrillic a
    assert kept == "https://xn--pple-43d.example/room"
    assert shown_host(kept) == shown_host("https://\u0430pple.example/") == "xn--pple-43d.example"
    assert in_order("https://M\u00dcLLER.example/R\u00e4um") == "https://xn--mller-kva.example/R\u00e4um"
    assert shown_host("https://video.example.org:8443/x") == "video.example.org"


@given(st.text(max_size=80))
def test_nothing_typed_breaks_it_and_what_passes_is_https(text: str) -> None:
    for link in (text, f"https://{text}"):
        if trouble_with(link) is None:
            kept = in_order(link)
            assert kept.startswith("https://")
            assert kept.split("/")[2].isascii()
            assert "@" not in kept.split("/")[2]
            assert trouble_with(kept) is None
