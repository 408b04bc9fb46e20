// The service worker: it keeps the app's own files by name, and answers from them for nothing else. A page that
// cannot be reached is answered with the app, which has a list of today; pages with data are never kept.
// RELEASE and SHELL are written in front of this by the portal.
const KEPT = `app-${RELEASE}`;

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
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => withoutSignal()));
});

async function fromKept(path, request) {
  return (await (await caches.open(KEPT)).match(path)) ?? fetch(request);
}

// In the language in which the app was open last. The name of a cache tells it, since a worker has no other memory.
async function withoutSignal() {
  const language = (await caches.has("language-en")) ? "en" : "vi";
  return Response.redirect(`/offline/${language}`);
}
