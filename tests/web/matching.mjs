// What lacks a counterpart at University 2035, matched as people do it: by suggestion, by hand, many at once and back, by a table.
import { readFileSync } from 'node:fs';
import { begin } from './browser.mjs';

const visit = await begin('matching');
const { page } = visit;
const main = page.locator('main');
const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'));
const button = (name, scope = main) => scope.getByRole('button', { name, exact: true });
const says = (text, scope = main) => scope.getByText(text).first().waitFor();
const at = (place) => visit.open(`#/org/demo/u2035-matching${place}`);
const hashIs = (wanted) => visit.until((text) => location.hash.includes(text), wanted);
const focusIs = (selector) =>
  page.evaluate((wanted) => {
    let one = document.activeElement;
    while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
    return Boolean(one?.matches(wanted));
  }, selector);
/** By keyboard alone: on until the focus is there. */
const tabTo = async (selector, key = 'Tab') => {
  for (let i = 0; i < 80; i += 1) {
    if (await focusIs(selector)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`no way by ${key} to ${selector}`);
};
const panel = main.locator('u2035-match-panel');
/** What is searched for is told in the address. */
const find = async (words) => {
  await main.getByLabel('Поиск слушателя').fill(words);
  await visit.until((wanted) => new URLSearchParams(location.hash.split('?')[1]).get('q') === wanted, words);
  await visit.settled();
};
const row = (name) => main.locator('u2035-match-rows').getByRole('button', { name, exact: true });

visit.step('what was never accepted');
await visit.signIn('anna');
await at('/decided');
await says('Ещё ничего не принимали');
await visit.look('decided-empty');

visit.step('learners: suggestions with their reason, and how sure each is');
await at('/learners');
await says('Тот же Leader ID');
await find('сопоставов');
await main.locator('u2035-match-rows').getByText('Подходит 2: выбирает человек').waitFor();
await visit.look('learners');
await page.getByRole('button', { name: 'EN', exact: true }).click();
await page.getByRole('heading', { level: 1, name: 'Matching' }).waitFor();
await visit.look('learners-en');
await page.getByRole('button', { name: 'RU', exact: true }).click();
await page.getByRole('heading', { level: 1, name: 'Сопоставление' }).waitFor();

visit.step('one of two, by keyboard: nothing is chosen for the person');
await row('Сопоставов Слушатель00').focus();
await page.keyboard.press('Enter');
await panel.getByText('Что записать').waitFor();
await visit.until(() => location.hash.includes('learners/learner/'));
visit.check(await focusIs('h2'), 'the focus is not at the title of the opened record');
await tabTo('form#decide input[type=radio]');
await page.keyboard.press('Space');
await panel.getByText('Подсказка подходит не только сюда').waitFor();
await visit.look('learner');
await tabTo('.foot .btn.primary');
await page.keyboard.press('Enter');
await panel.getByRole('heading', { name: 'Сопоставов Слушатель01' }).waitFor();

visit.step('an e-mail is said to prove nothing, and is taken when a person says so');
await find('слушатель2');
await row('Сопоставов Слушатель20').click();
await panel.getByRole('heading', { name: 'Сопоставов Слушатель20' }).waitFor();
visit.check((await panel.getByRole('radio', { name: /^5500020/ }).isChecked()) === false, 'an e-mail was chosen for the person');
await panel.getByRole('radio', { name: /^5500020/ }).check();
await panel.getByText('E-mail никто не проверял').waitFor();
await button('Принять', panel).click();
await panel.getByRole('heading', { name: 'Сопоставов Слушатель21' }).waitFor();

visit.step('a suggestion is rejected; an id is typed by hand, wrong at first');
await panel.getByRole('radio', { name: /^5500021/ }).check();
await button('Отклонить подсказку', panel).click();
await panel.getByLabel('unti_id').waitFor();
await page.reload();
await panel.getByRole('heading', { name: 'Сопоставов Слушатель21' }).waitFor();
await panel.getByLabel('unti_id').waitFor();
await visit.look('rejected');
await button('Вернуть подсказку 5500021', panel).click();
await panel.getByRole('radio', { name: /^5500021/ }).check();
await button('Отклонить подсказку', panel).click();
await main.getByRole('button', { name: /^Отклонённые/ }).click();
await row('Сопоставов Слушатель21').click();
await panel.getByRole('button', { name: 'Вернуть подсказку 5500021' }).waitFor();
await main.getByRole('button', { name: /^Отклонённые/ }).click();
await find('слушатель3');
await row('Сопоставов Слушатель30').click();
await panel.getByRole('heading', { name: 'Сопоставов Слушатель30' }).waitFor();
await panel.getByLabel('unti_id').fill('012x');
await page.keyboard.press('Enter');
await panel.getByText('Это не id').waitFor();
visit.check(await focusIs('#typed'), 'the focus is not in the field that is wrong');
await visit.look('by-hand');
await panel.getByLabel('unti_id').fill('5500020');
await page.keyboard.press('Enter');
await panel.getByText('Этот id уже у другой записи').waitFor();
await panel.getByLabel('unti_id').fill('123456');
await page.keyboard.press('Enter');
await panel.getByRole('heading', { name: 'Сопоставов Слушатель31' }).waitFor();
await button('Закрыть', panel).click();
visit.check(await focusIs('[data-open]'), 'the focus is not back in the list');

visit.step('many at once, of one reason: counted, confirmed, taken back');
await find('сопоставов');
await main.getByRole('button', { name: /^Тот же Leader ID/ }).click();
await main.getByRole('checkbox', { name: /^Выбрать все, что можно принять сразу: 19/ }).check();
await says('Выбрано: 19');
await button('Принять 19').click();
await dialog.getByText('Записать unti_id: 19 слушателей?').waitFor();
visit.check(await focusIs('#cancel'), 'the first focus of the question is not on «Отмена»');
await visit.look('ask');
await dialog.locator('#order').click();
await says('Готово: записано 19.');
visit.check(await focusIs('.told'), 'the focus is not on the outcome');
await visit.look('accepted');
await button('Посмотреть').click();
await hashIs('decided/');
await says('Сопоставов Слушатель01');
await visit.look('decided-one');
await button('Отменить принятое').click();
await dialog.getByText('Снять записанное: 19 записей?').waitFor();
await visit.look('undo');
await button('Снять', dialog).click();
await says('Отменено: снято 19.');
await at('/decided');
await says('Отменено');
await says('Анна Смирнова');
await visit.look('decided');

visit.step('elements: the list as a table, filled in, and back');
await at('/elements');
await says('Подсказок пока нет');
await visit.look('elements-none');
const [file] = await Promise.all([page.waitForEvent('download'), button('Выгрузить список').click()]);
visit.check(/\.csv$/.test(file.suggestedFilename()), `the list is called ${file.suggestedFilename()}`);
const lines = readFileSync(await file.path(), 'utf8').split('\n');
const place = lines[0].replace('\uFEFF', '').trim().split(',').indexOf('u2035Id');
const filled = lines.map((line) => {
  const cells = line.split(',');
  if (line.startsWith('programme,') && line.includes('сопоставление')) cells[place] = '987001';
  if (line.startsWith('theme,') && line.includes('Воздушное право')) cells[place] = 'x7';
  return cells.join(',');
});
await main.getByRole('button', { name: 'Загрузить таблицу' }).first().click();
await page.getByRole('heading', { level: 1, name: 'Таблица с id Университета 2035' }).waitFor();
await main.getByLabel('Файл').setInputFiles({ name: 'elements.csv', mimeType: 'text/csv', buffer: Buffer.from(filled.join('\n')) });
await button('Прочитать таблицу').click();
await says('Прочитано id: 1');
await says('x7');
await visit.look('table');
await button('Посмотреть').click();
await main.getByRole('button', { name: /^Названо в таблице/ }).click();
await row('Оператор БПЛА: сопоставление').click();
await panel.getByRole('radio', { name: /^987001/ }).waitFor();
await visit.look('element');
await button('Принять', panel).click();
await says('Ничего не подошло');
await visit.look('elements-nothing-fits');

visit.step('lists of unti_ids are loaded on a page of their own, which this one leads to');
await at('/learners');
await button('Загрузить список unti_id').click();
await hashIs('unsendable/unti-ids');
await main.getByLabel('Файл').waitFor();

await at('/learners');
await find('слушатель31');
await row('Сопоставов Слушатель31').click();
await button('Сделать ссылку для входа', panel).click();
await hashIs('u2035-sso/links?learner=m-31');
await main.locator('u2035-sso-make').waitFor();
visit.check((await main.getByLabel('id слушателя в вашей системе').inputValue()) === 'm-31', 'the learner is not named in the form of the link');

visit.step('who may look, and not write');
await visit.signOut();
await visit.signIn('mikhail');
await at('/learners');
await says('Записывает администратор организации.');
await visit.look('learners-methodist');

await visit.end();
