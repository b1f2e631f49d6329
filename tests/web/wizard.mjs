// The set-up wizard by clicks, in the platform's shell: from «Не выполнен» to «Активен», every error on the way, and anew.
import { begin } from './browser.mjs';

const visit = await begin('wizard');
const { page } = visit;
const { lrs, s3, organization } = visit.given;
const base64 = (text) => Buffer.from(text).toString('base64');
const { main, button, says } = visit.hands;
const field = (name) => main.getByLabel(name, { exact: true });
const status = (text) => main.locator('.title-line .badge').getByText(text, { exact: true }).waitFor();
const stage = (n) => main.locator('.stage-head').getByText(`Этап ${n} из 4`, { exact: true }).waitFor();
const wizardPage = `#/org/${organization}/u2035-integrations/bas`;
const secrets = [lrs.secret, lrs.production.secret, lrs.basic, lrs.production.basic, s3.secretKey];
const openedWizard = async () => {
  await visit.open(wizardPage);
  await main.getByRole('heading', { level: 1, name: 'Кадры для БАС' }).waitFor();
};
/** No saved secret is on the page, in its fields, in its address or in the browser. */
const noSecret = async (where) => {
  const seen = await page.evaluate(() => {
    const all = [];
    const walk = (root) => {
      for (const one of root.querySelectorAll('*')) {
        if ('value' in one) all.push(String(one.value));
        if (one.shadowRoot) {
          all.push(one.shadowRoot.innerHTML);
          walk(one.shadowRoot);
        }
      }
    };
    walk(document);
    return [...all, location.href, JSON.stringify(localStorage), JSON.stringify(sessionStorage)].join('\n');
  });
  visit.check(!secrets.some((one) => seen.includes(one)), `${where}: a secret is on the page`);
};
const focused = (what) =>
  visit.until((selector) => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at?.matches(selector);
  }, what);

visit.step('who has not the role is told which one it takes');
visit.allow(403, /u2035\/integrations/);
await visit.signIn('vera');
await visit.open(`#/org/${organization}/u2035-integrations`);
await says('Нужна роль «Администратор организации»');
await visit.look('forbidden');
await visit.signOut();

visit.step('the card nobody has opened');
await visit.signIn('anna');
await visit.open(`#/org/${organization}`);
await says('Интеграция с У2035 не завершена');
await visit.open(`#/org/${organization}/u2035-integrations`);
await says('Не выполнен');
await says('Сейчас ничего не отправляется');
await visit.look('card-not-done');
await button('Начать настройку: Кадры для БАС').click();

visit.step('stage 1: the letter');
await stage(1);
await status('В процессе 1/4');
await focused('h1');
visit.check(page.url().endsWith('/u2035-integrations/bas'), `the address is ${page.url()}`);
visit.check(await main.getByRole('radio').nth(1).isDisabled(), 'a stage that is not open can be chosen');
await button('Скопировать шаблон').click();
await says('Шаблон скопирован');
const copied = await page.evaluate(() => navigator.clipboard.readText());
visit.check(copied.includes('Просим выдать логин, пароль и basic auth токен к External LRS'), `copied: ${copied}`);
await visit.look('stage-1');
await openedWizard();
await stage(1);
await says('Письмо скопировано');
await button('Данные у меня').click();

visit.step('stage 2: no base64, a wrong one, a check that runs over a reload, the right one');
await stage(2);
visit.check(await button('Проверено').isDisabled(), '«Проверено» is active before any check');
await says('«Проверено» станет активной после успешной проверки');
await visit.look('stage-2');
visit.allow(422, /stages\/2\/check/);
await field('Basic тестового контура').fill('это не base64');
await button('Подключить').click();
await focused('[aria-invalid="true"]');
await visit.look('stage-2-not-base64');
await field('Basic тестового контура').fill(base64('nobody:knows-this'));
await page.keyboard.press('Enter');
await status('Ошибка данных');
await main.locator('.field-error').getByText('401').first().waitFor();
visit.check((await field('Basic тестового контура').inputValue()) === base64('nobody:knows-this'), 'the field lost its value by a failed check');
visit.check((await field('Basic тестового контура').getAttribute('type')) === 'password', 'the secret is shown unasked');
await main.getByText('Ответ хранилища').first().click();
await visit.look('stage-2-401');
await main.getByText('Письмо в поддержку', { exact: true }).click();
await main.getByRole('article', { name: 'Письмо в поддержку' }).waitFor();
visit.check(!(await main.getByRole('article', { name: 'Письмо в поддержку' }).textContent()).includes('knows-this'), 'the letter to support has the secret');
await visit.look('stage-2-support');
await openedWizard();
await status('Ошибка данных');
await says(`с окончанием ${base64('nobody:knows-this').slice(-4)}`);

await visit.testEndpoint(visit.given.slow);
await openedWizard();
await field('Basic тестового контура').fill(lrs.basic);
await button('Подключить').click();
await says('Проверяем…');
await visit.look('stage-2-checking');
await openedWizard();
await says('Проверяем…');
visit.check(await button('Проверено').isDisabled(), '«Проверено» is active while the check runs');
await fetch(`${visit.given.slow}release`);
await main.locator('.trail [data-state=fail]').waitFor();
await status('Ошибка данных');
await visit.look('stage-2-broken-off');

await visit.testEndpoint(lrs.testEndpoint);
await openedWizard();
await field('Basic тестового контура').fill(`  Basic ${lrs.basic} `);
await button('Показать: Basic тестового контура').click();
visit.check((await field('Basic тестового контура').getAttribute('type')) === 'text', '«Показать» does not show');
await button('Подключить').click();
await says('Соединение есть');
await focused('#continue-button');
await noSecret('after the check of stage 2');
await openedWizard();
visit.check(await button('Проверено').isEnabled(), '«Проверено» is not active after a reload');
await visit.look('stage-2-passed');
await button('Скопировать guid').click();
const guid = await page.evaluate(() => navigator.clipboard.readText());
visit.check(/^[0-9a-f]{8}-/.test(guid), `the guid is ${guid}`);

visit.step('two people at once: the later one is shown how it stands');
const other = await visit.beside('pavel');
await other.goto(`${visit.url}/${wizardPage}`);
await other.getByRole('button', { name: 'Проверено', exact: true }).click();
await other.locator('main .stage-head').getByText('Этап 3 из 4').waitFor();
visit.allow(412, /integrations\/bas\//);
await button('Проверено').click();
await says('Настройку уже изменил кто-то другой');
await visit.look('conflict');
await other.close();

visit.step('stage 3: two letters, and back to a stage that is passed');
await stage(3);
await says('в течение 3 рабочих дней вам придут два письма');
await main.getByText('Нет доступа к S3? Скопировать шаблон').click();
await main.getByRole('article', { name: 'Письмо о доступе к S3' }).waitFor();
await visit.look('stage-3');
await main.getByRole('radio').nth(2).focus();
await page.keyboard.press('ArrowUp');
await stage(2);
visit.check(await button('Проверено').isDisabled(), '«Проверено» of a passed stage is active');
await says('Этап уже пройден');
await visit.look('stage-2-again');
await openedWizard();
await stage(2);
await main.getByRole('radio').nth(1).focus();
await page.keyboard.press('ArrowDown');
await stage(3);
await openedWizard();
await stage(3);
await button('Данные у меня').click();

visit.step('stage 4: the Basic of the other contour, a wrong secret of S3, the right data');
await stage(4);
await says('Введите параметр Basic из первого письма');
await visit.look('stage-4');
await button('Key и Secret').click();
await field('xAPI Endpoint из письма').fill(lrs.endpoint);
await field('Key').fill(lrs.key);
await field('Secret').fill(lrs.secret);
await field('Введите User ID').fill(s3.userId);
await field('Введите Access Key ID хранилища S3').fill(s3.accessKeyId);
await field('Введите Secret Key хранилища S3').fill('another-secret-altogether');
await field('URL хранилища S3').fill(s3.storageUrl);
visit.allow(422, /stages\/4\/check/);
visit.allow(409, /stages\/4\/check/);
await button('Интеграция').click();
await says('тестового контура');
await main.locator('.field-error').first().waitFor();
await visit.look('stage-4-same-basic');
await field('Key').fill(lrs.production.key);
await field('Secret').fill(lrs.production.secret);
await button('Интеграция').click();
await status('Ошибка данных');
await main.locator('.field-error').first().waitFor();
visit.check(await field('Введите Secret Key хранилища S3').getAttribute('aria-invalid') === 'true', 'the wrong secret is not told at its field');
await visit.look('stage-4-wrong-secret');
await openedWizard();
await status('Ошибка данных');
await field('Basic промышленного контура').fill(lrs.production.basic);
await field('xAPI Endpoint из письма').fill(lrs.endpoint);
await field('Введите User ID').fill(s3.userId);
await field('Введите Access Key ID хранилища S3').fill(s3.accessKeyId);
await field('Введите Secret Key хранилища S3').fill(s3.secretKey);
await field('URL хранилища S3').fill(s3.storageUrl);
await button('Интеграция').click();
// A storage without https is good enough to try the keys, and told.
await says(/Файлы доходят|Есть замечание/);
await focused('#continue-button');
await noSecret('after the check of stage 4');
await visit.look('stage-4-passed');
await openedWizard();
visit.check(await button('Все отлично').isEnabled(), '«Все отлично» is not active after a reload');
await button('Все отлично').click();
await says('Настройка завершена');
await visit.look('finished');
// Where an alarm's link leads: the key is replaced from here as well.
await button('Заменить ключ').click();
await page.getByRole('dialog').locator('#f-basic').waitFor();
await page.keyboard.press('Escape');
await page.getByRole('dialog').waitFor({ state: 'hidden' });
await focused('#replace');

visit.step('the active card, its gear by keyboard, and a key replaced');
await visit.open(`#/org/${organization}`);
await main.getByRole('heading', { level: 1 }).waitFor();
visit.check((await main.getByText('Интеграция с У2035 не завершена').count()) === 0, 'the organization is still told that the set-up is unfinished');
await visit.open(`#/org/${organization}/u2035-integrations`);
await says('Активен');
visit.check((await main.getByRole('button', { name: /Продолжить|Исправить|Начать/ }).count()) === 0, 'the active card can be opened');
const gear = main.getByRole('button', { name: /^Действия с интеграцией/ });
await gear.focus();
await page.keyboard.press('Enter');
await main.getByRole('menuitem', { name: /Отключить/ }).waitFor();
await visit.look('card-active');
// The pictures were taken in other sizes: a menu closes by leaving it, so that it may be open or closed now.
if ((await main.getByRole('menuitem').count()) === 0) await gear.click();
await main.getByRole('menuitem', { name: /Заменить ключ/ }).click();
const dialog = page.getByRole('dialog');
await dialog.locator('#f-basic').fill(base64('nobody:knows-this'));
await button('Проверить и заменить', dialog).click();
await dialog.locator('.field-error').first().waitFor();
await visit.look('replace-wrong');
await dialog.locator('#f-basic').fill(lrs.production.basic);
await button('Проверить и заменить', dialog).click();
await button('Готово', dialog).waitFor();
await visit.look('replaced');
await button('Готово', dialog).click();
await says('Активен');

visit.step('what goes, and what is left out of it');
await button('Состав и каналы: Кадры для БАС').click();
await main.getByRole('heading', { level: 1 }).waitFor();
await visit.until(() => location.hash.endsWith('/bas/scope'));
await visit.settled();
await visit.look('scope');
await page.goBack();
await says('Активен');

visit.step('English');
await page.getByRole('button', { name: 'EN', exact: true }).click();
await page.getByRole('heading', { level: 1, name: 'U2035 integrations' }).waitFor();
await visit.look('card-active-en');
await page.getByRole('button', { name: 'RU', exact: true }).click();

visit.step('something is delivered, so that it matters which store it is');
const runs = `/api/v1/organizations/${organization}/u2035/runs`;
let run = (await visit.rest('POST', runs, { only: 'statements' })).json;
while (['queued', 'running'].includes(run.state)) {
  await page.waitForTimeout(300);
  run = (await visit.rest('GET', `${runs}/${run.id}`)).json;
}
visit.check(run.counts.delivered > 0, `the night: ${JSON.stringify(run)}`);

visit.step('disconnected, after a look at what goes and what stays');
await gear.click();
await main.getByRole('menuitem', { name: /Отключить/ }).click();
const warning = page.getByRole('alertdialog');
await warning.waitFor();
await focused('.cancel');
await visit.look('disconnect');
await page.keyboard.press('Escape');
await warning.waitFor({ state: 'hidden' });
await focused('.gear');
await gear.click();
await main.getByRole('menuitem', { name: /Отключить/ }).click();
await button('Отключить', warning).click();
await says('Не выполнен');
await noSecret('after disconnecting');

visit.step('set up anew: is it the same store?');
await button('Начать настройку: Кадры для БАС').click();
await stage(1);
await button('Данные у меня').click();
await stage(2);
await field('Basic тестового контура').fill(lrs.basic);
await button('Подключить').click();
await says('Соединение есть');
await button('Проверено').click();
await stage(3);
await button('Данные у меня').click();
await stage(4);
// The same store behind another address: the server can't know that it is the same.
await field('xAPI Endpoint из письма').fill(visit.given.door);
await field('Basic промышленного контура').fill(lrs.production.basic);
await field('Введите User ID').fill(s3.userId);
await field('Введите Access Key ID хранилища S3').fill(s3.accessKeyId);
await field('Введите Secret Key хранилища S3').fill(s3.secretKey);
await field('URL хранилища S3').fill(s3.storageUrl);
await button('Интеграция').click();
// A storage without https is good enough to try the keys, and told.
await says(/Файлы доходят|Есть замечание/);
visit.allow(409, /stages\/4\/continue/);
await button('Все отлично').click();
await dialog.getByText('То же это хранилище или другое?').waitFor();
visit.check(await dialog.locator('.btn.primary').isDisabled(), 'the choice of the store can be confirmed before it is made');
await visit.look('store-choice');
await dialog.getByRole('radio').first().check();
await dialog.locator('.btn.primary').click();
await says('Настройка завершена');
await visit.open(`#/org/${organization}/u2035-integrations`);
await says('Активен');
await visit.end();
