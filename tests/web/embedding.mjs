// A platform of another origin (plugin/web/examples) with the module's elements, by a token.
import { begin } from './browser.mjs';

const visit = await begin('embedding');
const { page } = visit;
visit.allow(404, /favicon/);

visit.step('what a person types in the example');
await visit.open('');
await page.getByLabel('Адрес lmsd').fill(visit.given.server);
await page.getByLabel('Организация').fill('demo');
await page.getByLabel('Токен').fill(visit.given.token);
await page.getByRole('button', { name: 'Показать' }).click();
await page.locator('u2035-integrations').waitFor({ state: 'attached' });

visit.step('each element, bound to the address');
for (const [view, tag] of [['integrations', 'u2035-integrations'], ['wizard/bas', 'u2035-wizard'], ['footprint', 'u2035-footprint']]) {
  await page.evaluate((hash) => (location.hash = hash), view);
  await page.locator(tag).waitFor({ state: 'attached' });
  await visit.until((name) => document.querySelector(name).shadowRoot.textContent.trim().length > 0 || document.querySelector(name).shadowRoot.children.length > 1, tag);
  await page.waitForTimeout(500);
  await visit.look(view.replace('/bas', ''));
}
await page.evaluate(() => (location.hash = 'footprint/quarantine'));
await visit.until(() => document.querySelector('u2035-footprint')?.getAttribute('path') === 'quarantine');
await page.goBack();
await visit.until(() => document.querySelector('u2035-footprint')?.getAttribute('path') === '');

visit.step('no cookie came, and the token stays in memory');
visit.check((await visit.context.cookies()).length === 0, 'the server has set a cookie on another site');
visit.check((await page.evaluate(() => Object.keys(localStorage).length + Object.keys(sessionStorage).length)) === 0, 'something is kept in the browser');
visit.check(!page.url().includes(visit.given.token), 'the token is in the address');

visit.step('a token that is no more');
visit.allow(401);
await page.getByLabel('Токен').fill('lmsd_no-such-token');
await page.getByRole('button', { name: 'Показать' }).click();
await page.evaluate(() => (location.hash = 'footprint/quarantine'));
await visit.end();
