/** What the kit itself says, in both languages. */

import type { Language } from './locale';

const ru = {
  loading: 'Загружаем…',
  retry: 'Повторить',
  close: 'Закрыть',
  cancel: 'Отмена',
  copied: 'Скопировано',
  copyByHand: 'Выделено: нажмите Ctrl+C, чтобы скопировать',
  more: 'Показать ещё',
  networkTitle: 'Нет связи с сервером',
  networkFix: 'Проверьте подключение и повторите: введённое на странице сохранено.',
  forbiddenTitle: 'Нет доступа',
  forbiddenFix: 'Эту страницу видят пользователи организации. Роль выдаёт администратор сервера.',
  missingTitle: 'Такой страницы здесь нет',
  missingFix: 'Её нет или она вам не видна. Проверьте адрес или вернитесь к списку.',
  busyTitle: 'Сервер занят',
  busyFix: 'Повторите через минуту.',
  failedTitle: 'Не получилось',
  failedFix: 'Повторите. Если не поможет, передайте администратору сервера номер запроса.',
  conflictTitle: 'Это уже изменили',
  conflictFix: 'Кто-то сохранил раньше вас. Мы показали, как стало: проверьте и повторите, если нужно.',
  signedOutTitle: 'Вход не выполнен',
  signedOutFix: 'Войдите снова.',
  requestId: 'Номер запроса',
  rawAnswer: 'Ответ',
};

export type KitTexts = typeof ru;

const en: KitTexts = {
  loading: 'Loading…',
  retry: 'Try again',
  close: 'Close',
  cancel: 'Cancel',
  copied: 'Copied',
  copyByHand: 'Selected: press Ctrl+C to copy',
  more: 'Show more',
  networkTitle: 'The server can’t be reached',
  networkFix: 'Check the connection and try again: what you typed is still on the page.',
  forbiddenTitle: 'No access',
  forbiddenFix: 'This page is for users of the organisation. The server’s administrator gives the role.',
  missingTitle: 'There is no such page here',
  missingFix: 'It doesn’t exist or you may not see it. Check the address or go back to the list.',
  busyTitle: 'The server is busy',
  busyFix: 'Try again in a minute.',
  failedTitle: 'That didn’t work',
  failedFix: 'Try again. If it doesn’t help, give the server’s administrator the request’s number.',
  conflictTitle: 'Somebody changed it already',
  conflictFix: 'Someone saved before you. This is how it stands now: look and repeat if needed.',
  signedOutTitle: 'You are not signed in',
  signedOutFix: 'Sign in again.',
  requestId: 'Request',
  rawAnswer: 'Answer',
};

export const kitTexts: Record<Language, KitTexts> = { ru, en };
