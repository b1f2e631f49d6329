import { expect, it } from 'vitest';
import { isOfIntegration, projectOf, withTitles } from './alarms';

const titles = new Map([['bas', 'Кадры для БАС'], ['dp', 'Цифровые профессии']]);
const alarm = (title: string, project?: string) => ({ code: 'destination-paused', title, ...(project ? { project } : {}) });

it('an alarm’s project is the one that it names, by id or by title, and none that is unknown here', () => {
  expect(projectOf(alarm('Проект «bas»: LRS не отвечает'), titles)).toBe('bas');
  expect(projectOf(alarm('Проект «Цифровые профессии»: LRS не отвечает'), titles)).toBe('dp');
  expect(projectOf(alarm('Диск почти полон', 'dp'), titles)).toBe('dp');
  expect(projectOf(alarm('Проект «other»: LRS не отвечает', 'other'), titles)).toBeNull();
});

it('an alarm is told with the project’s title in the place of its id, all else as it is', () => {
  expect(withTitles('Проект «bas»: замена кнопкой «Заменить ключ»', titles)).toBe('Проект «Кадры для БАС»: замена кнопкой «Заменить ключ»');
});

it('only what is wrong with an address or a key leads to the integration', () => {
  expect([isOfIntegration(alarm('')), isOfIntegration({ code: 'quarantine-large', title: '' })]).toEqual([true, false]);
});
