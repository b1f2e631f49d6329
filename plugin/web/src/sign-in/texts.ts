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
    network: { title: 'Нет связи с сервером', fix: 'Проверьте подключение и повторите.' },
    failed: { title: 'Вход не начался', fix: 'Повторите. Если не поможет, сообщите своей образовательной организации.' },
  } as Record<Outcome, { title: string; fix: string }>,
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
    network: { title: 'The server can’t be reached', fix: 'Check the connection and try again.' },
    failed: { title: 'The sign-in didn’t begin', fix: 'Try again. If it doesn’t help, tell your school.' },
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
