import { describe, expect, it } from 'vitest';
import type { Project } from '../context';
import { isOffered, offers, participationFor } from './participation';

const project = (id: string, profile: string, more: Partial<Project> = {}): Project => ({ id, title: `«${id}»`, profile, projectValue: '', version: 1, ...more });
const bas = { participation: { flag: 'bas', title: 'Участник проекта Кадры для БАС', tariffs: ['individual', 'professional'] } } satisfies Partial<Project>;

describe('participation', () => {
  it('is offered where a project has a condition, once a flag', () => {
    const told = project('p', 'x', { participation: { flag: 'f', title: 'Участник', tariffs: ['individual'] } });
    expect(offers([told, { ...told, id: 'q' }, project('code', 'code', { participation: null })])).toEqual([{ flag: 'f', title: 'Участник', tariffs: ['individual'] }]);
  });
  it('is none of projects that tell no condition', () => {
    expect(offers([project('bas', 'bas'), project('code', 'code', { participation: null })])).toEqual([]);
  });
  it('goes with the tariff that does not offer it; a flag unknown here stays', () => {
    const all = offers([project('b', 'bas', bas)]);
    expect(isOffered(all[0]!, 'basic')).toBe(false);
    expect(participationFor({ tariff: 'professional', participation: ['bas', 'other'] }, all)).toEqual(['bas', 'other']);
    expect(participationFor({ tariff: 'basic', participation: ['bas', 'other'] }, all)).toEqual([]);
  });
});
