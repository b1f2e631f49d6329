// How much comes over the wire before there is something to see, and a list of 100,000 rows.
import { gzipSync } from 'node:zlib';
import { begin } from './browser.mjs';

const visit = await begin('speed');
const { page } = visit;
const most = 60_000;
visit.allow(401, /session/);

/** What the first view loads: pages, scripts and styles, as gzip makes them. What is asked of the REST isn't counted. */
async function weigh(name, show) {
  const loaded = new Map();
  const seen = async (response) => {
    const path = new URL(response.url()).pathname;
    if (!path.startsWith('/api/') && path !== '/empty-page' && response.status() === 200) loaded.set(path, gzipSync(await response.body()).length);
  };
  page.on('response', seen);
  await show();
  await page.waitForLoadState('networkidle');
  page.off('response', seen);
  const total = [...loaded.values()].reduce((sum, bytes) => sum + bytes, 0);
  visit.step(`${name}: ${total} bytes in ${loaded.size} files`);
  visit.check(total > 10_000 && total <= most, `${name} loads ${total} bytes: ${JSON.stringify([...loaded])}`);
}

await weigh('the sign-in', async () => {
  await visit.open();
  await page.getByRole('heading', { level: 1, name: 'Вход' }).waitFor();
});
await visit.signIn('anna');
for (const [tag, attributes] of [['u2035-integrations', {}], ['u2035-wizard', { project: 'bas' }], ['u2035-footprint', {}], ['u2035-matching', {}], ['u2035-sso', {}]])
  await weigh(tag, async () => {
    await visit.element(tag, attributes);
    await page.locator(`${tag} h1`).waitFor();
  });

visit.step('a list of 100,000 rows');
const all = 100_000;
const perPage = 2000;
await visit.context.route(/\/u2035\/statements\?/, (route) => {
  const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
  const items = Array.from({ length: perPage }, (_, i) => ({
    id: `s${from + i}`, project: 'bas', flow: '1', learner: null, kind: 'learner.grade', record: { kind: 'result', id: String(from + i), revision: 1 },
    state: 'confirmed', createdAt: '2026-11-27T03:00:00+03:00', answeredAt: '2026-11-27T03:10:00+03:00',
  }));
  const next = from + perPage;
  return route.fulfill({ json: { items, next: next < all ? String(next) : null } });
});
await visit.element('u2035-footprint', { path: 'statements' });
await page.locator('[data-row="0"]').waitFor();
const list = page.locator('u2035-work-list');
const began = Date.now();
await list.evaluate(async (one, wanted) => {
  while (one.loaded.length < wanted) {
    one.scrollTop = one.scrollHeight;
    await new Promise((go) => requestAnimationFrame(go));
  }
}, all);
visit.step(`to its end in ${Date.now() - began} ms`);
await list.evaluate((one) => (one.scrollTop = one.scrollHeight));
await page.locator(`[data-row="${all - 1}"]`).waitFor();
const drawn = await list.evaluate((one) => one.shadowRoot.querySelectorAll('[role=listitem]').length);
visit.check(drawn < 100, `${drawn} rows are drawn at once`);
visit.check((await list.evaluate((one) => one.shadowRoot.querySelector('[role=listitem]').getAttribute('aria-setsize'))) === String(all), 'the number of rows is not told');
await list.evaluate((one) => (one.scrollTop = one.scrollHeight / 2));
await page.locator(`[data-row="${all / 2}"]`).waitFor();
// What a person waits for: from a step of the wheel to the rows of the new place.
const steps = await list.evaluate(async (one) => {
  const took = [];
  for (let i = 0; i < 40; i += 1) {
    const start = performance.now();
    one.scrollTop += 600;
    await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
    await one.updateComplete;
    took.push(performance.now() - start);
  }
  return took.sort((a, b) => a - b);
});
visit.step(`a step of 600 px: ${Math.round(steps[20])} ms in the middle, ${Math.round(steps[39])} ms at the most`);
visit.check(steps[20] < 250, `a step takes ${Math.round(steps[20])} ms`);
await list.evaluate((one) => (one.scrollTop = 0));
await page.locator('[data-row="0"] [data-open]').focus();
await page.keyboard.press('End');
await visit.until((last) => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at?.closest('[data-row]')?.dataset.row === String(last);
}, all - 1);
await visit.end();
