// help_worker.js — keeps the help pages that were opened on this device, and nothing else. They are public and name
// nobody. The network comes first; what is kept answers when it does not, or is slow.
const KEPT = "help";
const PATIENCE = 3_000; // milliseconds
const PAGE = /^\/help\/(?:[\w-]+\/){0,3}$/;

function isOurs(request) {
  const url = new URL(request.url);
  const isHelp = PAGE.test(url.pathname) && !url.pathname.endsWith("/wrong/");
  return request.method === "GET" && url.origin === location.origin && !url.search && (isHelp || url.pathname === "/help/help.js");
}

async function fetchAndKeep(request) {
  const answer = await fetch(request);
  const mayBeKept = answer.ok && !(answer.headers.get("Cache-Control") ?? "").includes("no-store");
  if (mayBeKept) await (await caches.open(KEPT)).put(request.url, answer.clone());
  return answer;
}

async function answerTo(request) {
  const known = await (await caches.open(KEPT)).match(request.url, { ignoreVary: true });
  const fresh = fetchAndKeep(request);
  if (!known) return fresh;
  const soon = new Promise((done) => { setTimeout(done, PATIENCE, known); });
  const answer = await Promise.race([fresh.catch(() => known), soon]);
  return answer.ok ? answer : known;
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => { if (isOurs(event.request)) event.respondWith(answerTo(event.request)); });
self.addEventListener("message", (event) => {
  const requests = event.data.map((path) => new Request(new URL(path, location.origin))).filter(isOurs);
  event.waitUntil(Promise.allSettled(requests.map(fetchAndKeep)));
});
