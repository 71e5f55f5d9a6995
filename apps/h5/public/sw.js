// Keeps the member pages themselves for when there is no network; what they show, they keep in the browser's storage.
const CACHE = 'yajin-h5-1';
const PAGE = '/h5/';
const MOST_FILES = 60;

self.addEventListener('install', (event) => {
  event.waitUntil(keepPage().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || !pathname.startsWith(PAGE)) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (pathname.startsWith(`${PAGE}assets/`)) event.respondWith(asset(request));
});

/** The newest page, the files it begins with, and those that they name for later. */
async function keepPage() {
  const cache = await caches.open(CACHE);
  const response = await fetch(PAGE, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`the page answers ${response.status}`);
  const first = filesIn(await response.clone().text());
  await cache.put(PAGE, response);
  await cache.addAll(first);
  const texts = await Promise.all(first.map(async (file) => (await cache.match(file)).text()));
  await cache.addAll([...new Set(texts.flatMap(filesIn))].filter((file) => !first.includes(file)));
}

function filesIn(text) {
  return [
    ...new Set([...text.matchAll(/assets\/[\w.-]+\.(?:js|css)(?=["'`])/g)].map(([name]) => PAGE + name)),
  ];
}

async function page(request) {
  try {
    const response = await fetch(request);
    if (response.ok) await (await caches.open(CACHE)).put(PAGE, response.clone());
    // A server that is being restarted is as good as none.
    return (response.status >= 500 && (await caches.match(PAGE))) || response;
  } catch (error) {
    const kept = await caches.match(PAGE);
    if (kept) return kept;
    throw error;
  }
}

/** A file's name changes with its content, so the first copy stays right. */
async function asset(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) {
    const cache = await caches.open(CACHE);
    await cache.put(request, response.clone());
    const files = (await cache.keys()).filter(({ url }) => url.includes('/assets/'));
    await Promise.all(files.slice(0, -MOST_FILES).map((file) => cache.delete(file)));
  }
  return response;
}
