// The service worker: it keeps the app's own files by name, and answers from them for nothing else. A page that
// cannot be reached is answered with the app, which has a list of today; pages with data are never kept.
// RELEASE and SHELL are written in front of this by the portal.
const KEPT = `app-${RELEASE}`;
const LEAVING = "leaving"; // as in leaving.js: somebody signed out, and the portal does not know it yet

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(SHELL.map((url) => new Request(url, { cache: "reload" })))));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("app-") && name !== KEPT) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => {
  if (event.data === "renew") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (SHELL.includes(url.pathname)) event.respondWith(fromKept(url.pathname, request));
  else if (request.mode === "navigate") event.respondWith(page(request, url));
});

async function fromKept(path, request) {
  const kept = await caches.open(KEPT);
  const known = await kept.match(path);
  if (known) return known;
  const answer = await fetch(request); // the browser has dropped what was kept
  if (answer.ok) await kept.put(path, answer.clone()).catch(() => {});
  return answer;
}

// Until the portal knows that the one before has left, the app stands in the way: it tells the portal, and goes on from there.
async function page(request, url) {
  if (await caches.has(LEAVING)) return theApp(`?to=${encodeURIComponent(url.pathname + url.search)}`);
  return fetch(request).catch(() => theApp());
}

// In the language in which the app was open last. The name of a cache tells it, since a worker has no other memory.
async function theApp(query = "") {
  const language = (await caches.has("language-en")) ? "en" : "vi";
  return Response.redirect(`/offline/${language}${query}`);
}
