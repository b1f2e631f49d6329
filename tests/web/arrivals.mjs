// What is brought to connections: files uploaded and from a watched folder, and requests of another system with its token.
import { renameSync, writeFileSync } from 'node:fs';
import { begin } from './browser.mjs';

const visit = await begin('arrivals');
const { page } = visit;
const main = page.locator('main');
const base = '/api/v1/organizations/demo/connections';
const upload = main.locator('lms-upload');
const arrived = main.locator('lms-arrived');
const row = (part, name) => part.locator('.rows > li').filter({ hasText: name });
const ask = async (method, path, body, headers) => {
  const answer = await visit.rest(method, path, body, headers);
  visit.check(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.json)}`);
  return answer;
};
const csv = (text) => Buffer.from(`id,unti,name\n${text}`);
const choose = (...files) => upload.locator('input[type=file]').setInputFiles(files.map(([name, buffer]) => ({ name, mimeType: 'text/csv', buffer })));

await visit.signIn('anna');
const mapping = { target: 'learners', externalId: { column: 'id' }, fields: { untiId: { column: 'unti' }, lastName: { column: 'name' } } };
await ask('POST', base, { name: 'dean', kind: 'files', title: 'Файлы деканата', settings: { folder: 'crm', arrival: 'renamed' } });
await ask('POST', base, { name: 'crm', kind: 'listen', title: 'CRM' });

visit.step('a connection of files without routes has nowhere to put them');
await visit.open('#/org/demo/connections/dean');
await main.getByRole('heading', { level: 2, name: 'Наблюдаемая папка' }).waitFor();
visit.check((await upload.count()) === 0, 'files can be uploaded to no route');
await ask('POST', `${base}/dean/routes`, { name: 'people', title: 'Слушатели', prefix: 'people', settings: { pattern: '*.csv' }, mapping });

visit.step('nothing has come yet');
await visit.open('#/org/demo/connections/dean');
await arrived.getByText('Файлов ещё не было').waitFor();
await main.getByText('demo/crm/people').waitFor();
await visit.look('files-none');

visit.step('several files at once, each with its end');
await choose(['good.csv', csv('1,501,Иванова\n2,502,Орлов\n')], ['partly.csv', csv('3,503,Жуков\n4,05,Петров\n')], ['columns.csv', Buffer.from('no,such\n1,2\n')], ['empty.csv', Buffer.from('')]);
await row(upload, 'good.csv').getByText('Принято', { exact: true }).waitFor();
await row(upload, 'partly.csv').getByText('принято частично').waitFor();
await row(upload, 'columns.csv').getByText('не прочитано').waitFor();
await row(upload, 'empty.csv').getByText('Файл пуст').waitFor();
visit.check((await row(upload, 'good.csv').locator('.about').textContent()).includes('создано 2'), 'how many rows were taken is not told');
await row(upload, 'columns.csv').getByText(/В источнике есть: no, such/).first().waitFor();
await row(upload, 'partly.csv').getByRole('button', { name: 'Показать, что не принято' }).click();
await row(upload, 'partly.csv').getByRole('cell', { name: 'строка 3' }).waitFor();
await row(upload, 'partly.csv').getByRole('cell', { name: '05', exact: true }).waitFor();
const [log] = await Promise.all([page.waitForEvent('download'), row(upload, 'partly.csv').getByRole('button', { name: 'Скачать журнал (CSV)' }).click()]);
visit.check(/^people-.*\.csv$/.test(log.suggestedFilename()), `the log is ${log.suggestedFilename()}`);
await visit.look('files-uploaded');

visit.step('they stay in the list of what has come');
await row(arrived, 'good.csv').waitFor();
visit.check((await arrived.locator('.rows > li').count()) === 3, 'what has come is not listed, or the empty file is');
await visit.open('#/org/demo/connections/dean');
await row(arrived, 'columns.csv').getByText('не прочитано').waitFor();
await row(arrived, 'columns.csv').locator('summary').click();
visit.check(await arrived.getByRole('button', { name: 'Повторить: good.csv' }).count() === 0, 'what was taken whole is to be repeated');

visit.step('what failed is read again from what the server has kept, once');
await arrived.getByRole('button', { name: 'Повторить: columns.csv' }).click();
await arrived.getByText('повтор чтения').waitFor();
await visit.until((path) => fetch(path).then((answer) => answer.json()).then(({ items }) => items.length === 4 && items[0].state === 'failed'), `${base}/dean/routes/people/files`);
await arrived.getByRole('button', { name: 'Обновить' }).click();
visit.check((await arrived.getByRole('button', { name: 'Повторить: columns.csv' }).count()) === 1, 'the same file can be repeated twice');
await visit.look('files-repeated');

visit.step('a file larger than the server takes is not sent');
await upload.getByText(/Один файл — не больше/).waitFor();
await choose(['large.csv', Buffer.alloc(70_000, 'x')]);
await row(upload, 'large.csv').getByText('Файл не отправлен').waitFor();
await visit.look('files-large');

visit.step('files dropped onto the page');
await upload.locator('.drop').evaluate((place) => {
  const data = new DataTransfer();
  data.items.add(new File(['id,unti,name\n5,505,Сидоров\n'], 'dropped.csv', { type: 'text/csv' }));
  place.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
});
await row(upload, 'dropped.csv').getByText('Принято', { exact: true }).waitFor();

visit.step('more deletions than a route allows take a person’s word');
await ask('POST', `${base}/dean/routes`, { name: 'whole', title: 'Весь список', prefix: 'whole', mapping: { ...mapping, externalId: { template: 'w-{id}' } }, deletions: 'follow' });
await visit.open('#/org/demo/connections/dean');
await upload.getByLabel('Путь').selectOption('whole');
await upload.getByText('чего в нём нет, то удаляется').waitFor();
await choose(['list.csv', csv('1,601,a\n2,602,b\n')]);
await row(upload, 'list.csv').getByText('Принято', { exact: true }).waitFor();
await choose(['shorter.csv', csv('1,601,a\n')]);
await row(upload, 'shorter.csv').getByText('не прочитано').waitFor();
await row(upload, 'shorter.csv').getByRole('button', { name: 'Удалить и загрузить' }).click();
const question = page.getByRole('alertdialog', { name: 'Загрузить «shorter.csv» с удалениями?' });
await question.waitFor();
await visit.axe('deletions');
await question.getByRole('button', { name: 'Удалить и загрузить' }).click();
await row(upload, 'shorter.csv').getByText(/удалено 1/).waitFor();

visit.step('a file from the watched folder');
const folder = `${visit.given.folder}/demo/crm/people`;
writeFileSync(`${folder}/night.csv.tmp`, csv('6,506,Лебедева\n'));
renameSync(`${folder}/night.csv.tmp`, `${folder}/night.csv`);
await arrived.getByRole('button', { name: 'Слушатели' }).click();
for (const end = Date.now() + 60_000; Date.now() < end && (await row(arrived, 'night.csv').getByText('Принято', { exact: true }).count()) === 0; await page.waitForTimeout(500))
  await arrived.getByRole('button', { name: 'Обновить' }).click();
await row(arrived, 'night.csv').getByText('из папки').waitFor();
await visit.look('files');

visit.step('a listening connection: its token is made and shown once');
await ask('POST', `${base}/crm/routes`, { name: 'people', title: 'Слушатели', prefix: 'people', settings: { items: 'data.items', method: 'POST' }, mapping: { ...mapping, externalId: { template: 'crm-{id}' } } });
await visit.open('#/org/demo/connections/crm');
await main.getByText('Токена нет').waitFor();
await main.getByText('Запросов ещё не было').waitFor();
await visit.look('listening-none');
await page.getByRole('button', { name: 'Создать токен' }).click();
await main.getByText('Токен создан').waitFor();
const first = await main.locator('#secret').textContent();
await page.getByRole('button', { name: 'Скопировать токен' }).click();
visit.check((await page.evaluate(() => navigator.clipboard.readText())) === first, 'the token is not copied');
await visit.look('listening-token');

visit.step('the other system sends as the example says');
await main.locator('lms-listening summary').first().click();
const example = await main.locator('lms-listening pre.raw').first().textContent();
visit.check(example.includes(`${visit.url}/in/demo/crm/people`) && example.includes('"items"'), `the example is ${example}`);
const send = async (token, items) => (await fetch(`${visit.url}/in/demo/crm/people`, { method: 'POST', headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }, body: JSON.stringify({ data: { items } }) })).status;
visit.check((await send(first, [{ id: '1', unti: '701', name: 'Павлова' }, { id: '2', unti: '05', name: 'Петров' }])) === 200, 'the request is refused');
visit.check((await send('lsn_wrong', [])) === 401, 'a wrong token is taken');
const requests = main.locator('lms-requests');
await requests.getByRole('button', { name: 'Обновить' }).click();
await requests.getByText('принято частично').waitFor();
visit.check((await requests.locator('.rows > li').count()) === 1, 'a request without the right token is listed');
await requests.locator('summary').click();
await requests.getByRole('button', { name: 'Показать, что не принято' }).click();
await requests.getByRole('cell', { name: 'запись 2' }).waitFor();
await visit.look('listening');
const docs = await main.getByRole('link', { name: /Описание для разработчика/ }).getAttribute('href');
visit.check(docs.endsWith('/docs#crm-people-post'), `the description is at ${docs}`);

visit.step('another token, and none');
await page.getByRole('button', { name: 'Заменить токен' }).click();
await page.getByLabel('больше не действует').check();
await visit.axe('another token');
await page.getByRole('dialog', { name: 'Заменить токен?' }).getByRole('button', { name: 'Заменить токен' }).click();
await visit.until((old) => {
  const find = (root) => root.querySelector('#secret') ?? [...root.querySelectorAll('*')].map((one) => one.shadowRoot && find(one.shadowRoot)).find(Boolean);
  const now = find(document)?.textContent;
  return Boolean(now) && now !== old;
}, first);
const second = await main.locator('#secret').textContent();
visit.check((await send(first, [])) === 401 && (await send(second, [])) === 200, 'the token before is still good, or the new one is not');
await page.reload();
await main.getByRole('button', { name: 'Отозвать токен' }).waitFor();
visit.check(!(await main.innerHTML()).includes(second) && (await main.locator('#secret').count()) === 0, 'the token is shown again');
await main.getByRole('button', { name: 'Отозвать токен' }).click();
await page.getByRole('alertdialog').getByRole('button', { name: 'Отозвать токен' }).click();
await main.getByText('Токена нет').waitFor();
visit.check((await send(second, [])) === 401, 'a withdrawn token is taken');

visit.step('what a viewer may');
await visit.signIn('vera');
await visit.open('#/org/demo/connections/crm');
await main.locator('#token-why').waitFor();
visit.check(await main.getByRole('button', { name: 'Создать токен' }).isDisabled(), 'a viewer is offered a token');
await visit.open('#/org/demo/connections/dean');
await upload.getByText('Загружает методист или администратор организации').waitFor();
visit.check(await upload.getByRole('button', { name: 'Выберите файлы' }).isDisabled(), 'a viewer is offered to upload');
await visit.look('files-viewer');
await visit.end();
