// The pages of connections as an administrator uses them: what can be connected, a wrong connection and its diagnosis, the right
// one, a run, a ready-made set, two people at once, secrets, the log, deleting; then what a viewer sees of it.
import { readFileSync } from 'node:fs';
import { begin } from './browser.mjs';

const visit = await begin('connections');
const { page } = visit;
const main = page.locator('main');
const heading = (name) => page.getByRole('heading', { level: 1, name, exact: true });
const button = (name) => main.getByRole('button', { name, exact: true });
const link = (name) => main.getByRole('link', { name, exact: true });
const base = '/api/v1/organizations/demo/connections';
const row = (text) => main.getByRole('row').filter({ hasText: text });
const focused = (locator) => locator.evaluate((element) => element.getRootNode().activeElement === element);

visit.step('an empty list says what can be connected');
await visit.signIn('anna');
await visit.open('#/org/demo/connections');
await heading('Подключения').waitFor();
await main.getByText('Подключений пока нет').waitFor();
for (const way of ['Готовый набор', 'База данных', 'HTTP: JSON и XML', 'OData и 1С', 'Приём запросов', 'Файлы', 'Приём xAPI'])
  visit.check((await main.getByRole('cell', { name: way, exact: true }).count()) === 1, `the way '${way}' is not told`);
await visit.look('empty');

visit.step('a new connection: the fields of its kind, and what is wrong at them');
await link('Создать подключение').click();
await heading('Новое подключение').waitFor();
visit.check(await focused(heading('Новое подключение')), 'another view does not begin at its title');
await main.getByRole('radio', { name: /База данных/ }).check();
await page.getByLabel('СУБД').selectOption('postgresql');
await page.getByLabel('Сервер').waitFor();
await page.getByLabel('СУБД').selectOption('sqlite');
visit.check((await page.getByLabel('Сервер').count()) === 0, 'a database in a file is asked for its host');
await page.getByLabel('Название', { exact: true }).fill('Наша СДО');
visit.check((await page.getByLabel('Имя в адресах').inputValue()) === 'nasha-sdo', 'the name is not made of the title');
visit.allow(422, /^POST .*\/connections$/);
await button('Сохранить').click();
await main.getByText(/Поле не заполнено/).waitFor();
visit.check(await focused(page.getByLabel('База данных', { exact: true })), 'the wrong field has not the focus');
await visit.look('new-wrong');

visit.step('what is typed is not lost by a click beside');
await page.locator('.shell > nav.side').getByRole('link', { name: 'Тревоги' }).click();
await main.getByRole('heading', { name: 'Уйти без сохранения?' }).waitFor();
await main.getByRole('alertdialog').getByRole('button', { name: 'Отмена' }).click();
visit.check((await page.getByLabel('Название', { exact: true }).inputValue()) === 'Наша СДО', 'what was typed is lost');

visit.step('a wrong one is diagnosed: cause, fix, the raw answer');
await page.getByLabel('База данных', { exact: true }).fill('nothing.db');
await button('Проверить').click();
await main.getByRole('heading', { name: 'Такого в источнике нет' }).waitFor();
await visit.look('new-checked');
visit.check((await visit.rest('GET', base)).json.items.every((one) => one.name !== 'nasha-sdo'), 'a check has saved the connection');
await page.getByLabel('База данных', { exact: true }).fill('nothing-at-all.db');
await main.getByRole('heading', { name: 'Такого в источнике нет' }).waitFor({ state: 'detached' });
await page.getByLabel('База данных', { exact: true }).fill('nothing.db');
await button('Сохранить и проверить').click();
await heading('Наша СДО').waitFor();
await main.getByRole('heading', { name: 'Такого в источнике нет' }).waitFor();
await main.getByText("Файла 'nothing.db' нет.").first().waitFor();
await main.getByText('Ответ сервера').click();
await main.getByText('source.not-there').waitFor();
await visit.look('check-wrong');
await page.reload();
await main.getByRole('heading', { name: 'Такого в источнике нет' }).waitFor();
await main.getByText(/^Проверено .*, /).waitFor();
await visit.open('#/org/demo/connections');
await row('Наша СДО').getByText(/Проверено .*: Проверка нашла 1/).waitFor();
await visit.look('list-checked');
await visit.open('#/org/demo/connections/nasha-sdo');

visit.step('set right, it is checked and well');
await link('Изменить').click();
await heading('Настройки подключения').waitFor();
await page.getByLabel('База данных', { exact: true }).fill('lms.db');
await page.getByLabel('Запускать все пути').selectOption('day');
await page.getByLabel('Время').fill('02:15');
await visit.look('edit');
await button('Сохранить и проверить').click();
await heading('Наша СДО').waitFor();
await main.getByText('Источник отвечает, ошибок не найдено').waitFor();
await main.getByText('Каждый день в 02:15').first().waitFor();
visit.check((await visit.rest('GET', `${base}/nasha-sdo`)).json.schedule.cron === '15 2 * * *', 'the schedule is another');
visit.check(await button('Запустить все').getAttribute('aria-disabled') === 'true', 'nothing can be run and the button does not say so');
await main.getByText('Запускать нечего: путей нет.').waitFor();

visit.step('its routes are run from its page');
const made = await visit.rest('POST', `${base}/nasha-sdo/routes`, {
  name: 'people',
  title: 'Слушатели',
  settings: { query: 'SELECT id, unti, name FROM people' },
  mapping: { target: 'learners', externalId: { column: 'id' }, fields: { untiId: { column: 'unti' }, lastName: { column: 'name' } } },
});
visit.check(made.status === 201, `the route: ${made.status}`);
await visit.open('#/org/demo/connections/nasha-sdo');
await main.getByText('С тех пор подключение или его пути изменили').waitFor();
await button('Запустить все').click();
await row('people').getByText('Выполнен').waitFor();
await row('people').getByText(/2\s+строки, 2\s+новые/).waitFor();

visit.step('a ready-made set adds its routes in order');
await link('Добавить готовый набор').click();
await heading('Готовый набор').waitFor();
await page.getByLabel('Набор').selectOption('moodle-course-totals');
await visit.look('set');
await button('Добавить 2 пути').click();
await heading('Наша СДО').waitFor();
await row('из набора moodle-course-totals').first().waitFor();
visit.check((await main.getByRole('row').filter({ hasText: 'из набора' }).count()) === 2, 'the routes of the set are not there');
await main.getByRole('button', { name: 'Выше: «Moodle: итоговые оценки за курс»' }).click();
await visit.until((path) => fetch(path).then((answer) => answer.json()).then(({ items }) => items.at(-1).name === 'course-totals'), `${base}/nasha-sdo/routes`);
visit.check(await focused(main.locator('#turn-up-course-grades')), 'what moved has lost the focus');
await button('Запустить все').click();
await row('из набора').getByText('Не удался').first().waitFor();
await visit.look('connection');

visit.step('the log of runs, and its file');
await link('Журнал запусков').click();
await heading('Журнал запусков').waitFor();
await row('Слушатели').first().waitFor();
const [download] = await Promise.all([page.waitForEvent('download'), button('Скачать журнал').click()]);
const log = readFileSync(await download.path(), 'utf8');
visit.check(download.suggestedFilename() === 'nasha-sdo-log.txt' && log.includes('== people'), `the log is ${download.suggestedFilename()}: ${log.slice(0, 200)}`);
await visit.look('log');

visit.step('secrets stay out of the page, and are asked for again where they would go elsewhere');
await visit.open('#/org/demo/connections/new?kind=http');
await page.getByLabel('Название', { exact: true }).fill('CRM');
await page.getByLabel('Адрес', { exact: true }).fill('https://crm.example.org/api');
await page.getByLabel('Вход').selectOption('bearer');
await page.getByLabel('Токен').fill('a-token-of-the-crm-7xQ2');
await button('Сохранить').click();
await heading('CRM').waitFor();
await main.getByText('сохранён, •••• 7xQ2').waitFor();
await link('Изменить').click();
await main.getByText('Сохранён, •••• 7xQ2').waitFor();
const everything = () => page.evaluate(() => {
  const texts = [];
  const walk = (root) => root.querySelectorAll('*').forEach((one) => { texts.push(one.value ?? '', one.shadowRoot?.textContent ?? ''); if (one.shadowRoot) walk(one.shadowRoot); });
  walk(document);
  return texts.join(' ') + location.href + JSON.stringify(localStorage) + JSON.stringify(sessionStorage);
});
visit.check(!(await everything()).includes('a-token-of-the-crm'), 'the secret is on the page');
await page.getByLabel('Адрес', { exact: true }).fill('https://elsewhere.example.org/api');
await main.getByText(/Введите заново/).waitFor();
visit.allow(422, /^PUT .*\/connections\/crm$/);
await button('Сохранить').click();
await main.locator('#setting-token[aria-invalid=true]').waitFor();
await visit.look('secret-again');

visit.step('two people at once');
await page.getByLabel('Адрес', { exact: true }).fill('https://crm.example.org/api');
await page.getByLabel('Название', { exact: true }).fill('CRM центра');
const before = await visit.rest('GET', `${base}/crm`);
const { csrfToken } = (await visit.rest('GET', '/api/v1/session')).json;
const other = await visit.rest('PUT', `${base}/crm`, { ...before.json, title: 'CRM другого', schedule: { cron: '0 5 * * *', zone: 'Europe/Moscow' } }, { 'If-Match': before.headers.etag, 'X-CSRF-Token': csrfToken });
visit.check(other.status === 200, `the other's change: ${other.status}`);
visit.allow(412, /^PUT .*\/connections\/crm$/);
await button('Сохранить').click();
await main.getByText('Подключение уже изменили').waitFor();
await main.getByText('Сейчас на сервере: CRM другого').waitFor();
visit.check((await page.getByLabel('Запускать все пути').inputValue()) === 'day', 'what the other changed is not taken over');
await visit.look('conflict');
await button('Сохранить').click();
await heading('CRM центра').waitFor();

visit.step('the list says how each does; one is disabled');
await visit.open('#/org/demo/connections');
await row('Наша СДО').getByText('Ошибка').waitFor();
await row('CRM центра').getByText('Нет путей').waitFor();
await main.getByRole('button', { name: 'Отключить: CRM центра' }).click();
await row('CRM центра').getByText('Отключено').waitFor();
await visit.look('list');
await visit.open('#/org/demo/connections/new?kind=listen');
await page.getByLabel('Название', { exact: true }).fill('Тренажёр');
await button('Сохранить').click();
await heading('Тренажёр').waitFor();
visit.check((await button('Запустить все').count()) === 0, 'a connection that is sent to can be run');

visit.step('whoever only reads is told why');
await visit.signOut();
await visit.signIn('vera');
await visit.open('#/org/demo/connections/nasha-sdo');
await heading('Наша СДО').waitFor();
for (const name of ['Отключить', 'Изменить', 'Удалить', 'Проверить', 'Запустить все'])
  visit.check((await button(name).getAttribute('aria-disabled')) === 'true', `a viewer may '${name}'`);
await main.getByText('Проверяет и запускает роль «Методист» или выше.').first().waitFor();
await visit.look('viewer');
await visit.open('#/org/demo/connections/nasha-sdo/edit');
await main.getByText('Нет доступа').waitFor();
visit.allow(404, /\/connections\/no-such/);
await visit.open('#/org/demo/connections/no-such');
await main.getByRole('alert').waitFor();

visit.step('deleting says what goes and what stays, and what another has changed meanwhile');
await visit.signOut();
await visit.signIn('anna');
await visit.open('#/org/demo/connections/nasha-sdo');
await button('Удалить').click();
visit.check((await visit.rest('POST', `${base}/nasha-sdo/disable`)).status === 200, 'the other could not disable it');
visit.allow(412, /^DELETE .*\/connections\/nasha-sdo/);
await main.getByRole('alertdialog').getByRole('button', { name: 'Удалить' }).click();
await main.getByText('Подключение изменили, пока страница была открыта').waitFor();
await main.getByText('Отключено', { exact: true }).first().waitFor();
await button('Удалить').click();
const asks = main.getByRole('alertdialog', { name: 'Удалить подключение «Наша СДО»?' });
await asks.getByText(/3\s+пути передачи данных/).waitFor();
await asks.getByText('Все записи, которые оно принесло').waitFor();
visit.check(await focused(asks.getByRole('button', { name: 'Отмена' })), 'the first focus is not on "cancel"');
await visit.axe('remove');
await asks.getByRole('button', { name: 'Удалить' }).click();
await heading('Подключения').waitFor();
await row('CRM центра').waitFor();
visit.check((await row('Наша СДО').count()) === 0, 'it is still there');
visit.allow(404, /\/connections\/nasha-sdo/);
visit.check((await visit.rest('GET', `${base}/nasha-sdo`)).status === 404, 'it is still on the server');

await visit.end();
