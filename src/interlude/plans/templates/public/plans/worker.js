// The page of a kept plan, for when there is no network. Its scope is that page; it sees nothing else of this site.
const KEPT = "plan-page";
const PAGE = "{% url 'public:plan_here' %}";

{% include "public/_keep_page.js" %}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  const kept = caches.open(KEPT).then((cache) => cache.match(request, { ignoreSearch: true }));
  event.respondWith(kept.then((found) => found ?? fetch(request)));
  if (request.mode === "navigate") event.waitUntil(keep().catch(() => {})); // without a network, what is kept stays
});
