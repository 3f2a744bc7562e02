// The gate's service worker. The server puts SHELL before it: the page, its files, and their version.

const NAME = `gate ${SHELL.page} ${SHELL.version}`;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll([...SHELL.pages.map(asAnybody), ...SHELL.files])));
});

// Without cookies: the page of each language as anybody sees it, and the reader's own choice stays.
function asAnybody(page) {
  return new Request(page, { credentials: "omit", cache: "no-store" });
}

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOthers().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname === SHELL.page) event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) event.respondWith(file(request));
});

// The page as it was installed, so that it always fits its files.
async function page(request) {
  const cache = await caches.open(NAME);
  const language = new URL(request.url).searchParams.get("lang") ?? SHELL.language;
  return (await cache.match(`${SHELL.page}?lang=${language}`)) ?? fetch(request);
}

async function file(request) {
  const cache = await caches.open(NAME);
  return (await cache.match(request.url)) ?? fetch(request);
}

async function forgetOthers() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(`gate ${SHELL.page} `) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
}
