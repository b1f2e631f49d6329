import { describe, expect, it } from 'vitest';
import { render } from 'lit';
import { countsShown, stateBadge, toDo, withoutJson } from './run-view';
import type { ShellContext } from '../context';
import type { Run } from './model';

describe('a run', () => {
  it('always tells what was refused and deleted, zeros too, and the rest where there is some', () => {
    expect(countsShown({ rows: 3, created: 2, skipped: 1, repeated: 0, files: 0 }).map(([name]) => name)).toEqual(['rows', 'created', 'updated', 'unchanged', 'rejected', 'deleted', 'skipped']);
  });
  it('says what to do once, where the case and its kind say the same', () => {
    expect(toDo({ fix: 'Журнал запуска называет каждую.', advice: 'Журнал запуска называет каждую строку и столбец.' })).toEqual(['Журнал запуска называет каждую строку и столбец.']);
    expect(toDo({ fix: 'Может быть, «unti»?', advice: 'Исправьте имя столбца.' })).toHaveLength(2);
    expect(toDo({ fix: '', advice: 'Повторите.' })).toEqual(['Повторите.']);
  });
  it('leaves out what is to be sent by REST where the page has a button', () => {
    expect(withoutJson('Убедитесь, что путь запрашивает всё. Если записей действительно нет, запустите с {"full":true,"confirmDeletions":true}.')).toBe('Убедитесь, что путь запрашивает всё.');
    expect(withoutJson('Впишите {page} там, где она нужна.')).toBe('Впишите {page} там, где она нужна.');
    expect(withoutJson('Исправьте имя столбца.')).toBe('Исправьте имя столбца.');
  });
  it('that is done warns when there is something to look at, wherever it is shown, and says so with a capital', () => {
    const shown = (state: Run['state'], more: Partial<Run> = {}) => {
      const box = document.createElement('div');
      render(stateBadge({ language: 'ru' } as ShellContext, { state, counts: {}, diagnoses: [], ...more } as Run), box);
      return [box.querySelector('.badge')!.className.trim(), box.textContent!.trim()];
    };
    const remark = { code: 'source.no-data', title: '', detail: '', fix: '', advice: '' };
    expect(shown('done')).toEqual(['badge ok', 'Выполнен']);
    expect(shown('done', { diagnoses: [remark] })).toEqual(['badge warn', 'Выполнен, есть замечания']);
    expect(shown('done', { counts: { rejected: 1 }, diagnoses: [remark] })).toEqual(['badge warn', 'Выполнен, не всё принято']);
    expect(shown('failed', { diagnoses: [remark] })).toEqual(['badge bad', 'Не удался']);
  });
});
