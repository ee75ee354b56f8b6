// phrases.js — a template opens where the cursor stands: the hidden field `data-cursor` carries the place in its form's
// box, once somebody was in it. Without a script, and before that, a template opens at the end.
for (const place of document.querySelectorAll("input[data-cursor]")) {
  const box = place.form.querySelector("textarea");
  let known = false;
  box.addEventListener("focus", () => { known = true; });
  place.form.addEventListener("submit", () => { place.value = known ? box.selectionEnd : ""; }, true);
}
