// once.js — a form that is on its way rests its buttons, so that one press is one act.
// Attached to every form that posts; a page that comes back from the browser's memory wakes them again.
const REST = 8000; // milliseconds: a lost answer must not leave a form asleep

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("data-again")) return;
  // After this turn, so that the pressed button's own name and value are still sent.
  setTimeout(() => {
    if (event.defaultPrevented && !form.matches(".htmx-request")) return;
    const resting = [...form.querySelectorAll("button:not([type=button]):not(:disabled)")];
    for (const button of resting) button.disabled = true;
    const wake = () => resting.forEach((button) => (button.disabled = false));
    setTimeout(wake, REST);
    form.addEventListener("htmx:afterRequest", wake, { once: true });
    addEventListener("pageshow", wake, { once: true });
  });
});
