// autosave.js — a form with data-autosave="address" keeps its draft a second after the last key.
// Its line `data-saved="Draft saved at {time}."` says so. This keeps nothing in the browser, and nothing warns:
// without a network it waits and tries again, and at once when the network is back.
const PAUSE = 1_000, AGAIN = 5_000, SLOWEST = 60_000, NO_ANSWER = 10_000; // milliseconds
const drafts = new WeakMap();
const forms = () => [...document.querySelectorAll("form[data-autosave]")];
const anew = () => ({ timer: 0, wait: AGAIN, changed: false, saving: null, left: false });
const draftOf = (form) => drafts.get(form) ?? drafts.set(form, anew()).get(form);

function later(form, wait) {
  const draft = draftOf(form);
  clearTimeout(draft.timer);
  if (!draft.left) draft.timer = setTimeout(() => save(form), wait);
}

async function save(form) {
  const draft = draftOf(form);
  if (!draft.changed || draft.saving || draft.left) return;
  draft.changed = false;
  draft.saving = new AbortController();
  const givenUp = setTimeout(() => draft.saving.abort(), NO_ANSWER); // one sent as the network went may never be answered
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), signal: draft.saving.signal });
    if (answer.ok && !answer.redirected) say(form, answer);
    else if (answer.status >= 500) throw new Error("not kept");
    draft.wait = AGAIN;
  } catch {
    draft.changed = !draft.left;
    later(form, draft.wait), form.dispatchEvent(new CustomEvent("waits")); // held_drafts.js listens
    draft.wait = Math.min(draft.wait * 2, SLOWEST);
    return;
  } finally {
    clearTimeout(givenUp);
    draft.saving = null;
  }
  if (draft.changed) later(form, PAUSE);
}

function say(form, answer) {
  form.dispatchEvent(new CustomEvent("kept", { detail: answer, bubbles: true })); // beside.js listens
  const line = form.querySelector("[data-saved]");
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit", hourCycle: "h23" });
  if (line) line.textContent = line.dataset.saved.replace("{time}", time.format(new Date()));
}

const touched = (form) => { draftOf(form).changed = true; later(form, PAUSE); };
const typed = (form) => [...form.querySelectorAll("textarea")].some((box) => box.value !== box.defaultValue);
forms().filter(typed).forEach(touched); // on a slow line somebody types before this file has come

for (const news of ["input", "change"]) document.addEventListener(news, (event) => {
  const form = event.target.closest?.("form[data-autosave]");
  if (form) touched(form);
});
document.addEventListener("submit", ({ target: form }) => {
  if (form.dataset.autosave) { const draft = draftOf(form); draft.left = true; clearTimeout(draft.timer); draft.saving?.abort(); }
}, true);
for (const back of ["pageshow", "htmx:afterRequest"]) addEventListener(back, () => forms().forEach((form) => (draftOf(form).left = false)));
// One that is still on its way went out without a network: when it fails, the next follows soon.
addEventListener("online", () => forms().forEach((form) => { draftOf(form).wait = PAUSE; save(form); }));
document.addEventListener("visibilitychange", () => { if (document.hidden) forms().forEach(save); });
