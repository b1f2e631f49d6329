import type { Language } from '@kit/locale';
import type { Outcome } from '../sso/sign-in';

const ru = {
  // The name as University 2035's brand guide has it: the short form is for places beside its logo.
  signIn: 'Войти через Университет 20.35',
  busy: 'Готовим вход…',
  opened: 'Вход открыт в другой вкладке. Когда там появится «Готово», вернитесь сюда.',
  blocked: 'Браузер не открыл вкладку. Откройте вход сами:',
  open: 'Открыть вход',
  goOn: 'Продолжить',
  newTab: 'откроется в новой вкладке',
  why: {
    'not-configured': { title: 'Вход через Университет 20.35 пока не настроен', fix: 'Сообщите своей образовательной организации: настраивает её администратор.' },
    'has-unti-id': { title: 'Ваш unti_id уже известен', fix: 'Больше ничего делать не нужно.' },
    'no-learner': { title: 'Организация пока не передала ваши данные', fix: 'Повторите завтра. Если не поможет, сообщите своей образовательной организации.' },
    'link-dead': { title: 'Ссылка для входа не действует', fix: 'Она устарела или отозвана. Попросите новую у своей образовательной организации.' },
    network: { title: 'Нет связи с сервером', fix: 'Проверьте подключение и повторите.' },
    failed: { title: 'Вход не начался', fix: 'Повторите. Если не поможет, сообщите своей образовательной организации.' },
  } as Record<Outcome, { title: string; fix: string }>,
  waiting: { title: 'Вход принят и ждёт решения', fix: 'Организация проверит ваши данные. Больше ничего делать не нужно.' },
  unlinked: { title: 'Университет 20.35 отвязан', fix: 'Чтобы связать снова, попросите у своей образовательной организации новую ссылку. Что уже передано, остаётся в Университете 20.35.' },
  linked: {
    title: 'Вы вошли через Университет 20.35',
    since: (when: string) => `Связано с ${when}.`,
    productionContour: 'Промышленный контур',
    testContour: 'Тестовый контур',
    untiId: (end: string) => `Ваш unti_id оканчивается на ${end}`,
    unlink: 'Отвязать',
    busy: 'Отвязываем…',
    mayNot: 'Вошли не вы? Сообщите своей образовательной организации: связь снимает она.',
    askTitle: 'Отвязать Университет 20.35?',
    askMeans: 'Записанный при входе unti_id снимется. Пока unti_id нет, ваши новые результаты в Университет 20.35 не передаются и не засчитываются.',
    askSent: 'Что уже передано, назад не забирается: эти записи остаются в Университете 20.35. Связать снова можно по новой ссылке.',
  },
  admin: {
    title: 'Слушателям кнопка не видна',
    notSetUp: 'Вход через Университет 20.35 не настроен на промышленном контуре. Настройте его в разделе «Вход через Университет 20.35».',
    failing: 'Последний пробный вход не прошёл.',
    noLink: 'Вход настроен. Кнопка появится, когда платформа передаст элементу личную ссылку слушателя (свойство link): её делает POST …/u2035/sso/links.',
    wrongLink: 'Переданное в link не личная ссылка: нужен адрес из ответа POST …/u2035/sso/links.',
    forbidden: 'Почему, видит администратор организации.',
  },
};

export type SignInTexts = typeof ru;

const en: SignInTexts = {
  signIn: 'Sign in with University 20.35',
  busy: 'Making it ready…',
  opened: 'The sign-in is open in another tab. Come back here once it says “Done”.',
  blocked: 'The browser didn’t open a tab. Open the sign-in yourself:',
  open: 'Open the sign-in',
  goOn: 'Go on',
  newTab: 'opens in a new tab',
  why: {
    'not-configured': { title: 'The sign-in with University 20.35 isn’t set up yet', fix: 'Tell your school: its administrator sets it up.' },
    'has-unti-id': { title: 'Your unti_id is known already', fix: 'There is nothing more to do.' },
    'no-learner': { title: 'Your school hasn’t handed on your data yet', fix: 'Try again tomorrow. If it doesn’t help, tell your school.' },
    'link-dead': { title: 'The link doesn’t serve', fix: 'It is too old or was withdrawn. Ask your school for a new one.' },
    network: { title: 'The server can’t be reached', fix: 'Check the connection and try again.' },
    failed: { title: 'The sign-in didn’t begin', fix: 'Try again. If it doesn’t help, tell your school.' },
  },
  waiting: { title: 'Your sign-in is taken and waits for a decision', fix: 'Your school checks your data. There is nothing more to do.' },
  unlinked: { title: 'University 20.35 is unlinked', fix: 'To link it again, ask your school for a new link. What was sent stays at University 2035.' },
  linked: {
    title: 'You have signed in with University 20.35',
    since: (when) => `Linked since ${when}.`,
    productionContour: 'Production contour',
    testContour: 'Test contour',
    untiId: (end) => `Your unti_id ends in ${end}`,
    unlink: 'Unlink',
    busy: 'Unlinking…',
    mayNot: 'Wasn’t it you? Tell your school: it takes the link back.',
    askTitle: 'Unlink University 20.35?',
    askMeans: 'The unti_id that signing in wrote is taken away. While there is none, your new results don’t go to University 2035 and don’t count.',
    askSent: 'What was sent isn’t taken back: those records stay at University 2035. It can be linked again by a new link.',
  },
  admin: {
    title: 'Learners don’t see the button',
    notSetUp: 'The sign-in with University 20.35 isn’t set up for the production contour. Set it up under “Sign-in with University 20.35”.',
    failing: 'The last trial sign-in failed.',
    noLink: 'The sign-in is set up. The button shows once the platform gives the element the learner’s personal link (property link): POST …/u2035/sso/links makes it.',
    wrongLink: 'What link holds is no personal link: it takes the address that POST …/u2035/sso/links answers.',
    forbidden: 'An administrator of the organisation sees why.',
  },
};

export const texts: Record<Language, SignInTexts> = { ru, en };
