// app.js — the app's worker, for the page that stands there without a network. A browser may refuse; no page needs it.
if ("serviceWorker" in navigator && isSecureContext) {
  addEventListener("load", () => navigator.serviceWorker.register("/worker.js").catch(() => {}));
}
