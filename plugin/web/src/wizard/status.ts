import type { TemplateResult } from 'lit';
import type { IconName } from '@kit/icons';
import { badge } from './setup/check-box';
import type { Card, CardStatus } from './model';

const looks: Record<CardStatus, ['' | 'ok' | 'now' | 'bad', IconName]> = {
  'not-done': ['', 'circle'],
  'in-progress': ['now', 'half'],
  'data-error': ['bad', 'excl'],
  active: ['ok', 'okc'],
};

/** «Не выполнен», «В процессе n/4», «Ошибка данных», «Активен»: the server's words with their shape. */
export function statusBadge(card: Card): TemplateResult {
  const [kind, name] = looks[card.status];
  return badge(kind, name, card.statusText);
}
