// keep_help.js — a help page that was opened stays on this device, so that it opens without a network.
// It reaches /help/ alone. Without a script, or where the browser keeps nothing, the page is as it is.
const HELP_WORKER = "/help/worker.js";

async function keepHelp() {
  await navigator.serviceWorker.register(HELP_WORKER, { scope: "/help/" });
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage([location.pathname, "/help/help.js"]);
}

if ("serviceWorker" in navigator && isSecureContext) {
  addEventListener("load", () => keepHelp().catch(() => {})); // a browser may refuse; the page needs none of it
}
