import { describe, expect, it } from 'vitest';
import { cleaned, columnsOf, conditionsOf, dateFormOf, dateIn, inMode, missingOf, modeOf, readMapping, withMissing, withRule, withTarget } from './mapping';
import { recordFields, recordKinds } from './record-fields';
import { fieldWordsOf } from './record-words';

describe('a mapping', () => {
  it('sends no rule of which nothing is written: an empty column would be an empty text of every row', () => {
    const sent = cleaned({ target: 'learners', externalId: { column: '' }, source: '', fields: { untiId: { column: 'unti' }, email: { column: '' }, lastName: { constant: '' } } });
    expect(sent).toEqual({ target: 'learners', fields: { untiId: { column: 'unti' } } });
  });
  it('keeps what no control shows', () => {
    const mapping = { target: 'learners', comment: 'of a later server', fields: { untiId: { column: 'a', also: 1 } } };
    expect(cleaned(withRule(mapping, 'email', { column: 'mail' }))).toEqual({ ...mapping, fields: { ...mapping.fields, email: { column: 'mail' } } });
  });
  it('takes a column over into a template and back', () => {
    const shape = inMode({ column: 'id', lower: true }, 'template');
    expect(shape).toEqual({ template: '{id}', lower: true });
    expect(inMode(shape, 'column')).toEqual({ column: 'id', lower: true });
    expect(modeOf(inMode(shape, 'none'))).toBe('none');
  });
  it('of another kind of record keeps fields of the same name only', () => {
    const results = { target: 'results', content: { column: 'x' }, fields: { learner: { column: 'l' }, raw: { column: 'r' }, at: { column: 't' } } };
    expect(withTarget(results, 'openings')).toEqual({ target: 'openings', fields: { learner: { column: 'l' }, at: { column: 't' } } });
  });
  it('names every column it reads, of templates, dates and conditions too', () => {
    const mapping = {
      externalId: { template: 'cm-{course}-{id}' },
      fields: { at: { column: 'days', date: { base: { column: 'run', map: {} } } } },
      when: [{ column: 'state', in: ['done'] }],
    };
    expect(columnsOf(mapping)).toEqual(['course', 'id', 'days', 'run', 'state']);
  });
  it('shows a condition that says two things as two that hold together', () => {
    expect(conditionsOf({ when: [{ column: 'a', in: ['1'], missing: false }] })).toEqual([{ column: 'a', in: ['1'] }, { column: 'a', missing: false }]);
  });
  it('counts an empty cell as no value unless the file says otherwise', () => {
    expect(withMissing({}, ['?'])).toEqual({ missing: ['', '?'] });
    expect(withMissing({ missing: ['?'] }, ['NULL'])).toEqual({ missing: ['NULL'] });
    expect(withMissing({ missing: ['', '?'] }, [])).toEqual({});
    expect(missingOf({ missing: ['', '?'] })).toEqual(['?']);
  });
  it('is read from a file of a ready-made set as well', () => {
    expect(readMapping('{"kind":"sql","mapping":{"target":"themes"}}')).toEqual({ target: 'themes' });
    expect(readMapping('[]')).toBeNull();
    expect(readMapping('{')).toBeNull();
  });
  it('knows the forms of dates, and which zone a new one begins with', () => {
    expect(dateFormOf({ base: '1970-01-01', unit: 'seconds', zone: 'UTC' })).toBe('unix');
    expect(dateFormOf({ base: 'flow.startsAt', unit: 'days' })).toBe('flow');
    expect(dateFormOf(dateIn('clock', undefined, 'Asia/Omsk'))).toBe('clock');
    expect(dateIn('dotted', { zone: 'Asia/Omsk' }, 'Europe/Moscow')).toEqual({ format: 'dd.mm.yyyy', zone: 'Asia/Omsk' });
    expect(dateFormOf({ format: 'dd.mm.yyyy', zone: 'Asia/Omsk' })).toBe('dotted');
    expect(dateIn('clock', { base: '1970-01-01', unit: 'seconds', zone: 'UTC' }, 'Asia/Omsk')).toEqual({ zone: 'Asia/Omsk' });
  });
});

describe('our records', () => {
  it('have words for every field in both languages', () => {
    for (const language of ['ru', 'en'] as const)
      for (const kind of recordKinds)
        for (const field of recordFields[kind]!) {
          const { label, meaning } = fieldWordsOf(language, kind, field.name, field.to);
          expect(label, `${kind}.${field.name}`).not.toBe(field.name);
          expect(meaning, `${kind}.${field.name}`).not.toBe(field.name);
        }
  });
});
