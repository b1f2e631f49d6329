// A platform that shows the three elements of u2035.so, served by an lmsd at another address. No framework and no build.
const settings = document.getElementById('settings');
const place = document.getElementById('page');
const problem = document.getElementById('problem');

// The views of the platform: which element, and where in it. "#footprint/quarantine/3f…" is one more view of the footprint,
// "#wizard/bas" the wizard of that project.
const elements = { integrations: 'u2035-integrations', wizard: 'u2035-wizard', footprint: 'u2035-footprint' };

// Kept in memory only: a token has no business in the storage of a browser.
let given = null;
let page = null;

settings.addEventListener('submit', async (event) => {
  event.preventDefault();
  given = Object.fromEntries(new FormData(settings));
  given.server = given.server.replace(/\/+$/, '');
  problem.textContent = '';
  try {
    // Once, from the server itself: what it needs beyond comes from beside it.
    await import(`${given.server}/assets/u2035/u2035.js`);
  } catch {
    problem.textContent = `Скрипт не загрузился с ${given.server}. Есть ли ${location.origin} в http.cors_origins?`;
    return;
  }
  page = null;
  show();
});
window.addEventListener('hashchange', show);

function show() {
  if (!given) return;
  const [view, ...path] = (location.hash.slice(1) || 'integrations').split('/');
  const name = elements[view] ?? elements.integrations;
  const project = view === 'wizard' ? path.shift() : undefined;
  for (const link of document.querySelectorAll('nav a')) link.toggleAttribute('aria-current', link.hash.split('/')[0] === `#${view}`);
  if (page?.localName !== name) {
    page = document.createElement(name);
    page.setAttribute('organization', given.organization);
    page.setAttribute('language', document.documentElement.lang);
    page.setAttribute('api-base', given.server);
    if (name === 'u2035-footprint') page.setAttribute('menu', '');
    // Asked at every request: a platform gives a fresh one from its own session here.
    page.token = () => given.token;
    // The element wants to go somewhere: the platform's address follows, and leads back by "back".
    page.addEventListener('lms-navigate', (event) => {
      event.preventDefault();
      location.hash = [view, project, event.detail.path].filter(Boolean).join('/');
    });
    page.addEventListener('lms-signed-out', () => {
      problem.textContent = 'Токен не принят: он отозван, истёк или набран неверно.';
    });
    place.replaceChildren(page);
  }
  if (project) page.setAttribute('project', project);
  page.setAttribute('path', path.join('/'));
}
