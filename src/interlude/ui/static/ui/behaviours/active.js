// active.js — measured time: a form's hidden field `data-active` carries the seconds that somebody was here.
// Counts while the page is in front; a gap of more than two minutes without a key or a hand is left out.
const GAP = 120_000; // milliseconds, domain definition of active minutes

// A page that came again with the same answer, such as with a template opened in it, counts on from where it was.
let last = performance.now(), active = Number(document.querySelector("input[data-active]")?.defaultValue || 0) * 1_000;

function note() {
  const now = performance.now();
  if (now - last <= GAP) active += now - last;
  last = now;
  for (const field of document.querySelectorAll("input[data-active]")) field.value = Math.round(active / 1_000);
}

for (const sign of ["keydown", "pointerdown", "pointermove", "scroll", "wheel"]) {
  document.addEventListener(sign, () => { if (!document.hidden) note(); }, { passive: true, capture: true });
}
document.addEventListener("visibilitychange", () => {
  if (document.hidden) note();
  else last = performance.now();
});
document.addEventListener("submit", note, true);

// A new message has come in place of the old one: its time starts now.
document.addEventListener("htmx:afterSettle", () => { active = 0; last = performance.now(); });
