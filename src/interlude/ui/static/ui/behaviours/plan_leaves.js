// plan_leaves.js — a copy kept with "take it off when I sign out or leave" goes then. Where one is kept, a page that has
// `[data-plan-kept]` says whether it stays or leaves.
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

for (const note of document.querySelectorAll("[data-plan-kept]")) {
  const copy = kept();
  note.hidden = !copy || note.dataset.planKept !== (copy.leaves ? "leaves" : "stays");
}
