/** Who did what stands in the journal; what was done is told by the server (`actionText`). */

import type { Language } from '@kit/locale';

/** Who it was: a person's login, "token:NAME", "job:NAME", or nobody. */
export function actorWords(language: Language, actor: string): string {
  const [kind, ...rest] = actor.split(':');
  const name = rest.join(':');
  if (!actor) return language === 'ru' ? 'неизвестно кто' : 'nobody known';
  if (kind === 'token' && name) return language === 'ru' ? `токен «${name}»` : `token “${name}”`;
  if (kind === 'job' && name) return language === 'ru' ? `задание ${name}` : `job ${name}`;
  return actor;
}
