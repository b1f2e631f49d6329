import { describe, expect, it } from 'vitest';
import type { Project } from '../context';
import { isOffered, offers, participationFor } from './participation';

const project = (id: string, profile: string, more: Partial<Project> = {}): Project => ({ id, title: `«${id}»`, profile, projectValue: '', version: 1, ...more });
const words = (title: string) => `Участник проекта ${title}`;

describe('participation', () => {
  it('is offered where a project has a condition, once a flag', () => {
    const told = project('p', 'x', { participation: { flag: 'f', title: 'Участник', tariffs: ['individual'] } });
    expect(offers([told, { ...told, id: 'q' }, project('code', 'code', { participation: null })], words)).toEqual([{ flag: 'f', title: 'Участник', tariffs: ['individual'] }]);
  });
  it('of a server that does not tell: the flag that its REST names', () => {
    expect(offers([project('Кадры для БАС', 'bas'), project('code', 'code')], words)).toEqual([{ flag: 'bas', title: 'Участник проекта «Кадры для БАС»', tariffs: ['individual', 'professional'] }]);
  });
  it('goes with the tariff that does not offer it; a flag unknown here stays', () => {
    const all = offers([project('b', 'bas')], words);
    expect(isOffered(all[0]!, 'basic')).toBe(false);
    expect(participationFor({ tariff: 'professional', participation: ['bas', 'other'] }, all)).toEqual(['bas', 'other']);
    expect(participationFor({ tariff: 'basic', participation: ['bas', 'other'] }, all)).toEqual([]);
  });
});
