// beside.js — what the answer to a kept draft brings along is shown in [data-beside]; an empty answer clears it.
// It changes only where it differs, and not while somebody is in it.
document.addEventListener("kept", async ({ detail: answer }) => {
  const place = document.querySelector("[data-beside]");
  if (!place) return;
  const found = answer.status === 200 ? await answer.text() : "";
  if (found === place.dataset.shown || place.contains(document.activeElement)) return;
  place.dataset.shown = found;
  place.innerHTML = found;
});
