import { html, type TemplateResult } from 'lit';
import { ApiError } from '@kit/api';
import { failure, type PageContext } from '@kit/element';
import { icon } from '@kit/icons';
import type { Language } from '@kit/locale';

const texts: Record<Language, { title: string; text: string }> = {
  ru: {
    title: 'Нужна роль «Администратор организации»',
    text: 'Смотреть и менять интеграции может пользователь организации с этой ролью. Роль выдаёт администратор сервера.',
  },
  en: {
    title: 'The role “Organisation administrator” is needed',
    text: 'Integrations are seen and changed by the organisation’s users with this role. The server’s administrator gives it.',
  },
};

/** A view that couldn't be loaded: without the role it says which one, else what failed and how to go on. */
export function unloaded(ctx: PageContext, error: unknown, retry: () => void): TemplateResult {
  if (!(error instanceof ApiError) || error.status !== 403) return failure(ctx, error, retry);
  const { title, text } = texts[ctx.language];
  return html`<section class="panel empty">${icon('lock')}<h2>${title}</h2><p>${text}</p></section>`;
}
