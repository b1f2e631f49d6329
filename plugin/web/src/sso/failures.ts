/**
 * What the codes mean that a learner's page shows («Код для администратора»): plugin/sso/Failures.cpp says the same to who signs in, and no
 * REST lists it.
 */

import type { Language } from '@kit/locale';

export interface Meaning {
  cause: string;
  fix: string;
}

export const failures: readonly ({ code: string } & Record<Language, Meaning>)[] = [
  {
    code: 'sso.state-missing',
    ru: { cause: 'Страница открыта без параметра state: это не возврат после входа.', fix: 'Начните вход заново кнопкой на странице по вашей ссылке.' },
    en: { cause: 'The page was opened without the parameter state: this is no return from a sign-in.', fix: 'Begin again with the button on the page of your link.' },
  },
  {
    code: 'sso.state-unknown',
    ru: { cause: 'Такой вход здесь не начинали, или его уже завершили: параметр state действует один раз.', fix: 'Начните вход заново кнопкой; не обновляйте страницу и не открывайте её из истории.' },
    en: { cause: 'No such sign-in was begun here, or it has ended already: the parameter state serves once.', fix: 'Begin again with the button; don’t reload the page or open it from the history.' },
  },
  {
    code: 'sso.state-expired',
    ru: { cause: 'Вход занял слишком много времени, и ожидание закончилось.', fix: 'Начните вход заново кнопкой.' },
    en: { cause: 'The sign-in took too long, and we stopped waiting.', fix: 'Begin again with the button.' },
  },
  {
    code: 'sso.other-browser',
    ru: { cause: 'Вход начат в другом браузере, либо браузер не сохранил cookie этого сайта.', fix: 'Откройте ссылку и войдите в одном и том же браузере; разрешите cookie этого сайта.' },
    en: { cause: 'The sign-in was begun in another browser, or this one didn’t keep the site’s cookie.', fix: 'Open the link and sign in with the same browser; allow the site’s cookies.' },
  },
  {
    code: 'sso.code-missing',
    ru: { cause: 'Университет 20.35 вернул вас без кода авторизации.', fix: 'Начните вход заново; если повторится, сообщите администратору: url страницы нужен для письма в поддержку.' },
    en: { cause: 'University 2035 sent you back without an authorization code.', fix: 'Begin again; when it happens once more, tell the administrator: support will ask for the page’s url.' },
  },
  {
    code: 'sso.cancelled',
    ru: { cause: 'Вход в Университет 20.35 отменён.', fix: 'Если это случайно, начните вход заново кнопкой. Без входа unti_id не узнать.' },
    en: { cause: 'The sign-in at University 2035 was cancelled.', fix: 'When it wasn’t meant, begin again with the button. Without it the unti_id stays unknown.' },
  },
  {
    code: 'sso.redirect-mismatch',
    ru: { cause: 'Университет 20.35 не принял redirect_uri: он не совпадает знак в знак с записанным в настройках клиента (схема, порт, косая черта в конце).', fix: 'Администратору: сверьте redirect_uri в настройках SSO с тем, что указан в письме на доступ; если в письме другой, напишите на apps@2035.university с просьбой изменить его.' },
    en: { cause: 'University 2035 refused the redirect_uri: it isn’t, character by character, the one in the client’s settings (scheme, port, slash at the end).', fix: 'For the administrator: compare the redirect_uri of the SSO settings with the one in the letter that asked for access; when the letter’s differs, write to apps@2035.university and ask to change it.' },
  },
  {
    code: 'sso.invalid-client',
    ru: { cause: 'Университет 20.35 не принял client_id или секретный ключ этого контура.', fix: 'Администратору: вставьте client_id и секретный ключ из письма Университета 2035 ещё раз и проверьте контур: ключ тестового контура не подходит к промышленному.' },
    en: { cause: 'University 2035 refused the client_id or the secret key of this contour.', fix: 'For the administrator: paste client_id and secret key from University 2035’s letter again and check the contour: a key of the test contour doesn’t fit production.' },
  },
  {
    code: 'sso.invalid-grant',
    ru: { cause: 'Университет 20.35 не принял код авторизации: он уже использован, истёк или выдан для другого redirect_uri.', fix: 'Начните вход заново кнопкой; код действует один раз и недолго.' },
    en: { cause: 'University 2035 refused the authorization code: it is used up, expired, or was given for another redirect_uri.', fix: 'Begin again with the button; a code serves once and not for long.' },
  },
  {
    code: 'sso.refused',
    ru: { cause: 'Университет 20.35 отказал в авторизации.', fix: 'Администратору: ответ сервиса приведён ниже; приложите его к письму на apps@2035.university.' },
    en: { cause: 'University 2035 refused the authorization.', fix: 'For the administrator: the service’s answer is below; attach it to a letter to apps@2035.university.' },
  },
  {
    code: 'sso.not-authorized',
    ru: { cause: 'Университет 20.35 выдал токен, но не признал его в запросе users/me (401): токен истёк или отозван.', fix: 'Начните вход заново кнопкой; если повторится, сообщите администратору.' },
    en: { cause: 'University 2035 gave a token and didn’t honour it at users/me (401): it is expired or withdrawn.', fix: 'Begin again with the button; when it happens once more, tell the administrator.' },
  },
  {
    code: 'sso.server-trouble',
    ru: { cause: 'Сервис авторизации Университета 20.35 сейчас не работает.', fix: 'Повторите вход позже.' },
    en: { cause: 'University 2035’s sign-in service doesn’t work at the moment.', fix: 'Try again later.' },
  },
  {
    code: 'sso.slow',
    ru: { cause: 'Сервис авторизации Университета 20.35 не ответил вовремя.', fix: 'Повторите вход через несколько минут.' },
    en: { cause: 'University 2035’s sign-in service didn’t answer in time.', fix: 'Try again in a few minutes.' },
  },
  {
    code: 'sso.unreachable',
    ru: { cause: 'Сервер не смог соединиться с сервисом авторизации Университета 20.35.', fix: 'Администратору: сверьте адрес SSO в настройках и откройте его для исходящих соединений.' },
    en: { cause: 'The server couldn’t connect to University 2035’s sign-in service.', fix: 'For the administrator: check the SSO address in the settings and open it for outgoing connections.' },
  },
  {
    code: 'sso.untrusted',
    ru: { cause: 'Защищённое соединение с сервисом авторизации не установлено (TLS).', fix: 'Администратору: проверьте адрес SSO, часы сервера и файл доверенных сертификатов (outbound.ca_file).' },
    en: { cause: 'No secure connection to the sign-in service (TLS).', fix: 'For the administrator: check the SSO address, the server’s clock and the trusted certificates (outbound.ca_file).' },
  },
  {
    code: 'sso.forbidden-address',
    ru: { cause: 'Адрес SSO в настройках не разрешён: нужен https и адрес вне внутренней сети.', fix: 'Администратору: укажите адрес из письма Университета 2035.' },
    en: { cause: 'The SSO address of the settings isn’t allowed: https, and an address outside the internal network.', fix: 'For the administrator: enter the address of University 2035’s letter.' },
  },
  {
    code: 'sso.not-json',
    ru: { cause: 'По адресу SSO отвечает не сервис авторизации: ответ не JSON.', fix: 'Администратору: сверьте адрес SSO в настройках (без косой черты в конце) и посредников на пути.' },
    en: { cause: 'What answers at the SSO address is no sign-in service: its answer isn’t JSON.', fix: 'For the administrator: check the SSO address of the settings (no slash at the end) and what stands in between.' },
  },
  {
    code: 'sso.no-token',
    ru: { cause: 'В ответе сервиса авторизации нет токена (access_token).', fix: 'Начните вход заново; если повторится, сообщите администратору.' },
    en: { cause: 'The sign-in service’s answer has no token (access_token).', fix: 'Begin again; when it happens once more, tell the administrator.' },
  },
  {
    code: 'sso.no-unti-id',
    ru: { cause: 'В профиле Университета 20.35 нет unti_id.', fix: 'Завершите регистрацию в Университете 20.35 и войдите ещё раз.' },
    en: { cause: 'The profile at University 2035 has no unti_id.', fix: 'Finish the registration at University 2035 and sign in again.' },
  },
  {
    code: 'sso.bad-unti-id',
    ru: { cause: 'unti_id в профиле Университета 20.35 — не целое положительное число.', fix: 'Администратору: сообщите об этом на apps@2035.university; такой unti_id не записывается.' },
    en: { cause: 'The unti_id of the profile at University 2035 is no positive whole number.', fix: 'For the administrator: tell apps@2035.university; such an unti_id isn’t written down.' },
  },
];
