// A second try, as people make it: the refused repeated once its cause is mended, and «Переотправить в промышленный контур».
// again_test.py mends, restarts and sets up anew between the parts.
import { begin } from './browser.mjs';

const visit = await begin('again');
const { page } = visit;
const { part, conflict, due } = visit.given;
const { main, button, says } = visit.hands;
const dialog = page.getByRole('dialog');
const ours = '/api/v1/organizations/demo/u2035';
const at = (place) => visit.open(`#/org/demo/u2035-${place}`);
/** A figure as the page writes it: thousands apart by a space that doesn't break. */
const number = (n) => new Intl.NumberFormat('ru').format(n);
const lastRun = async () => (await visit.rest('GET', `${ours}/runs?limit=1`)).json.items[0];
const waiting = async () => (await visit.rest('GET', `${ours}/quarantine/groups`)).json.total;
const nightEnds = async () => {
  await main.locator('u2035-running-night').waitFor();
  await main.locator('u2035-running-night').waitFor({ state: 'detached', timeout: 240_000 });
  await main.locator('u2035-nights-panel').waitFor();
};
const night = async () => {
  await at('morning');
  await button('Запустить сейчас').click();
  await nightEnds();
  return lastRun();
};
const record = async (id) => {
  await at(`quarantine/${id}`);
  await main.locator('u2035-quarantine-record .trail').first().waitFor();
};

await visit.signIn('anna');

if (part === 'refused') {
  visit.step('a night whose template is broken, and an id that the store has with other content');
  const run = await night();
  visit.check(run.counts.refused > 5, `refused: ${JSON.stringify(run.counts)}`);
  await record(conflict);
  await button('Повторить', main.locator('.aside-foot')).click();
  // Nobody repeats it blindly: the page says why, and nothing is decided.
  await main.locator('.aside-foot [role=alert]').waitFor();
  await visit.look('conflict-not-repeated');
  visit.check((await waiting()) === run.counts.refused, 'a conflict was repeated without the word for it');
}

if (part === 'mended') {
  visit.step('a record corrected at the source: the page says that it goes by itself');
  const before = await waiting();
  await record(conflict);
  await says('Исправлено в источнике, уйдёт следующей ночью.');
  await says('Повторять не нужно');
  visit.check((await main.locator('.aside-foot .btn.primary').count()) === 0, 'something is to be pressed for what goes by itself');
  await visit.look('corrected');

  visit.step('all repeated: the corrected one is left out, and said so');
  await at('quarantine');
  await main.locator('[data-open]').first().waitFor();
  await main.getByLabel('Выбрать все по фильтру').check();
  await button('Повторить').first().click();
  await dialog.getByText(`Повторить ${number(before)}`).waitFor();
  await visit.look('repeat-all');
  await button('Повторить', dialog).click();
  await says(`Повтор назначен: ${number(before - 1)}`);
  await says('Не сделано: 1 запись');
  await visit.look('repeated');
  await button('Повтор назначен').click();
  await says(`Показано ${number(before - 1)} из ${number(before - 1)}`);

  visit.step('the night takes all of them');
  const run = await night();
  visit.check(run.counts.delivered === before && run.counts.refused === 0, `the night: ${before} were to go, ${JSON.stringify(run.counts)}`);
  await at('quarantine');
  await says('Карантин пуст');
  const queued = (await visit.rest('GET', `${ours}/quarantine/groups?state=queued`)).json.total;
  visit.check(queued === 0, `still to be repeated: ${queued}`);
  await button('Повтор назначен').click();
  await says('Повторов не назначено');
  await visit.look('nothing-queued');

  visit.step('the morning says that all is there now, and leads to no empty list');
  await at('morning');
  const tile = main.locator('.tile').filter({ hasText: 'Отказано' });
  await tile.getByText('сейчас в карантине из них ни одной').waitFor();
  visit.check((await tile.getByRole('link').count()) === 0, 'the morning leads to what is mended');
  await visit.look('morning-mended');

  visit.step('the way of the corrected record has both: what was refused and what went in its place');
  const { record: of, flow } = (await visit.rest('GET', `${ours}/quarantine/${conflict}`)).json;
  await at(`statements/record/${of.kind}/${of.id}/${flow}`);
  await main.locator('.trail').first().waitFor();
  await visit.look('both-on-the-way');
  const way = (await visit.rest('GET', `${ours}/records/${of.kind}/${of.id}/way?flow=${flow}`)).json;
  const states = way.statements.map((one) => one.state).join();
  visit.check(/^quarantined,(accepted|confirmed)$/.test(states), `the way: ${states}`);
}

if (part === 'production') {
  visit.step('what only the test contour has: counted, nothing sent');
  const runs = (await visit.rest('GET', `${ours}/runs?limit=100`)).json.items.length;
  await at('morning');
  const resend = button('Переотправить в промышленный контур');
  await resend.click();
  const counted = dialog.locator('dl.facts dd').first();
  await counted.waitFor({ timeout: 60_000 });
  visit.check((await counted.textContent()).trim() === number(due), `counted ${await counted.textContent()}, due are ${due}`);
  const kinds = await dialog.locator('tbody tr td:nth-child(2)').allTextContents();
  const sum = kinds.reduce((all, one) => all + Number(one.replace(/\D/g, '')), 0);
  visit.check(sum === due, `by kind: ${kinds}`);
  await visit.look('resend-counted');
  await page.setViewportSize({ width: 390, height: 700 });
  const confirm = dialog.getByRole('button', { name: /^Отправить/ });
  const { y, height } = await confirm.boundingBox();
  visit.check(y + height <= 700, `on a phone the confirmation lies at ${y}`);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  visit.check((await visit.rest('GET', `${ours}/runs?limit=100`)).json.items.length === runs, 'counting started a run');

  visit.step('confirmed with the number in the button, and sent');
  await resend.click();
  await dialog.getByRole('button', { name: new RegExp(number(due).replace(/\s/g, '\\s')) }).click();
  await dialog.waitFor({ state: 'hidden' });
  await nightEnds();
  const run = await lastRun();
  visit.check(run.state === 'done' && run.counts.delivered === due && run.counts.refused === 0, `the run: ${JSON.stringify(run)}`);
  await says('В тестовый контур в этот день ушло');
  const planned = await main.locator('.tile').filter({ hasText: 'Запланировано' }).locator('strong').textContent();
  visit.check(planned.trim() === number(due), `planned of production: ${planned}, due were ${due}`);
  await visit.look('resent');

  visit.step('a second time there is nothing to send');
  await resend.click();
  await dialog.getByText('Нет ничего, что ушло бы только в тестовый контур.').waitFor({ timeout: 60_000 });
  await page.keyboard.press('Escape');
}
await visit.end();
