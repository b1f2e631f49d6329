// What went to University 2035 and what did not, worked off as people do it in the morning: on a real night of a real LRS.
import { begin } from './browser.mjs';

const visit = await begin('footprint');
const { page } = visit;
const { main, button, says, focusIs, tabTo } = visit.hands;
const heading = (name) => main.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const at = (place) => visit.open(`#/org/demo/u2035-${place}`);
const nightEnds = async () => {
  await main.locator('u2035-running-night').waitFor({ state: 'detached', timeout: 240_000 });
  await main.locator('u2035-nights-panel').waitFor();
};

visit.step('before the first night');
await visit.signIn('anna');
await at('morning');
await heading('Утренний обзор');
await says('Ночных запусков ещё не было');
await visit.look('morning-first');
for (const [place, text] of [['quarantine', 'Карантин пуст'], ['reflections', 'Проверенных рефлексий ещё нет'], ['readiness', 'Готовность'], ['unsendable', 'Проверять ещё нечего'], ['exports', 'Выгрузок ещё нет'], ['statements', 'Записи']]) {
  await at(place);
  await says(text);
  await visit.settled();
  await visit.look(`${place}-first`);
}

visit.step('a dry run sends nothing, and tells what would go');
await at('morning');
await button('Пробный прогон').click();
const dialog = page.getByRole('dialog');
await dialog.getByText(/Ушл[аио] бы/).first().waitFor({ timeout: 120_000 });
await visit.look('dry-run');
await page.keyboard.press('Escape');
await dialog.waitFor({ state: 'hidden' });
visit.check(await focusIs('#dry'), 'the focus is not back on the button of the dry run');

visit.step('a night, now, by keyboard');
await tabTo('#start');
await page.keyboard.press('Enter');
await main.locator('u2035-running-night').waitFor();
await visit.look('night-running', { axe: false });
await nightEnds();
await main.locator('.tile').filter({ hasText: 'Отказано' }).getByText('В карантин').waitFor();
await visit.look('morning');
await button('Таблица').click();
await visit.look('morning-table');
await page.getByRole('button', { name: 'EN', exact: true }).click();
await page.getByRole('heading', { level: 1, name: 'Morning overview' }).waitFor();
await visit.look('morning-en');
await page.getByRole('button', { name: 'RU', exact: true }).click();

visit.step('the quarantine, by keyboard alone: choose, open, repeat, discard');
await main.locator('.tile').filter({ hasText: 'Отказано' }).getByRole('link', { name: 'В карантин' }).focus();
await page.keyboard.press('Enter');
await heading('Карантин');
// To what that night put aside alone, and from there to all of it.
await visit.until(() => /^#\/org\/demo\/u2035-quarantine\?run=\d+$/.test(location.hash));
await main.getByRole('button', { name: /^Отказано в запуске/ }).focus();
await page.keyboard.press('Enter');
await visit.until(() => location.hash === '#/org/demo/u2035-quarantine');
await main.locator('[data-open]').first().waitFor();
const open = (await visit.rest('GET', '/api/v1/organizations/demo/u2035/quarantine/groups')).json;
visit.check(open.total > 5, `in the quarantine: ${JSON.stringify(open)}`);
await visit.look('quarantine');
await tabTo('[data-open]');
await page.keyboard.press('End');
await page.keyboard.press('Home');
await page.keyboard.press('Space');
await says('Выбрано: 1');
await page.keyboard.press('Space');
await says('Ничего не выбрано');
// The first is of the template that is broken, whichever it is: a conflict is told by its checkbox.
await page.keyboard.press('Enter');
await main.locator('u2035-quarantine-record .trail').first().waitFor();
await visit.look('quarantine-record');
// The pictures of the phone have put the record into a sheet and back.
const first = page.url();
await tabTo('.aside-foot .btn.primary');
if ((await main.locator('.aside-foot input[type=checkbox]').count()) > 0) {
  await tabTo('.aside-foot input[type=checkbox]', 'Shift+Tab');
  await page.keyboard.press('Space');
  await tabTo('.aside-foot .btn.primary');
}
await page.keyboard.press('Enter');
await visit.until((was) => location.href !== was, first);
await main.locator('u2035-quarantine-record .trail').first().waitFor();
const second = page.url();
// The first press asks for the comment, the next one discards.
await tabTo('[data-act="discard"]');
await page.keyboard.press('Enter');
visit.check(await focusIs('#comment'), 'the focus is not in the comment that was asked for');
await page.keyboard.type('да');
await tabTo('[data-act="discard"]');
await page.keyboard.press('Enter');
await says('не короче трёх букв');
await page.keyboard.type(', открыто по ошибке');
await visit.look('quarantine-comment');
await tabTo('[data-act="discard"]');
await page.keyboard.press('Enter');
await visit.until((was) => location.href !== was, second);
await page.keyboard.press('Escape');
await visit.until(() => location.hash === '#/org/demo/u2035-quarantine');
await button('Отклонены').click();
await main.locator('[data-open]').first().waitFor();
await visit.look('quarantine-discarded');
await button('Повтор назначен').click();
await main.locator('[data-open]').first().waitFor();
await button('Ждут решения').click();
await says(`Показано ${open.total - 2} из ${open.total - 2}`);
await main.getByLabel('Выбрать все по фильтру').check();
await button('Отклонить').first().click();
await dialog.getByText(`Отклонить ${open.total - 2}`).waitFor();
await visit.look('quarantine-discard-all');
await page.keyboard.press('Escape');
await dialog.waitFor({ state: 'hidden' });

visit.step('what was refused goes again with the next night, and is refused again: the way tells both');
await at('morning');
await button('Запустить сейчас').click();
await main.locator('u2035-running-night').waitFor();
await nightEnds();
await visit.open(first.slice(first.indexOf('#')));
await main.locator('u2035-quarantine-record .trail').first().waitFor();
await visit.look('quarantine-again');

visit.step('reflections, judged by a methodist');
await visit.signOut();
await visit.signIn('mikhail');
await at('reflections');
await heading('Рефлексии');
await main.locator('u2035-reflection-row').first().waitFor();
await visit.look('reflections');
await main.locator('u2035-reflection-row').first().getByRole('link').first().click();
await button('Принять с комментарием', main).or(main.getByRole('button', { name: /^Принять с комментарием/ })).first().waitFor();
await visit.look('reflection');
const judged = page.url();
await main.getByRole('button', { name: /^Принять с комментарием/ }).click();
await says('без комментария решение не сохранится');
await main.getByLabel('Комментарий к решению').fill('Разрешено: работа в паре.');
await main.getByRole('button', { name: /^Принять с комментарием/ }).click();
await visit.until((was) => location.href !== was, judged);
await visit.settled();
await main.getByLabel('Комментарий к решению').waitFor();
const held = page.url();
await main.getByLabel('Комментарий к решению').fill('Перепишите своими словами.');
await main.locator('h1').focus();
await page.keyboard.press('2');
await visit.until((was) => location.href !== was, held);
const judgements = (await visit.rest('GET', '/api/v1/organizations/demo/u2035/reflections?limit=100')).json.items.map((one) => one.judgement?.decision).filter(Boolean).sort();
visit.check(judgements.join() === 'accept,hold', `judged: ${judgements}`);
await visit.open(judged.slice(judged.indexOf('#')));
await says('Разрешено: работа в паре.');
await visit.look('reflection-judged');

visit.step('readiness, down to one learner');
await at('readiness');
await heading('Готовность');
await main.locator('td.c-name a').first().waitFor();
await visit.look('readiness');
await main.locator('td.c-name a').first().click();
await main.locator('u2035-readiness-row').first().waitFor();
await visit.look('readiness-flow');
await main.locator('u2035-readiness-row').first().getByRole('link').first().click();
await visit.until(() => location.hash.split('/').length > 5);
await main.locator('.trail, dl, table').first().waitFor();
await visit.look('readiness-learner');

visit.step('what is missing, and unti_ids from a file');
await visit.signOut();
await visit.signIn('anna');
await at('unsendable');
await heading('Чего не хватает');
await main.getByRole('link', { name: 'Слушатели без unti_id' }).waitFor();
await visit.look('unsendable');
await main.getByRole('link', { name: 'Слушатели без unti_id' }).click();
await heading('Слушатели без unti_id');
await visit.settled();
await visit.look('unsendable-learners');
await main.getByRole('button', { name: 'Сопоставить', exact: true }).click();
await visit.until(() => location.hash.includes('u2035-matching/learners'));
await page.getByRole('heading', { level: 1, name: 'Сопоставление' }).waitFor();
await at('unsendable/unti-ids');
const { learner } = visit.given;
await main.getByLabel('Файл').setInputFiles({
  name: 'unti.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`Unti ID;ID потока;Фамилия;Имя\r\n${learner.untiId};${learner.flow};${learner.lastName};${learner.firstName}\r\n7770001;${learner.flow};Никого;Нет\r\n`),
});
await says('Столбцы файла');
for (const name of ['Фамилия', 'Имя']) {
  const choice = main.getByLabel(`Что в нём: ${name}`);
  if ((await choice.inputValue()) === '') await choice.selectOption({ label: name.toLowerCase() });
}
await visit.look('unti-columns');
await button('Показать совпадения').click();
await says('слушатель найден у 1');
await visit.look('unti-preview');
await main.getByRole('button', { name: /^Записать 1/ }).click();
await says(/Записано 1:|Готово:/);
await visit.look('unti-applied');

visit.step('tables and archives: taken down, ticked');
// What has not gone to the LRS yet goes by tables from now on: the records of the learner whose unti_id is there now.
const ours = '/api/v1/organizations/demo/u2035';
const scope = await visit.rest('GET', `${ours}/integrations/bas/scope`);
const { allFlows, flows, leftOutLearners, known } = scope.json;
const channels = known.map(({ flow }) => ({ flow, channel: 'tables' }));
const narrowed = await visit.rest('PUT', `${ours}/integrations/bas/scope`, { allFlows, flows, leftOutLearners, channels }, { 'If-Match': scope.headers.etag });
visit.check(narrowed.status === 200, `the scope: ${narrowed.status} ${JSON.stringify(narrowed.json)}`);
let run = (await visit.rest('POST', `${ours}/runs`, { only: 'tables' })).json;
while (['queued', 'running'].includes(run.state)) {
  await page.waitForTimeout(300);
  run = (await visit.rest('GET', `${ours}/runs/${run.id}`)).json;
}
visit.check(run.state === 'done', `the tables: ${JSON.stringify(run)}`);
await at('exports');
await heading('Таблицы и архивы');
await main.locator('u2035-upload').first().waitFor();
await visit.look('exports');
const upload = main.locator('u2035-upload').first();
const [file] = await Promise.all([page.waitForEvent('download'), upload.getByRole('button', { name: /^Скачать/ }).or(upload.getByRole('link', { name: /^Скачать/ })).first().click()]);
visit.check(/\.(xlsx|csv)$/.test(file.suggestedFilename()), `the file is called ${file.suggestedFilename()}`);
await upload.getByRole('checkbox').check();
await upload.getByText('anna').waitFor();
await at('exports');
await main.locator('u2035-upload').first().waitFor();
visit.check(await main.locator('u2035-upload').first().getByRole('checkbox').isChecked(), 'the tick is forgotten over a reload');
await visit.look('exports-ticked');
await at('exports/artifacts');
await visit.settled();
await visit.look('artifacts');

visit.step('every statement, one record\'s way, receipts whose chain is intact');
await at('statements');
await main.locator('[data-open]').first().waitFor();
await visit.look('statements');
const [list] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), button('Выгрузить список').click()]);
visit.check(/\.csv$/.test(list.suggestedFilename()), `the list is called ${list.suggestedFilename()}`);
await main.locator('[data-open]').first().click();
await main.locator('.trail').first().waitFor();
await visit.look('statement');
await at('statements/receipts');
await says('Цепочка');
await main.locator('.receipts tbody tr').first().waitFor();
await visit.look('receipts');

visit.step('what only the test contour has: counted before it is sent');
await at('morning');
await button('Переотправить в промышленный контур').click();
await dialog.getByText('Нет ничего, что ушло бы только в тестовый контур.').waitFor({ timeout: 60_000 });
await visit.look('resend-nothing');
await page.keyboard.press('Escape');
await dialog.waitFor({ state: 'hidden' });
visit.check(await focusIs('#resend'), 'the focus is not back on the button of the re-sending');

visit.step('who may only look');
await visit.signOut();
await visit.signIn('vera');
visit.allow(403);
await at('morning');
await says('Запускает администратор организации.');
visit.check((await button('Запустить сейчас').getAttribute('aria-disabled')) === 'true', 'a viewer may start a night');
await visit.look('morning-viewer');
await at('quarantine');
await says('Нужна роль «Методист» в этой организации.');
await visit.look('quarantine-forbidden');
await at('reflections');
await says('Нужна роль «Методист» в этой организации.');
await visit.look('reflections-forbidden');
await visit.end();
