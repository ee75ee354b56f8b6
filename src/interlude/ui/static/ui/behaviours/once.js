// once.js — one press, one act: a form on its way takes no second press until its answer.
// Attached to every form that posts; `data-again` leaves a form out.
const REST = 10_000; // milliseconds: a lost answer must not leave a form asleep for good

const onItsWay = new WeakSet();

function rest(form) {
  onItsWay.add(form);
  const buttons = form.querySelectorAll("button:not([type=button])");
  for (const button of buttons) button.setAttribute("aria-disabled", "true");
  const wake = () => {
    onItsWay.delete(form);
    for (const button of buttons) button.removeAttribute("aria-disabled");
  };
  setTimeout(wake, REST);
  form.addEventListener("htmx:afterRequest", wake, { once: true });
  addEventListener("pageshow", wake, { once: true }); // Back brings the page as it was left
}

// Capture: before htmx and before the browser.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("data-again")) return;
  if (onItsWay.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else {
    rest(form);
  }
}, true);
