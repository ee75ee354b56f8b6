// held_leaves.js — signing out or leaving takes from this device what was held for somebody: sealed words, notices, and
// the page for no network. Help pages stay, they are public; a plan that somebody kept here stays or goes as they chose.
const LONGEST_CLEARING = 1_000; // milliseconds that signing out waits for it

async function takeWorker() {
  const worker = await navigator.serviceWorker?.getRegistration("/");
  if (worker && new URL(worker.scope).pathname === "/") {
    const notices = await worker.pushManager?.getSubscription();
    await Promise.all([notices?.unsubscribe(), worker.unregister()]);
  }
}

function clearDevice() {
  const all = [heldWords.clear(), globalThis.caches?.delete("no-network"), takeWorker()];
  return Promise.race([Promise.allSettled(all), new Promise((done) => { setTimeout(done, LONGEST_CLEARING); })]);
}

document.addEventListener("leaving", clearDevice); // leave.js says so
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("form[action$='/sign-out/']")) return;
  event.preventDefault();
  clearDevice().finally(() => form.submit());
}, true);
