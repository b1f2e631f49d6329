import { describe, expect, it } from 'vitest';
import { countsShown, toDo, withoutJson } from './run-view';

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
});
