// xAPI intake as an organization's administrator sets it up: a source, its credentials, what comes of statements, another secret.
import { begin } from './browser.mjs';

const visit = await begin('xapi');
const { page } = visit;
const main = page.locator('main');
const heading = (name) => page.getByRole('heading', { level: 1, name, exact: true });
const save = () => main.locator('button[type=submit]').click();
const tile = (name) => main.locator('.tile').filter({ hasText: name }).locator('.number');
const base = '/api/v1/organizations/demo';
const adl = 'http://adlnet.gov/expapi/';

/** As the LMS's plugin does: with key and secret, no session. */
async function send(credentials, statements) {
  const answer = await fetch(`${visit.url}/data/xAPI/statements`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${credentials.key}:${credentials.secret}`)}`, 'X-Experience-API-Version': '1.0.3', 'Content-Type': 'application/json' },
    body: JSON.stringify(statements),
  });
  return answer.status;
}
const quiz = (user, attempt) => ({
  actor: { account: { homePage: 'https://moodle.example.org', name: user } },
  verb: { id: `${adl}verbs/completed` },
  object: { id: 'https://moodle.example.org/mod/quiz/view.php?id=5', definition: { type: `${adl}activities/assessment` } },
  timestamp: '2026-02-10T15:31:41+03:00',
  result: { score: { raw: 70, min: 0, max: 100 }, success: true },
  context: {
    contextActivities: {
      other: [{ id: `https://moodle.example.org/mod/quiz/attempt.php?attempt=${attempt}&cmid=5`, definition: { type: `${adl}activities/attempt` } }],
      grouping: [{ id: 'https://moodle.example.org/course/view.php?id=3', definition: { type: 'http://id.tincanapi.com/activitytype/lms/course' } }],
    },
  },
});
const danced = { ...quiz('17', 1), verb: { id: 'http://example.org/verbs/danced' }, object: { id: 'https://moodle.example.org/x', definition: { type: 'http://example.org/t' } } };

visit.step('nothing yet: how to begin');
await visit.signIn('anna');
await visit.open('#/org/demo/xapi');
await heading('Приём xAPI').waitFor();
await main.getByText('Стейтменты пока никто не присылает').waitFor();
await visit.look('none');

visit.step('a new source, with what it is called taken from the rules');
await main.getByRole('link', { name: 'Добавить источник' }).click();
await heading('Новый источник xAPI').waitFor();
visit.check((await page.getByLabel('Имя в адресах и записях').inputValue()) === 'moodle-xapi', 'no name is suggested');
await visit.look('new');
await page.getByLabel('Имя в адресах и записях').fill('Наш Moodle');
await save();
await main.getByText('Такое имя не подходит').waitFor();
visit.check(await page.getByLabel('Имя в адресах и записях').evaluate((input) => input.getRootNode().activeElement === input), 'the wrong name has not the focus');
await page.getByLabel('Имя в адресах и записях').fill('moodle-xapi');
await page.getByLabel('На чьи записи ссылаются').selectOption({ label: 'Другой источник записей…' });
await page.getByLabel('Имя источника записей').fill('moodle');
await save();

visit.step('address, key and secret are shown once');
await main.getByText('Источник добавлен').waitFor();
const shown = async (id) => (await main.locator(`#${id}`).textContent()).trim();
const first = { key: await shown('key'), secret: await shown('secret') };
visit.check((await shown('endpoint')) === `${visit.url}/data/xAPI/`, 'the address is not whole');
visit.check((await shown('basic')) === `Basic ${btoa(`${first.key}:${first.secret}`)}`, 'auth is another');
await page.getByRole('button', { name: 'Скопировать: Секрет' }).click();
await main.getByText('Скопировано: Секрет').waitFor();
visit.check((await page.evaluate(() => navigator.clipboard.readText())) === first.secret, 'the secret is not copied');
await visit.look('made');
await main.getByRole('link', { name: 'К источнику' }).click();
await main.getByText('Ждём первый стейтмент').waitFor();
visit.check(!(await main.innerHTML()).includes(first.secret), 'the secret is shown again');
await visit.look('waiting-for-first');

visit.step('statements come, and the page learns of it by itself');
const brought = await visit.rest('POST', `${base}/records`, { source: 'moodle', records: [
  { kind: 'programmes', externalId: 'course-3', project: 'bas', title: 'БПЛА' },
  { kind: 'flows', externalId: 'course-3', programme: 'course-3', key: 'f-3' },
  { kind: 'blocks', externalId: 'b', programme: 'course-3', type: 'theory', title: 'Теория' },
  { kind: 'modules', externalId: 'm', block: 'b', title: 'Модуль', position: 1 },
  { kind: 'themes', externalId: 't', module: 'm', title: 'Тема', position: 1 },
  { kind: 'elements', externalId: 'cm-5', theme: 't', type: 'test', title: 'Тест', minScore: 0, maxScore: 100, passScore: 60 },
  { kind: 'learners', externalId: 'user-17', untiId: '5501', lastName: 'Соколова' },
  { kind: 'enrollments', externalId: 'e', learner: 'user-17', flow: 'course-3', status: 'enrolled' },
] });
visit.check(brought.status === 200 && brought.json.counts.rejected === 0, `records: ${JSON.stringify(brought.json)}`);
visit.check((await send(first, [quiz('17', 31), quiz('18', 32), quiz('18', 33), danced])) === 200, 'the statements are not taken');
await tile('Принято').waitFor();
const numbers = async () => Promise.all(['Принято', 'Стали записями', 'Ждут', 'С ошибкой', 'Без правила'].map(async (name) => (await tile(name).textContent()).trim()));
visit.check((await numbers()).join() === '4,1,2,0,1', `the numbers are ${await numbers()}`);

visit.step('whom they wait for, and what no rule fits');
await main.getByRole('heading', { level: 3, name: /Нет слушателя user-18/ }).waitFor();
await main.getByText('2 стейтмента', { exact: true }).waitFor();
await main.getByRole('row', { name: /danced/ }).waitFor();
visit.check((await main.getByRole('row', { name: /completed/ }).count()) === 0, 'what fits a rule is among what fits none');
await page.getByRole('button', { name: /Скопировать заготовку правила/ }).click();
await main.getByText('Заготовка скопирована').waitFor();
visit.check(JSON.parse(await page.evaluate(() => navigator.clipboard.readText())).verbs[0] === 'http://example.org/verbs/danced', 'the draft is of another verb');
await main.getByText('Показать пример').click();
await main.locator('pre.raw', { hasText: 'http://example.org/verbs/danced' }).waitFor();
await main.getByText(/^Исходный стейтмент, последний/).click();
await main.locator('pre.raw', { hasText: '"name": "18"' }).waitFor();
await visit.look('source');
await page.getByRole('button', { name: /^Все/ }).click();
await main.getByRole('row', { name: /completed/ }).waitFor();
const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Скачать список (CSV)' }).click()]);
visit.check(file.suggestedFilename() === 'moodle-xapi-troubles.csv', `the list is ${file.suggestedFilename()}`);

visit.step('what was missing comes, and is tried at once');
await visit.rest('POST', `${base}/records`, { source: 'moodle', records: [
  { kind: 'learners', externalId: 'user-18', untiId: '5502', lastName: 'Орлов' },
  { kind: 'enrollments', externalId: 'e2', learner: 'user-18', flow: 'course-3', status: 'enrolled' },
] });
await page.getByRole('button', { name: 'Попробовать сейчас' }).click();
await main.getByText('Ничего не ждёт, ошибок нет').waitFor();
visit.check((await numbers()).join() === '4,3,0,0,1', `after that the numbers are ${await numbers()}`);

visit.step('rules of one’s own: what is wrong with them is told, and all is read again');
await main.getByRole('link', { name: 'Изменить' }).click();
await page.getByLabel('Свои (JSON)').check();
await page.getByRole('button', { name: 'Moodle: плагин logstore_xapi' }).click();
await main.getByRole('button', { name: 'H5P на любой платформе' }).and(page.locator(':enabled')).waitFor();
visit.check((await page.getByLabel('Свои правила').inputValue()).includes('"quiz-attempt"'), 'the ready-made rules are not in the field');
await page.getByLabel('Свои правила').fill('{"rules": [');
await page.getByRole('button', { name: 'H5P на любой платформе' }).click();
await page.getByRole('alertdialog').getByRole('button', { name: 'Отмена' }).click();
visit.check((await page.getByLabel('Свои правила').inputValue()) === '{"rules": [', 'what was typed is lost without a yes');
await save();
await main.getByText('Это не объект JSON').waitFor();
visit.allow(422, /^PUT .*xapi-sources\/moodle-xapi/);
await page.getByLabel('Свои правила').fill('{"title": {"ru": "свои", "en": "own"}, "rules": [{"name": "x"}]}');
await save();
await main.getByText(/\/rules\/0/).first().waitFor();
await visit.look('edit-wrong');
await page.getByLabel('Свои правила').fill(JSON.stringify({ title: { ru: 'свои', en: 'own' }, rules: [{ name: 'dance', verbs: ['http://example.org/verbs/danced'], ignore: { ru: 'танец', en: 'dance' } }] }));

visit.step('two people at once');
const now = await visit.rest('GET', `${base}/xapi-sources/moodle-xapi`);
const other = await visit.rest('PUT', `${base}/xapi-sources/moodle-xapi`, { ...now.json, title: 'Moodle академии' }, { 'If-Match': now.headers.etag });
visit.check(other.status === 200, `the other's change: ${other.status}`);
visit.allow(412, /^PUT .*xapi-sources\/moodle-xapi/);
await save();
await main.getByText('Источник уже изменён').waitFor();
visit.check((await page.getByLabel('Название').inputValue()) === 'Moodle академии', 'what the other changed is not taken over');
visit.check((await page.getByLabel('Свои правила').inputValue()).includes('dance'), 'what was typed is lost');
await save();
await heading('Moodle академии').waitFor();
await main.locator('.tile', { hasText: /Без правила\s*3/ }).waitFor({ timeout: 60_000 });
visit.check((await numbers()).join() === '4,0,0,0,3', `read again, the numbers are ${await numbers()}`);

visit.step('another secret: the one before is refused at once');
await page.getByRole('button', { name: 'Заменить секрет' }).click();
const question = page.getByRole('dialog', { name: 'Заменить секрет?' });
await question.waitFor();
visit.check(await question.getByRole('button', { name: 'Отмена' }).evaluate((button) => button.getRootNode().activeElement === button), 'the first focus is not on "cancel"');
await page.screenshot({ path: `${visit.folder}/xapi-rotate-desktop-light.png` });
await visit.axe('another secret');
await page.getByLabel('больше не действует').check();
await question.getByRole('button', { name: 'Заменить секрет' }).click();
await main.getByText('Секрет заменён').waitFor();
const second = { key: first.key, secret: await shown('secret') };
visit.check(second.secret !== first.secret, 'the secret is the same');
visit.check((await send(first, [danced])) === 401, 'the secret before is still good');
visit.check((await send(second, [danced])) === 200, 'the new secret is refused');
await visit.look('rotated');

visit.step('the list, and what a viewer may');
await visit.open('#/org/demo/xapi');
await main.getByRole('row', { name: /Moodle академии/ }).getByText('4', { exact: true }).first().waitFor();
await visit.look('list');
await visit.signIn('vera');
await visit.open('#/org/demo/xapi');
await main.getByText('Добавляет и меняет источники администратор организации').waitFor();
visit.check(await main.getByRole('button', { name: 'Добавить источник' }).isDisabled(), 'a viewer is offered a new source');
await main.getByRole('link', { name: 'Moodle академии' }).click();
await main.getByText('Секрет заменяет администратор организации').waitFor();
visit.check(await main.getByRole('button', { name: 'Заменить секрет' }).isDisabled(), 'a viewer is offered another secret');
await visit.look('viewer');
await visit.open('#/org/demo/xapi/new');
await main.getByText('Нужна роль «Администратор организации»').waitFor();

visit.step('English');
await visit.signIn('anna');
await visit.open('#/org/demo/xapi/moodle-xapi');
await page.getByRole('button', { name: 'EN' }).click();
await main.getByRole('heading', { level: 2, name: 'Address and keys' }).waitFor();
await visit.look('english');
await page.getByRole('button', { name: 'RU', exact: true }).click();

visit.step('deleting it');
await page.getByRole('button', { name: 'Удалить источник' }).click();
await page.getByRole('alertdialog').getByRole('button', { name: 'Удалить источник' }).click();
await main.getByText('Стейтменты пока никто не присылает').waitFor();
visit.check((await send(second, [danced])) === 401, 'a deleted source still takes statements');
await visit.end();
