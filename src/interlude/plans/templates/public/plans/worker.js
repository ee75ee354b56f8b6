// The page of a kept plan, for when there is no network. Its scope is that page; it sees nothing else of this site.
const KEPT = "plan-page";
const PAGE = "{% url 'public:plan_here' %}";

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

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  const kept = caches.open(KEPT).then((cache) => cache.match(request, { ignoreSearch: true }));
  event.respondWith(kept.then((found) => found ?? fetch(request)));
  if (request.mode === "navigate") event.waitUntil(keep().catch(() => {})); // without a network, what is kept stays
});
