// leave.js — quick exit: a form `data-leave`, or Esc or Shift three times, ends the session and opens a plain page,
// or the one outside that `data-leave` names. Without a script the same form does the same.
const WITHIN = 1_500; // milliseconds for three presses
const AT_MOST = 500; // milliseconds that the blank page waits for the session to end

const exits = () => document.querySelectorAll("form[data-leave]");
let presses = [];

function leave(form) {
  document.dispatchEvent(new Event("leaving")); // held_leaves.js listens
  document.title = "";
  document.documentElement.hidden = true;
  const ended = fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true, redirect: "manual" });
  const waited = new Promise((resolve) => setTimeout(resolve, AT_MOST));
  Promise.race([ended.catch(() => {}), waited]).then(() => location.replace(form.dataset.leave || form.action));
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-leave]")) return;
  event.preventDefault();
  leave(event.target);
});

document.addEventListener("keydown", ({ key, repeat }) => {
  if (repeat) return;
  const now = performance.now();
  presses = [...presses, { key, at: now }].slice(-3);
  const same = presses.every((press) => press.key === key && now - press.at < WITHIN);
  const [form] = exits();
  if (form && same && presses.length === 3 && (key === "Escape" || key === "Shift")) leave(form);
});

// Back from the plain page must not show this one out of the browser's memory.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
