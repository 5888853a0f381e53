/** Keeps the pages, and one's own duties, for when there is no network; shows what is pushed. */
const PAGES = "paiban-pages-1";
const WORDS = "paiban-words-1";
/** Of the service's answers these are kept: who one is, one's duties, what their codes mean. */
const KEPT = [/^\/api\/v1\/session$/, /^\/api\/v1\/me\/(duties|inbox)$/, /^\/api\/v1\/sites$/, /^\/api\/v1\/sites\/[^/]+\/codes$/];

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/assets/")) event.respondWith(kept(request));
  else if (request.mode === "navigate" && address.pathname.startsWith("/me")) event.respondWith(fresh(request, PAGES, "/me"));
  else if (KEPT.some((path) => path.test(address.pathname))) event.respondWith(fresh(request, WORDS));
});

/** What never changes under its name. */
async function kept(request) {
  const pages = await caches.open(PAGES);
  const found = await pages.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await pages.put(request, answer.clone());
  return answer;
}

/** The newest, or without a network the last that was read. */
async function fresh(request, store, name = request) {
  const memory = await caches.open(store);
  try {
    const answer = await fetch(request);
    if (answer.ok) await memory.put(name, answer.clone());
    return answer;
  } catch (fault) {
    const found = await memory.match(name, { ignoreVary: true });
    if (found) return found;
    throw fault;
  }
}

self.addEventListener("push", (event) => {
  const told = event.data?.json() ?? {};
  const shown = { body: told.body, icon: "/icon-192.png", badge: "/icon-192.png", tag: told.tag, data: told };
  event.waitUntil(self.registration.showNotification(told.title ?? "Paiban 排班", shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data?.url ?? "/me/inbox"));
});
