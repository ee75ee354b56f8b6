// keys.js — the check window by keyboard. A button, link or box says its key: data-key="j". Never while somebody writes,
// but for Ctrl+Enter, which sends, and Esc, which steps out of the box. Off by the switch `data-keys-switch`, remembered.
const KEPT = "keys";

const isOff = () => localStorage.getItem(KEPT) === "off";
const isWriting = (spot) => spot.matches("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])");
const isShown = (spot) => spot.checkVisibility?.() ?? spot.offsetParent !== null;

function press(spot) {
  if (spot.matches("textarea, input:not([type=checkbox], [type=radio])")) spot.focus();
  else spot.click();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.repeat || event.altKey || event.metaKey && event.key !== "Enter") return;
  const writing = isWriting(event.target);
  const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey);
  if (sends) {
    const form = event.target.form ?? document.querySelector("form[data-keys]");
    const button = form?.querySelector("[data-key='ctrl+enter']") ?? undefined;
    if (!form || isOff()) return;
    event.preventDefault();
    form.requestSubmit(button);
  } else if (writing && event.key === "Escape") {
    event.target.blur();
  } else if (!writing && !event.ctrlKey && !isOff()) {
    const wanted = CSS.escape(event.key.toLowerCase());
    const spot = [...document.querySelectorAll(`[data-key="${wanted}"]`)].find(isShown);
    if (!spot) return;
    event.preventDefault();
    press(spot);
  }
});

function showSwitch() {
  for (const box of document.querySelectorAll("[data-keys-switch]")) box.checked = !isOff();
}

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-keys-switch]")) return;
  localStorage.setItem(KEPT, event.target.checked ? "on" : "off");
  showSwitch();
});
document.addEventListener("htmx:afterSettle", showSwitch);
showSwitch();
