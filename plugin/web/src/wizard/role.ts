import type { Language } from '@kit/locale';

/** Which role the views of the integrations take: for `failure` of the kit. */
export const roleNeeded: Record<Language, { title: string; text: string }> = {
  ru: {
    title: 'Нужна роль «Администратор организации»',
    text: 'Смотреть и менять интеграции может пользователь организации с этой ролью. Роль выдаёт администратор сервера.',
  },
  en: {
    title: 'The role “Organisation administrator” is needed',
    text: 'Integrations are seen and changed by the organisation’s users with this role. The server’s administrator gives it.',
  },
};
