// «Вход через Университет 20.35», as an administrator sets it up and a learner goes through it: with a real OAuth2 server.
import { begin } from './browser.mjs';

const visit = await begin('sso');
const { page } = visit;
const { peer, secrets } = visit.given;
const { main, button, says, focusIs } = visit.hands;
const dialog = page.getByRole('alertdialog');
const at = (place) => visit.open(`#/org/demo/u2035-sso${place}`);
const client = (contour) => main.getByRole('region', { name: contour === 'test' ? 'Тестовый контур' : 'Промышленный контур' });
const field = (contour, label) => client(contour).getByLabel(label, { exact: true });

visit.step('nothing is set up: what comes first, and what waits for it');
await visit.signIn('anna');
await at('');
await says('Тестовый контур');
await client('test').getByText('Запишите их: они войдут в письмо').waitFor();
visit.check((await client('test').locator('#trial').getAttribute('aria-disabled')) === 'true', 'a trial may begin without settings');
await visit.look('first');

visit.step('a redirect that differs is told as the server says it, and nothing is saved');
await field('test', 'client_id').fill('demo-test');
const callback = await field('test', 'redirect_uri, адрес возврата').inputValue();
await field('test', 'redirect_uri, адрес возврата').fill(`${callback}/`);
visit.allow(422, /sso\/clients\/test/);
await button('Сохранить', client('test')).click();
await client('test').locator('#redirectUri-err').waitFor();
visit.check(await focusIs('#redirectUri'), 'the focus is not in the field that was refused');
await visit.look('redirect-refused');
await button('Подставить', client('test')).click();
visit.check((await field('test', 'redirect_uri, адрес возврата').inputValue()) === callback, 'the callback is not put in');
await button('Сохранить', client('test')).click();
await client('test').getByText('Отправьте письмо').waitFor();
await client('test').getByText('начинается с http://').waitFor();

visit.step('the letter has what was saved');
await client('test').getByText('Подключение к API SSO').waitFor();
await client('test').locator('.letter-body').getByText(callback).waitFor();
await visit.look('letter');

visit.step('the key: wrong at first, seen by a trial; then right');
await client('test').locator('summary', { hasText: 'Адрес SSO' }).click();
await field('test', 'Адрес SSO').fill(peer);
await field('test', 'Секретный ключ').fill('wrong-secret-0000');
await button('Сохранить', client('test')).click();
await client('test').getByText('Не проверен').waitFor();
visit.check((await client('test').locator('#secret-kept').inputValue()) === '•••••••• 0000', 'of the key more than its end is shown, or less');
const trial = async (contour, expected) => {
  await button('Начать пробный вход', client(contour)).click();
  const link = client(contour).getByRole('link', { name: 'Открыть страницу входа' });
  await link.waitFor();
  const tab = await visit.context.newPage();
  await tab.goto(await link.getAttribute('href'));
  await tab.getByRole('link', { name: 'Войти через Университет 20.35' }).click();
  await tab.getByText(expected).first().waitFor();
  await tab.close();
  await button('Обновить итог', client(contour)).click();
};
const allowPeer = () => visit.allow(502, /callback/);
allowPeer();
await trial('test', 'не принял client_id или секретный ключ');
await client('test').getByText('Пробный вход не прошёл').waitFor();
await client('test').getByText('sso.invalid-client').waitFor();
await visit.look('trial-failed');
await client('test').getByRole('button', { name: /^Изменить секретный ключ/ }).click();
await field('test', 'Секретный ключ').fill(secrets.test);
await button('Сохранить', client('test')).click();
await client('test').locator('#secret-kept').waitFor();
await trial('test', 'Вход работает');
await client('test').getByText('Вход работает: проверено').waitFor();
await main.getByText('Что означают коды ошибок').click();
await main.getByText('sso.redirect-mismatch').waitFor();
await visit.look('trial-passed');

visit.step('two at once: the later one sees how it stands, and what was typed is still there');
const own = '/api/v1/organizations/demo/u2035/sso/clients/production';
await field('production', 'client_id').fill('demo-production');
await field('production', 'Секретный ключ').fill(secrets.production);
await client('production').locator('summary', { hasText: 'Адрес SSO' }).click();
await field('production', 'Адрес SSO').fill(peer);
const put = await visit.rest('PUT', own, { clientId: 'somebody-else', redirectUri: callback.replace('/test/', '/production/') }, { 'If-Match': '"0"' });
visit.check(put.status === 200, `the other person: ${put.status} ${JSON.stringify(put.json)}`);
visit.allow(412, /sso\/clients\/production/);
await button('Сохранить', client('production')).click();
await client('production').getByText('Настройки изменил кто-то ещё').waitFor();
visit.check((await field('production', 'client_id').inputValue()) === 'demo-production', 'what was typed is gone');
await visit.look('conflict');
await button('Сохранить', client('production')).click();
await client('production').locator('#secret-kept').waitFor();

visit.step('a link, shown once; the learner has another unti_id, so it waits for a person');
await at('/links');
await main.getByLabel('id слушателя в вашей системе').fill('nobody-of-ours');
await button('Сделать ссылку').click();
await says('Такого слушателя здесь нет.');
await main.getByLabel('id слушателя в вашей системе').fill('sso-1');
await main.getByLabel('И тем, у кого unti_id уже есть').check();
await button('Сделать ссылку').click();
await says('больше она не покажется');
const url = await main.locator('#link').textContent();
await visit.look('link');
await main.getByLabel('id слушателя в вашей системе').fill('sso-2');
await button('Сделать ссылку').click();
await says('Ссылка для Ссылкин Пётр');
const spare = await main.locator('#link').textContent();
await button('Отозвать ссылку: Ссылкин Пётр').click();
await says('Отозвана');
const [table] = await Promise.all([
  page.waitForEvent('download'),
  (async () => {
    await main.getByLabel('Всему потоку').check();
    await main.getByLabel('Поток', { exact: true }).selectOption({ label: 'Осень: вход' });
    await button('Сделать и скачать таблицей').click();
  })(),
]);
visit.check(table.suggestedFilename() === 'sso-links.csv', `the links are called ${table.suggestedFilename()}`);
await says('sso-links.csv: 2');
await visit.look('links');

// The flow's link has replaced the first one: a learner's own, once more.
await main.getByLabel('Слушателю').check();
await main.getByLabel('id слушателя в вашей системе').fill('sso-1');
await button('Сделать ссылку').click();
await main.locator('#link').waitFor();
const mine = await main.locator('#link').textContent();
visit.check(mine !== url && mine !== spare, 'a link was made twice');

visit.step('the learner’s button on a page of a platform');
/** The button is part of a platform's page, which has a title. */
const onPlatform = async (attributes) => {
  const made = await visit.element('u2035-sign-in', attributes);
  await page.evaluate(() => document.querySelector('main').prepend(Object.assign(document.createElement('h1'), { textContent: 'Личный кабинет' })));
  return made;
};
const element = await onPlatform({ link: mine, return: '/empty-page?course=7' });
await visit.look('button');
const [tab] = await Promise.all([visit.context.waitForEvent('page'), element.getByRole('button', { name: /^Войти через Университет 20\.35/ }).click()]);
await tab.getByRole('link', { name: 'Войти через Университет 20.35' }).click();
await tab.getByRole('button', { name: 'Да, это я' }).click();
await tab.getByText('Передано администратору').waitFor();
await tab.close();
await element.getByRole('link', { name: 'Продолжить' }).waitFor();
await visit.look('button-opened');
visit.check((await element.getByRole('link', { name: 'Продолжить' }).getAttribute('href')) === `${visit.url.replace(/\/$/, '')}/empty-page?course=7`, 'the way on is another');
const none = await onPlatform({});
await visit.settled();
visit.check((await none.evaluate((one) => one.offsetHeight)) === 0, 'a button without a link takes room');
const told = await onPlatform({ explain: '' });
await told.getByText('Кнопка появится').waitFor();
await visit.look('button-explained');

visit.step('who is linked already sees it, and unlinks with a confirmation');
const granted = await visit.rest('POST', '/api/v1/organizations/demo/u2035/sso/links', { externalIds: ['sso-2'], unlink: true });
const linking = await onPlatform({ link: granted.json.items[0].url });
const [second] = await Promise.all([visit.context.waitForEvent('page'), linking.getByRole('button', { name: /^Войти через Университет 20\.35/ }).click()]);
await second.getByRole('link', { name: 'Войти через Университет 20.35' }).click();
await second.getByRole('button', { name: 'Да, это я' }).click();
await second.getByText('Ваш unti_id записан').waitFor();
await second.close();
const linkedCard = await onPlatform({ link: granted.json.items[0].url });
await linkedCard.getByText('Вы вошли через Университет 20.35').waitFor();
await linkedCard.getByText('Ваш unti_id оканчивается на 2345').waitFor();
await visit.look('linked');
await linkedCard.getByRole('button', { name: 'Отвязать' }).click();
await dialog.getByText('Что уже передано, назад не забирается').waitFor();
visit.check(await focusIs('#cancel'), 'the first focus of the question is not on «Отмена»');
await visit.look('unlink-ask');
await dialog.getByRole('button', { name: 'Отвязать' }).click();
await linkedCard.getByText('Университет 20.35 отвязан').waitFor();
visit.check(await focusIs('#unlinked'), 'the focus is not on the outcome');
await visit.look('unlinked');

visit.step('both sides, accepted by a person; and unlinked');
await at('');
await main.getByRole('link', { name: /^Кто вошёл/ }).getByText('1').waitFor();
await main.getByRole('link', { name: /^Кто вошёл/ }).click();
await main.getByRole('link', { name: 'Входова Анна' }).waitFor();
await visit.look('joins');
await main.getByRole('link', { name: 'Входова Анна' }).click();
await says('У слушателя уже другой unti_id.');
for (const text of ['900777', '12345']) await main.getByText(text, { exact: true }).first().waitFor();
await visit.look('join');
await button('Принять').click();
await dialog.getByText('unti_id слушателя 900777 заменится на 12345.').waitFor();
visit.check(await focusIs('#cancel'), 'the first focus of the question is not on «Отмена»');
await visit.look('join-ask');
await button('Принять', dialog).click();
await says('Принято');
await button('Отвязать').click();
await dialog.getByText('unti_id вернётся к прежнему: 900777.').waitFor();
await button('Отвязать', dialog).click();
await says('Отвязано');
await visit.look('join-undone');

visit.step('who may not');
await visit.signOut();
await visit.signIn('mikhail');
visit.allow(403, /\/sso\//);
await visit.element('u2035-sso', {});
await says('Настраивает вход');
await visit.look('forbidden');

await visit.end();
