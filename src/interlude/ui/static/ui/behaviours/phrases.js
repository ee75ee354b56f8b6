// phrases.js — a template opens where the cursor stands: the hidden field `data-cursor` carries the place in its form's
// box, once somebody was in it. Without a script, and before that, a template opens at the end. Unfolding the templates
// brings the keyboard to the first of them.
for (const place of document.querySelectorAll("input[data-cursor]")) {
  const box = place.form.querySelector("textarea"), fold = place.closest("details");
  let known = false;
  if (place.form.elements.phrase) box.setSelectionRange(box.value.length, box.value.length); // behind what was opened
  box.addEventListener("focus", () => { known = true; });
  place.form.addEventListener("submit", () => { place.value = known ? box.selectionEnd : ""; }, true);
  fold.addEventListener("toggle", () => { if (fold.open) fold.querySelector("button")?.focus(); });
}
