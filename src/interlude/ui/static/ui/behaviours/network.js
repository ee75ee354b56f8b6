// network.js — a form with a line [data-no-network] stays where it is while there is no network, and the line says that
// nothing was sent. It goes at the next press, by a person. Before once.js, so that the press does not count.
addEventListener("submit", (event) => {
  const note = event.target.querySelector("[data-no-network]");
  if (!note) return;
  note.hidden = navigator.onLine;
  if (navigator.onLine) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
addEventListener("online", () => { for (const note of document.querySelectorAll("[data-no-network]")) note.hidden = true; });
