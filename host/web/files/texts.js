// Interface texts. Russian first; what the API itself says (summaries, details) is English.
const kTexts = {
  ru: {
    skip: 'К содержанию', home: 'Главная', search: 'Найти метод', access: 'Доступ', signIn: 'Вход', signOut: 'Выйти',
    login: 'Логин', password: 'Пароль', enter: 'Войти', wrongLogin: 'Неверный логин или пароль, либо учётная запись отключена.', signedInAs: 'Вы вошли как', noRoles: 'Ролей нет.', serverAdmin: 'администратор сервера',
    docsTitle: 'Описание API', docsLead: 'Все методы сервера: параметры, схемы и примеры. Любой вызов можно выполнить здесь и скопировать команду curl или адрес запроса.',
    nothingFound: 'Ничего не найдено. Попробуйте часть пути или слово из названия.',
    tokenTitle: 'Токен', tokenHint: 'вместо входа; хранится только на этой странице', tokenUse: 'Токен создаёт администратор сервера: POST /api/v1/tokens.',
    guide: 'Одна запись или много', guideLead: 'Адрес с идентификатором даёт одну запись, адрес списка — страницу записей.',
    one: 'Одна запись', many: 'Много записей',
    oneText: 'Ответ — сама запись. Заголовок ETag — её версия: передайте его в If-Match, когда меняете запись.',
    manyText: 'Ответ — items и next. Пока next не null, повторите запрос с cursor=next. limit — до 1000. С заголовком Accept: text/csv тот же список придёт таблицей, его открывают Excel и Power BI.',
    sendOneTitle: 'Отправить одну', sendOne: 'Одну запись меняют PUT на её адрес с If-Match: если её уже изменил кто-то другой, ответ — 412 и нынешнее состояние.', sendManyTitle: 'Отправить много', sendMany: 'Много записей отправляют одним POST: ответ называет судьбу каждой, и ошибка в одной не мешает остальным.',
    parameters: 'Параметры', body: 'Тело запроса', responses: 'Ответы', example: 'Пример', schema: 'Схема', tryIt: 'Попробовать', run: 'Выполнить', clear: 'Сбросить',
    whoMay: 'Кому доступно', required: 'обязательно', copy: 'Копировать', copied: 'Скопировано', answer: 'Ответ', headers: 'Заголовки', noBody: 'Тела нет.',
    format: 'Формат ответа', fillFirst: 'Заполните обязательные поля', failed: 'Запрос не отправлен', download: 'Скачать', file: 'Файл', time: 'мс', running: 'Выполняется…',
    exampleAnswer: 'Пример ответа', openApiFailed: 'Описание API не загрузилось', binary: 'Двоичный ответ', curlNote: 'Вместо $LMSD_TOKEN подставьте свой токен.', tag: 'Раздел',
  },
  en: {
    skip: 'Skip to content', home: 'Home', search: 'Find a method', access: 'Access', signIn: 'Sign in', signOut: 'Sign out',
    login: 'Login', password: 'Password', enter: 'Sign in', wrongLogin: 'The login or the password is wrong, or the account is disabled.', signedInAs: 'Signed in as', noRoles: 'No roles.', serverAdmin: "server's administrator",
    docsTitle: 'API', docsLead: 'Every method of the server: parameters, schemas, examples. Any call can be tried here, and its curl command or request URL copied.',
    nothingFound: 'Nothing found. Try a part of the path or a word of the title.',
    tokenTitle: 'Token', tokenHint: 'instead of signing in; kept on this page only', tokenUse: "The server's administrator makes tokens: POST /api/v1/tokens.",
    guide: 'One record or many', guideLead: 'An address with an id gives one record, an address of a list gives a page of them.',
    one: 'One record', many: 'Many records',
    oneText: 'The answer is the record itself. Its ETag header is its version: send it as If-Match when you change the record.',
    manyText: 'The answer is items and next. While next is not null, ask again with cursor=next. limit goes up to 1000. With Accept: text/csv the same list comes as a table, which Excel and Power BI open.',
    sendOneTitle: 'Send one', sendOne: 'One record is changed by PUT to its address with If-Match: when somebody else has changed it already, the answer is 412 and its state by now.', sendManyTitle: 'Send many', sendMany: 'Many records go in one POST: the answer tells the fate of each, and a wrong one does not stop the others.',
    parameters: 'Parameters', body: 'Request body', responses: 'Responses', example: 'Example', schema: 'Schema', tryIt: 'Try it out', run: 'Execute', clear: 'Reset',
    whoMay: 'Who may', required: 'required', copy: 'Copy', copied: 'Copied', answer: 'Answer', headers: 'Headers', noBody: 'No body.',
    format: 'Format of the answer', fillFirst: 'Fill in the required fields', failed: 'The request was not sent', download: 'Download', file: 'File', time: 'ms', running: 'Running…',
    exampleAnswer: 'Example of an answer', openApiFailed: 'The description of the API did not load', binary: 'A binary answer', curlNote: 'Put your token in the place of $LMSD_TOKEN.', tag: 'Section',
  },
};

let language = localStorage.getItem('lmsd.language') === 'en' ? 'en' : 'ru';

export const currentLanguage = () => language;
export const t = (key) => kTexts[language][key] ?? key;

function fill() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = t(element.dataset.text);
}

// Draws the switch and fills the static texts; `changed` draws what is dynamic again.
export function startTexts(changed) {
  const place = document.getElementById('lang');
  const buttons = ['ru', 'en'].map((code) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = code.toUpperCase();
    button.addEventListener('click', () => {
      language = code;
      localStorage.setItem('lmsd.language', code);
      mark();
      fill();
      changed();
    });
    place.append(button);
    return [code, button];
  });
  const mark = () => buttons.forEach(([code, button]) => button.setAttribute('aria-pressed', String(code === language)));
  mark();
  fill();
}
