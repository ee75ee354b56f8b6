"""What people do on the pages, step by step, as a walk tells it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.cast import PASSWORD


def sign_in(page: Page, email: str, *, password: str = PASSWORD, at: str = "/") -> None:
    """From wherever a stranger lands, by address and password."""
    page.goto(at)
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_label("Your password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/sign-out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page).to_have_url("/sign-in/")


def width_drawn(page: Page) -> int:
    """How wide the page is that a press has led to: once it is there, for its root is nothing while it arrives."""
    page.wait_for_load_state()
    return int(page.evaluate("document.documentElement.scrollWidth"))


def compose(page: Page, purpose: str = "A practice task") -> Locator:
    """From the first page to the box for one purpose."""
    page.goto("/my/write/")
    page.get_by_role("main").get_by_role("link", name=purpose).click()
    page.wait_for_url("/my/write/*/")  # and until its scripts are there: a walk may cut the line next
    return page.get_by_label("Your message")


def read_over(page: Page, words: str, *, purpose: str = "A practice task") -> None:
    """Write, and stand before the last button."""
    compose(page, purpose).fill(words)
    page.get_by_role("button", name="Read it over").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Read it over.")


def send(page: Page, words: str, *, button: str = "Send it to Ada") -> str:
    """A practice task, sent; the address of its receipt."""
    read_over(page, words)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your message is received.")
    return page.url


def tab_to(page: Page, spot: Locator, *, at_most: int = 60) -> None:
    """Press Tab until *spot* has the focus, and see that it shows."""
    for _ in range(at_most):
        if spot.evaluate("spot => spot === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(spot).to_be_focused()
    assert shows_focus(page), f"no sign of the focus at {page.url}"


def shows_focus(page: Page) -> bool:
    """Whether what has the focus wears an outline or a shadow, itself or through the row that holds it."""
    return bool(page.evaluate(f"() => ({SHOWS_FOCUS})(document.activeElement)"))


SHOWS_FOCUS = """(spot) => {
    const seen = (one) => {
        const look = getComputedStyle(one);
        return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0 || look.boxShadow !== "none";
    };
    const around = spot.closest("label, .choice, .tick, .field");
    return seen(spot) || around !== null && seen(around);
}"""
