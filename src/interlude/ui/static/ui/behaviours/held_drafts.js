// held_drafts.js — form[data-held]: while its words cannot be saved, they are held on this device, sealed, for their
// writer alone; once saved, they are gone from here. Nothing is ever sent from what is held: sending is a tap.
const SOON = 200, SLOW = 3_000; // milliseconds: without a network, and where a save takes long

for (const form of document.querySelectorAll("form[data-held]")) {
  const { held: owner, autosave: address } = form.dataset;
  const box = form.elements.words, note = form.querySelector("[data-held-note]");
  let timer = 0, waits = false, base = box.defaultValue;

  const hold = async () => {
    clearTimeout(timer);
    if (!box.value.trim()) return heldWords.drop(address);
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    await heldWords.put(address, { owner, fields, words: box.value, base });
    note.hidden = !waits && navigator.onLine;
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => hold().catch(() => {}), waits || !navigator.onLine ? SOON : SLOW);
  };

  for (const news of ["input", "change"]) form.addEventListener(news, soon);
  form.addEventListener("waits", () => { waits = true; hold().catch(() => {}); });
  form.addEventListener("kept", () => {
    clearTimeout(timer);
    waits = false;
    base = box.value;
    note.hidden = true;
    heldWords.drop(address);
  });
}
