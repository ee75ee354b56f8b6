// The app's worker. It shows one page when there is no network, and a notice when one came. It keeps nothing else:
// no page of a signed-in person is ever put aside. Help now and a kept plan have workers of their own.
const KEPT = "no-network";
const PAGE = "{% url 'public:no_network' %}";
const FIRST = "{% url 'public:door' %}";

{% include "public/_keep_page.js" %}

const known = async (request) => (await caches.open(KEPT)).match(request);
const page = async (request) => { try { return await fetch(request); } catch { return (await known(PAGE)) ?? Response.error(); } };
const part = async (request) => { try { return await fetch(request); } catch { return (await known(request)) ?? Response.error(); } };

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (["style", "script", "image"].includes(request.destination)) event.respondWith(part(request));
});

// A notice says that something is here, and no more. A tap opens the first page, which asks who is there.
self.addEventListener("push", (event) => {
  const { title, lang, dir, tag, silent } = event.data.json().notification;
  event.waitUntil(self.registration.showNotification(title, { lang, dir, tag, silent }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(FIRST));
});
