/**
 * The host's refusals in Russian: its REST answers in English whatever is asked, and codes and reasons are few. What isn't known here
 * is shown as the server says it.
 */

import { ApiError, type FieldProblem } from '@kit/api';
import type { Language } from '@kit/locale';

const details: Record<string, string> = {
  'sign-in-failed': 'Логин или пароль неверны, или учётная запись отключена.',
  'sign-in-busy': 'Сейчас входит слишком много людей. Повторите через несколько секунд.',
  'last-administrator': 'Это последний администратор сервера: сначала сделайте администратором кого-то ещё.',
  'user-exists': 'Такой логин уже есть: выберите другой.',
  'token-exists': 'Токен с таким названием уже есть: выберите другое.',
  'organization-exists': 'Организация с таким идентификатором уже есть: выберите другой.',
  'project-exists': 'Проект с таким идентификатором уже есть: выберите другой.',
  'job.running': 'Это задание уже выполняется: дождитесь его конца.',
  'alarms.test-too-soon': 'Проверка уже была меньше минуты назад: подождите и повторите.',
  'alarms.no-recipients': 'Получателей нет: добавьте адрес почты или веб-хук и сохраните.',
  'foreign-page': 'Запрос пришёл со страницы другого сайта, и сервер его не принял.',
  forbidden: 'Для этого вашей роли недостаточно.',
  validation: 'Не всё заполнено верно: причина указана у каждого поля.',
  stopping: 'Сервер останавливается и ничего нового не начинает.',
  'not-found': '',
};

const reasons: Record<string, string> = {
  'is empty': 'Не заполнено',
  'is missing': 'Не заполнено',
  'is too long': 'Слишком длинно',
  'is too short': 'Слишком коротко',
  'is the login': 'Пароль совпадает с логином',
  'is wrong': 'Пароль неверен',
  'is not a login': 'Такой логин не подходит',
  'is not a short name': 'Такой идентификатор не подходит',
  'is not an e-mail address': 'Это не адрес электронной почты',
  'is not a time zone': 'Такого часового пояса нет',
  'is not a tariff': 'Такого тарифа нет',
  'is not offered on the tariff basic': 'На тарифе «Базовый» участие недоступно',
  'is not an https address': 'Это не адрес https',
  'is not an address': 'Это не адрес',
  'is no https address': 'Это не адрес https',
  "ends with '/'": 'Адрес заканчивается на «/»',
  'has a user, a query or a fragment': 'В адресе есть лишнее: логин, запрос или якорь',
  'holds characters beyond ASCII': 'В адресе есть символы не из латиницы',
  'is that of another organization': 'Этот адрес уже занят другой организацией',
  'holds a line break or a control character': 'Есть перенос строки или служебный символ',
  'is in the past': 'Это время уже прошло',
  'is empty or too long': 'Не заполнено или слишком длинно',
  'is too short to be one': 'Секрет слишком короткий',
  "is changed by the server's administrator only": 'Это меняет только администратор сервера',
  "can't be told, since this server has no mail server": 'Письма не отправить: почтовый сервер не настроен',
};

const fixes: Record<string, string> = {
  'give a text': 'Заполните поле.',
  'the legal name as in the contract': 'Укажите юридическое наименование, как в договоре.',
  "1 to 64 of a-z, 0-9 and '-'": 'От 1 до 64 знаков: a–z, 0–9 и «-».',
  "1 to 64 of a-z, 0-9, '.', '-', '_', '@'": 'От 1 до 64 знаков: a–z, 0–9, «.», «-», «_», «@».',
  'as in name@example.ru': 'Пример: name@example.ru.',
  'as in office@example.ru': 'Пример: office@example.ru.',
  'as in Europe/Moscow': 'Пример: Europe/Moscow.',
  'as in https://lms.example.ru': 'Пример: https://lms.example.ru.',
  'the https address under which the organization\'s activities are, as in https://lms.example.ru': 'Пример: https://lms.example.ru.',
  'remove it': 'Уберите его.',
  'give scheme, host and path only': 'Оставьте схему, имя сервера и путь.',
  'write the host in punycode and percent-encode the path': 'Имя сервера запишите в punycode, путь — процентным кодом.',
  'activities of two organizations must not share addresses': 'У каждой организации свой адрес.',
  'write it in one line': 'Запишите в одну строку.',
  'choose another': 'Выберите другой.',
  'type the password you sign in with': 'Введите пароль, с которым вы входите.',
  'choose the tariff individual or professional, or no flag': 'Выберите тариф «Индивидуальный» или «Профессиональный» либо снимите отметку.',
  'a time to come': 'Укажите будущее время.',
  'up to 100 bytes that tell what the token is for': 'Коротко напишите, для чего токен.',
  'a token without any role may do nothing; give it one': 'Токен без роли ничего не может: добавьте роль.',
  'send it as it is, and ask them': 'Оставьте как есть и попросите его.',
  'write it whole, as in https://hooks.example.org/alarms': 'Запишите полностью, например https://hooks.example.org/alarms.',
  'give at least 8 characters, better 32 random ones': 'Не меньше 8 знаков, лучше 32 случайных.',
  "ask the server's administrator to set alarms.mail.server, or give a webhook": 'Попросите администратора сервера задать alarms.mail.server или укажите веб-хук.',
};

const patterns: [RegExp, (found: RegExpExecArray) => string][] = [
  [/^at least (\d+) characters$/, (found) => `Не меньше ${found[1]} знаков.`],
  [/^at most (\d+) bytes$/, (found) => `Не больше ${found[1]} байт.`],
  [/^has '(.+)', which is no mail address$/, (found) => `«${found[1]}» — не адрес почты`],
  [/^has '(.+)' twice$/, (found) => `«${found[1]}» указан дважды`],
  [/^names the organization '(.+)', which is not there$/, (found) => `Организации «${found[1]}» нет`],
  [/^write it as in (.+), in ASCII$/, (found) => `Пример: ${found[1]}, латиницей.`],
];

function word(known: Record<string, string>, text: string): string {
  if (known[text] !== undefined) return known[text];
  for (const [pattern, words] of patterns) {
    const found = pattern.exec(text);
    if (found) return words(found);
  }
  return text;
}

export function fieldWords(language: Language, problem: FieldProblem): { reason: string; fix: string } {
  const fix = problem.fix ?? '';
  if (language === 'en') return { reason: upper(problem.reason), fix: fix ? `${upper(fix)}.` : '' };
  return { reason: word(reasons, problem.reason), fix: word(fixes, fix) };
}

/** "Too many failed sign-ins; wait 40 seconds" */
export function throttledSeconds(error: ApiError): number {
  const found = /wait (\d+) seconds/.exec(error.problem.detail);
  return found ? Number(found[1]) : 0;
}

/** The same refusal with its detail in the language of the page. */
export function worded(language: Language, error: unknown): unknown {
  if (language === 'en' || !(error instanceof ApiError) || /[а-яё]/i.test(error.problem.detail)) return error;
  const detail = details[error.code];
  return detail === undefined ? error : new ApiError({ ...error.problem, detail }, error.body);
}

function upper(text: string): string {
  return text ? text[0]!.toUpperCase() + text.slice(1) : text;
}
