// What every worker of ours does first: fetch PAGE as nobody and all that it is drawn with, and put it aside under KEPT.
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
