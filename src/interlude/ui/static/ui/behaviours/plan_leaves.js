// plan_leaves.js — a copy kept with "take it off when I sign out or leave" goes then; where one is kept, the sign-in
// page says so (`[data-plan-kept]`), and how to open it.
function kept() {
  try { return JSON.parse(localStorage.getItem("plan")); } catch { return null; }
}

function takeOff() {
  if (kept()?.leaves) localStorage.removeItem("plan");
}

document.addEventListener("submit", ({ target }) => {
  if (target.matches("form[data-leave], form[action$='/sign-out/']")) takeOff();
}, true);

// Three presses of a key leave without a form: the page is blank as it goes.
addEventListener("pagehide", () => { if (document.documentElement.hidden) takeOff(); });

for (const note of document.querySelectorAll("[data-plan-kept]")) note.hidden = !kept();
