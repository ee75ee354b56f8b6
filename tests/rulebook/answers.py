"""Forms of rules as a browser sends them: what stands in the page, with some answers changed."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

OWN, START, OWN_SEEN = "/practice/rules/own/", "/practice/rules/start/", "/practice/rules/own/seen/"
HOUSE, HOUSE_SEEN = "/office/rules/", "/office/rules/seen/"


class Filled(HTMLParser):
    """What the form that posts to *action* would send as it stands."""

    def __init__(self, page: str, action: str) -> None:
        super().__init__()
        self.answers: dict[str, Any] = {}
        self._action, self._inside = action, False
        self._select, self._words = "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        if tag == "form":
            self._inside = at.get("action") == self._action
        if not self._inside or "disabled" in at:
            return
        name, value = at.get("name") or "", at.get("value")
        if tag == "input" and at.get("type") in ("checkbox", "radio"):
            self._tick(name, value or "on", ticked="checked" in at)
        elif tag == "input":
            self.answers[name] = value or ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in at:
            self.answers[self._select] = value or ""
        elif tag == "textarea":
            self._words, self.answers[name] = name, ""

    def _tick(self, name: str, value: str, *, ticked: bool) -> None:
        if ticked and name.endswith("weekdays"):
            self.answers[name] = [*self.answers.get(name, []), value]
        elif ticked:
            self.answers[name] = value

    def handle_data(self, data: str) -> None:
        if self._words:
            self.answers[self._words] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._words:
            self.answers[self._words] = self.answers[self._words].removeprefix("\n")
            self._words = ""
        elif tag == "form":
            self._inside = False


def answers(browser: Any, address: str, *, action: str = "", **changed: Any) -> dict[str, Any]:
    """What the page at *address* would send, with some answers *changed* (two underscores stand for a dot)."""
    page = browser.get(address).content.decode()
    filled = Filled(page, action or address.partition("?")[0]).answers
    filled.pop("csrfmiddlewaretoken", None)
    return filled | {key.replace("__", "."): value for key, value in changed.items()}
