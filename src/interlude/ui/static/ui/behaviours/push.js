// push.js — form[data-push="our public key"]: asks the browser for notices when its person presses, and hands on what the
// browser gives. The form is shown where a browser can do that; nothing is asked before the press.
const pushForm = document.querySelector("form[data-push]");

const inBase64 = (data) => btoa(String.fromCharCode(...new Uint8Array(data))).replaceAll("+", "-").replaceAll("/", "_");

async function subscribe() {
  if (await Notification.requestPermission() !== "granted") throw new Error("not allowed");
  await navigator.serviceWorker.register("/worker.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  const old = await pushManager.getSubscription();  // it knows one key; for another the browser refuses until it is gone
  if (old && inBase64(old.options.applicationServerKey).replaceAll("=", "") !== pushForm.dataset.push) await old.unsubscribe();
  const given = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: pushForm.dataset.push });
  pushForm.elements.endpoint.value = given.endpoint;
  for (const name of ["p256dh", "auth"]) pushForm.elements[name].value = inBase64(given.getKey(name));
}

if (pushForm && "PushManager" in window && "Notification" in window && navigator.serviceWorker) {
  pushForm.hidden = false;
  document.querySelector("[data-push-unable]").hidden = true;
  pushForm.addEventListener("submit", (event) => {
    event.preventDefault();
    subscribe().then(() => pushForm.submit(), () => { pushForm.querySelector("[data-push-no]").hidden = false; });
  });
}
