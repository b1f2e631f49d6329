// Routes of a connection as people set them up: a database file, a route with its mapping, ten rows of it, its runs and what they refused.
import { readFileSync } from 'node:fs';
import { begin } from './browser.mjs';

const visit = await begin('routes');
const { page } = visit;
const main = page.locator('main');
const lms = '#/org/demo/connections/lms';
const rest = '/api/v1/organizations/demo/connections/lms/routes';
const heading = (name) => page.getByRole('heading', { level: 1, name });
const button = (name) => page.getByRole('button', { name, exact: true });
const field = (name) => page.getByLabel(name, { exact: true });
const from = async (label, mode, text) => {
  await field(`Откуда «${label}»`).selectOption({ label: mode });
  await page.getByRole('textbox', { name: `${mode === 'шаблон' ? 'Шаблон' : 'Столбец'}: ${label}`, exact: true }).or(page.getByRole('combobox', { name: `Столбец: ${label}`, exact: true })).fill(text);
};
const count = (name) => page.locator('dl.counts').first().locator('div', { has: page.getByText(name, { exact: true }) }).locator('dd').textContent();
const focused = () => page.evaluate(() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at?.id || at?.textContent?.trim() || ''; });
const ended = async () => visit.until(() => !document.querySelector('lms-shell').shadowRoot.querySelector('lms-connections-place').shadowRoot.querySelector('lms-route')?.shadowRoot.querySelector('.badge.now'), undefined, 60);

await visit.signIn('anna');

visit.step('every field of every kind of record is there, as the server has them');
const { paths } = (await visit.rest('GET', '/api/v1/openapi.json')).json;
await visit.open(`${lms}/routes/new`);
await heading('Новый путь передачи данных').waitFor();
await visit.look('new');
for (const kind of await field('Какие записи получаются').locator('option').evaluateAll((all) => all.map((one) => one.value).filter(Boolean))) {
  await field('Какие записи получаются').selectOption(kind);
  const shown = await page.locator('lms-mapping .map-row').evaluateAll((rows) => rows.map((row) => [row.querySelector('code').textContent, Boolean(row.querySelector('.chip'))]));
  const schema = paths[`/api/v1/organizations/{org}/records/${kind}/{id}`].put.requestBody.content['application/json'].schema;
  const known = Object.entries(schema.properties).filter(([name, one]) => !one.readOnly && !['kind', 'externalId'].includes(name)).map(([name]) => name);
  const names = shown.map(([name]) => name).filter((name) => !['externalId', 'content'].includes(name));
  visit.check(known.length > 0 && known.slice().sort().join() === names.slice().sort().join(), `${kind}: the server has ${known}, the page ${names}`);
  const required = shown.filter(([name, is]) => is && !['externalId', 'content'].includes(name)).map(([name]) => name);
  visit.check((schema.required ?? []).filter((name) => known.includes(name)).sort().join() === required.sort().join(), `${kind}: required are ${schema.required}, on the page ${required}`);
}

visit.step('mistakes are said beside their fields');
visit.allow(422, /^(POST|PUT) .*\/connections\/lms\/routes/);
await field('Какие записи получаются').selectOption('learners');
await field('Название').fill('Слушатели СДО');
visit.check((await field('Имя').first().inputValue()) === 'slushateli-sdo', 'the name for the address does not follow the title');
await button('Создать путь').click();
await main.getByText(/^Проверьте 2\s/).waitFor();
visit.check((await focused()) === 'setting-query', `the focus is at '${await focused()}'`);
await page.locator('#rule-externalId-wrong').getByText('Поле не заполнено').waitFor();
await visit.look('new-wrong');
await field('Запрос').fill('SELECT id, unti, name, changed, state FROM people');
visit.check((await page.locator('lms-mapping #columns option').evaluateAll((all) => all.map((one) => one.value).join())) === 'id,unti,name,changed,state', 'the columns of the query are not offered');
await from('Номер записи в источнике', 'шаблон', 'user-{id');
await from('unti_id', 'столбец', 'unty');
await from('Фамилия', 'столбец', 'name');
await button('Сохранить и попробовать').click();
await page.locator('#rule-externalId-wrong').getByText('Скобка без имени столбца').waitFor();
visit.check((await focused()) === 'rule-externalId-value', `the focus is at '${await focused()}'`);
await from('Номер записи в источнике', 'шаблон', 'user-{id}');

visit.step('ten rows, as they would arrive: first a column named wrong, then a row that would be refused');
await button('Сохранить и попробовать').click();
await page.locator('#rule-untiId-wrong').getByText("Может быть, 'unti'?").waitFor();
visit.check((await focused()) === 'trial-title', `after the trial the focus is at '${await focused()}'`);
visit.check((await page.evaluate(() => location.hash)) === `${lms}/routes/slushateli-sdo/edit`, 'the new route has no address of its own');
await visit.look('trial-wrong');
await from('unti_id', 'столбец', 'unti');
await main.getByText('Проба идёт по сохранённому').waitFor();
await button('Сохранить и попробовать').click();
const refusedRow = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'строка 3' }) });
await refusedRow.getByText('не будет принята').waitFor();
await refusedRow.getByText(/не unti_id/i).first().waitFor();
await page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'строка 1' }) }).getByText('user-1').waitFor();
await visit.look('trial');

visit.step('a run: what came, and the row that was refused, with its reason');
await visit.open(`${lms}/routes/slushateli-sdo`);
await heading('Слушатели СДО').waitFor();
await main.getByText('Путь ещё не запускали').waitFor();
await visit.look('route-new');
await button('Запустить сейчас').click();
await main.getByText('выполнен, не всё принято').first().waitFor();
await ended();
visit.check((await count('прочитано')) === '5' && (await count('создано')) === '4' && (await count('не принято')) === '1', 'the counts of the first run are wrong');
await visit.look('route');
await page.getByRole('link', { name: 'Непринятые строки: 1' }).click();
await heading(/^Запуск/).waitFor();
const row = page.getByRole('row').filter({ hasText: 'строка 3' });
await row.getByText('unti', { exact: true }).waitFor();
await row.getByText('05', { exact: true }).waitFor();
await row.getByText(/не unti_id/i).waitFor();
await visit.look('run');
const [saved] = await Promise.all([page.waitForEvent('download'), button('Скачать CSV').click()]);
visit.check(readFileSync(await saved.path(), 'utf8').includes('строка 3'), 'the log that was saved does not name the row');

visit.step('a condition leaves the row out; a second run brings nothing');
await visit.open(`${lms}/routes/slushateli-sdo/edit`);
await heading(/^Путь передачи данных/).waitFor();
await button('Добавить условие').click();
await page.getByLabel('Столбец условия 1').fill('state');
await page.getByLabel('Условие 1', { exact: true }).selectOption({ label: 'ни одно из' });
await page.getByLabel('Значения условия 1').fill('draft');
await page.getByLabel('Читать только новое и изменённое').check();
await field('Столбец отметки').fill('changed');
await page.getByLabel('Удалять и у нас').check();
await field('Расписание пути').selectOption({ label: 'Каждый день' });
await field('Время').fill('02:30');
await main.getByText(/^Следующий раз: .*02:30/).waitFor();
await page.locator('lms-mapping details.json summary').click();
const json = JSON.parse(await field('Текст сопоставления').inputValue());
visit.check(json.when[0].notIn[0] === 'draft' && json.externalId.template === 'user-{id}', 'the mapping in JSON is another');
await visit.look('edit');
await button('Сохранить').click();
await heading('Слушатели СДО').waitFor();
await button('Запустить сейчас').click();
await main.getByText('Ничего нового').waitFor();
await ended();
visit.check((await count('без изменений')) === '4' && (await count('не принято')) === '0', 'the second run is not one that brings nothing');
await main.getByText('каждый день в 02:30').waitFor();
await main.getByText('2026-03-05').first().waitFor();

visit.step('everything again asks first, since it follows deletions');
await button('Прочитать всё заново').click();
const asked = page.getByRole('alertdialog');
await asked.getByText('удалятся и у нас').waitFor();
visit.check((await focused()) === 'Отмена', `the first focus of the question is '${await focused()}'`);
await page.screenshot({ path: `${visit.folder}/routes-confirm-desktop-light.png` });
await asked.getByRole('button', { name: 'Отмена' }).click();

visit.step('the mapping as one text, from a file');
await visit.open(`${lms}/routes/slushateli-sdo/edit`);
await heading(/^Путь передачи данных/).waitFor();
await page.locator('lms-mapping details.json summary').click();
await field('Текст сопоставления').fill('{"target":');
await button('Взять из текста').click();
await main.getByText('Это не JSON').waitFor();
await field('Текст сопоставления').fill(JSON.stringify({ ...json, fields: { ...json.fields, email: { column: 'mail', lower: true }, ghost: { constant: 1 } } }));
await button('Взять из текста').click();
await button('Сохранить').click();
await page.locator('#rule-ghost-wrong').getByText(/Такого поля у/).waitFor();
await visit.look('edit-wrong');
await field('Откуда «ghost»').selectOption({ label: 'не передаётся' });
await field('Откуда «Почта»').selectOption({ label: 'не передаётся' });

visit.step('two people at once');
const now = await visit.rest('GET', `${rest}/slushateli-sdo`);
const other = await visit.rest('PUT', `${rest}/slushateli-sdo`, { ...now.json, title: 'Слушатели (переименованы)', onError: 'stop' }, { 'If-Match': now.headers.etag });
visit.check(other.status === 200, `the other's change: ${other.status}`);
visit.allow(412, /^PUT /);
await field('Название').fill('Все слушатели');
await button('Сохранить').click();
await main.getByText('Путь уже изменили').waitFor();
await main.getByText('Сейчас на сервере: Слушатели (переименованы)').waitFor();
visit.check(await page.getByLabel('Остановить запуск').isChecked(), 'what the other changed is not taken over');
await visit.look('conflict');
await button('Сохранить').click();
await heading('Все слушатели').waitFor();

visit.step('what is typed is not lost by a link');
await visit.open(`${lms}/routes/slushateli-sdo/edit`);
await heading(/^Путь передачи данных/).waitFor();
await field('Название').fill('Незаконченное');
await page.getByRole('link', { name: 'Наша СДО' }).click();
await page.getByRole('alertdialog').getByRole('button', { name: 'Отмена' }).click();
visit.check((await field('Название').inputValue()) === 'Незаконченное', 'what was typed is gone');
await page.getByRole('link', { name: 'Наша СДО' }).click();
await page.getByRole('alertdialog').getByRole('button', { name: 'Уйти без сохранения' }).click();
await visit.until((hash) => location.hash === hash, lms);

visit.step('more is gone than may be deleted unasked: nothing is, until a person says so');
await visit.rest('POST', rest, { name: 'gone', title: 'Исчезающие', settings: { query: 'SELECT id, name FROM people WHERE id < :below', parameters: { below: '9' } }, mapping: { target: 'learners', externalId: { template: 'gone-{id}' }, fields: { lastName: { column: 'name' } } }, deletions: 'follow' });
await visit.open(`${lms}/routes/gone`);
await button('Запустить сейчас').click();
await main.getByText('Выполнен', { exact: true }).first().waitFor();
await ended();
const full = await visit.rest('GET', `${rest}/gone`);
await visit.rest('PUT', `${rest}/gone`, { ...full.json, settings: { ...full.json.settings, parameters: { below: '2' } } }, { 'If-Match': full.headers.etag });
await visit.open(`${lms}/routes/gone`);
await button('Запустить сейчас').click();
await main.getByText('Из источника исчезло слишком много записей').first().waitFor();
await ended();
await visit.look('deletions');
await button('Удалить исчезнувшее').click();
await page.getByRole('alertdialog').getByRole('button', { name: 'Удалить исчезнувшее' }).click();
await visit.until(() => document.querySelector('lms-shell').shadowRoot.querySelector('lms-connections-place').shadowRoot.querySelector('lms-route').shadowRoot.querySelectorAll('.stackable tbody tr').length === 3, undefined, 30);
await page.locator('dl.counts').first().locator('div', { has: page.getByText('удалено', { exact: true }) }).getByText('4', { exact: true }).waitFor();
await ended();

visit.step('a ready-made set stays to the letter when its routes are saved by the page');
const sets = '/api/v1/organizations/demo/connections';
await visit.rest('POST', sets, { name: 'moodle', kind: 'sql', title: 'Moodle', settings: { driver: 'mysql', host: 'db.example.org', database: 'moodle', user: 'reader', password: 'of the database' } });
const made = await visit.rest('POST', `${sets}/moodle/routes/from-set`, { set: 'moodle', parameters: { project: 'bas' } });
visit.check(made.json.items?.length > 10, `the set: ${made.status}`);
for (const before of made.json.items ?? []) {
  await visit.open(`#/org/demo/connections/moodle/routes/${before.name}/edit`);
  await heading(/^Путь передачи данных/).waitFor();
  await button('Сохранить').click();
  await page.getByRole('heading', { name: 'Как устроен' }).waitFor();
  const after = (await visit.rest('GET', `${sets}/moodle/routes/${before.name}`)).json;
  for (const name of ['title', 'prefix', 'position', 'enabled', 'schedule', 'settings', 'mapping', 'watermark', 'onError', 'deletions', 'maxDeletedPercent', 'fromSet'])
    visit.check(JSON.stringify(after[name]) === JSON.stringify(before[name]), `${before.name}: ${name} was ${JSON.stringify(before[name])}, is ${JSON.stringify(after[name])}`);
}
await visit.open('#/org/demo/connections/moodle/routes/quiz-attempts/edit');
await heading(/^Путь передачи данных/).waitFor();
await visit.look('moodle');

visit.step('a long run goes on before one’s eyes, and is stopped');
await visit.rest('POST', rest, { name: 'many', title: 'Много', settings: { query: 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000) SELECT i FROM n' }, mapping: { target: 'learners', externalId: { template: 'many-{i}' }, fields: {} } });
await visit.open(`${lms}/routes/many`);
await heading('Много').waitFor();
await button('Запустить сейчас').click();
await button('Остановить').waitFor();
await visit.until(() => Number(document.querySelector('lms-shell').shadowRoot.querySelector('lms-connections-place').shadowRoot.querySelector('lms-route').shadowRoot.querySelector('dl.counts dd')?.textContent.replace(/\D/g, '')) > 0, undefined, 60);
await page.screenshot({ path: `${visit.folder}/routes-running-desktop-light.png` });
await button('Остановить').click();
await main.getByText('Остановлен', { exact: true }).first().waitFor({ timeout: 60_000 });
await ended();
await visit.look('stopped');

visit.step('off and on; and gone');
await button('Отключить').click();
await button('Включить').waitFor();
visit.check((await button('Запустить сейчас').getAttribute('aria-disabled')) === 'true', 'a disabled route can be run');
await main.getByText('Путь отключён: включите его.').waitFor();
await button('Удалить путь').click();
await page.getByRole('alertdialog').getByRole('button', { name: 'Удалить путь' }).click();
await visit.until((hash) => location.hash === hash, lms);
visit.check((await visit.rest('GET', `${rest}/many`)).status === 404, 'the route is still there');
visit.allow(404, /\/routes\/many/);

visit.step('a route that is sent to is tried with a sample');
await visit.rest('POST', '/api/v1/organizations/demo/connections', { name: 'crm', kind: 'listen', title: 'CRM', settings: {} });
await visit.open('#/org/demo/connections/crm/routes/new');
await heading('Новый путь передачи данных').waitFor();
await field('Название').fill('Люди');
await field('Префикс').fill('people');
await page.getByLabel(/^Где записи/).fill('items');
await field('Какие записи получаются').selectOption('learners');
await page.getByRole('combobox', { name: 'Путь: Номер записи в источнике' }).fill('id');
await field('Откуда «Фамилия»').selectOption({ label: 'путь' });
await page.getByRole('combobox', { name: 'Путь: Фамилия' }).fill('person.name');
await button('Сохранить и попробовать').click();
await field('Образец: что пришлют').fill('{"items":[{"id":"a1","person":{"name":"Иванова"}}]}');
await button('Попробовать').click();
await main.getByText('будет создана').waitFor();
await main.getByText('Иванова').first().waitFor();
await visit.look('trial-sample');
await visit.open('#/org/demo/connections/crm/routes/lyudi');
await main.getByText('/in/demo/crm/people').waitFor();

visit.step('who only reads is told who may do more');
await visit.signOut();
await visit.signIn('vera');
await visit.open(`${lms}/routes/slushateli-sdo`);
await heading('Все слушатели').waitFor();
await main.getByText('Запускать и пробовать могут методист и администратор организации.').first().waitFor();
await visit.look('viewer');
await visit.open(`${lms}/routes/slushateli-sdo/edit`);
await main.getByText('Нужна роль «Администратор организации»').waitFor();
await visit.open(`${lms}/routes/nothing`);
visit.allow(404, /\/routes\/nothing/);
await main.getByText('Такой страницы здесь нет').waitFor();

visit.step('in English');
await visit.open(`${lms}/routes/slushateli-sdo`);
await button('EN').click();
await main.getByRole('heading', { name: 'How it is made' }).waitFor();
await visit.look('english');
await button('RU').click();

await visit.end();
