// The app's worker. It shows one page when there is no network, and a notice when one came. It keeps nothing else:
// no page of a signed-in person is ever put aside. Help now and a kept plan have workers of their own.
const KEPT = "no-network";
const PAGE = "{% url 'public:no_network' %}";
const FIRST = "{% url 'public:door' %}";

const fresh = (address) => fetch(new Request(address, { credentials: "omit", cache: "reload" }));
const named = (text, pattern, from) => [...text.matchAll(pattern)].map((found) => new URL(found[1], from).href);

async function keep() {
  const page = await fresh(PAGE);
  if (!page.ok) throw new Error(`the page answered ${page.status}`);
  const cache = await caches.open(KEPT);
  const parts = named(await page.clone().text(), /(?:href|src)="([^"]+\.(?:css|js|svg))"/g, location.href);
  for (const address of parts) {
    const part = await fresh(address);
    if (!part.ok) throw new Error(`a part answered ${part.status}`);
    if (address.endsWith(".css")) {
      parts.push(...named(await part.clone().text(), /@import\s+(?:url\()?["']([^"']+)["']/g, address));
    }
    await cache.put(address, part);
  }
  await cache.put(PAGE, page);
}

const known = async (request) => (await caches.open(KEPT)).match(request);
const page = async (request) => { try { return await fetch(request); } catch { return (await known(PAGE)) ?? Response.error(); } };
const part = async (request) => { try { return await fetch(request); } catch { return (await known(request)) ?? Response.error(); } };

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
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
