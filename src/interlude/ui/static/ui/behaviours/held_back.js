// held_back.js — [data-held-back]: words held on this device go to their draft when there is a network again, and the
// line says so. A draft that was changed elsewhere meanwhile stays as it is; the held words then become one beside it.
const heldLine = document.querySelector("[data-held-back]");
const heldForm = document.querySelector("form[data-held]");

// The words that the server has under this address; null where it has none, or has sent them.
async function wordsAt(address) {
  const answer = await fetch(address);
  if (!answer.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[name=words]")?.value ?? null;
}

const clashes = ({ words, base }, there) => there !== null && there !== base && !words.startsWith(there);

async function keepHeld({ address, fields }) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  const answer = await fetch(address, { method: "POST", body });
  return answer.ok && !answer.redirected;
}

async function bring(entry) {
  const there = await wordsAt(entry.id);
  if (there?.startsWith(entry.words)) return heldWords.drop(entry.id);
  const address = clashes(entry, there) ? entry.id.replace(/[\w-]{36}/, crypto.randomUUID()) : entry.id;
  if (!(await keepHeld({ ...entry, address }))) return; // signed out, or no answer: they stay, and come later
  await heldWords.drop(entry.id);
  heldLine.querySelector("a").href = address;
  heldLine.hidden = false;
}

// In the box that they were typed into, they stand as they were typed; the page saves them.
function putBack({ id, words, base }) {
  const box = heldForm.elements.words;
  if (clashes({ words, base }, box.defaultValue)) return false;
  if (!box.value.startsWith(words)) box.value = words;
  if (box.value !== box.defaultValue) box.dispatchEvent(new Event("input", { bubbles: true }));
  else heldWords.drop(id);
  return true;
}

async function bringAll() {
  for (const entry of await heldWords.all(heldLine.dataset.heldBack)) {
    const isHere = heldForm?.dataset.autosave === entry.id;
    if (!isHere || !putBack(entry)) await bring(entry);
  }
}

addEventListener("DOMContentLoaded", () => bringAll().catch(() => {})); // without a network: at the next page
if (!heldForm) addEventListener("online", () => bringAll().catch(() => {}));
