import { describe, expect, it } from 'vitest';
import { Locale } from '@kit/locale';
import { joinCsv } from '../lists/csv';
import { codeName, codeTitle, kindName, wayPath } from '../lists/codes';
import { actionsOf, importQuery, problemOf, recognized, type Field } from './matching';
import { anything, byLearner, canDecide, canDecideAll, countOf, decisionBody, groupsOf, mappingCodes, matchingPath, unsendableQuery } from './reasons';
import { texts } from './texts';
import type { Columns, Unsendable } from './types';

const row = (learner: string | null, record: string, change: Partial<Unsendable> = {}): Unsendable => ({
  id: `${learner}${record}`, run: '1', origin: 'statements', project: 'bas', flow: '3', learner, record: { kind: 'result', id: record, revision: 1 },
  kind: 'learner.grade', code: 'no-unti-id', field: '', reason: '', fix: '', ...change,
});
const choice = (...given: [string, Field][]) => new Map(given);

describe('reasons', () => {
  it('stand by number, what only waits last', () => {
    expect(groupsOf({ 'may-have-arrived': 900, 'no-mark': 3, 'no-unti-id': 33 }).map((one) => one.code)).toEqual(['no-unti-id', 'no-mark', 'may-have-arrived']);
  });
  it('are summed over the codes of records without mapping', () => {
    expect(countOf({ 'unknown-element': 12, 'kind-not-in-profile': 5, 'no-mark': 3 }, mappingCodes)).toBe(17);
  });
  it('are asked for with what was chosen only', () => {
    expect(unsendableQuery({ ...anything, code: 'no-mark', origin: 'tables' })).toEqual({ code: 'no-mark', flow: undefined, project: undefined, kind: undefined, origin: 'tables' });
  });
  it('have short names in both languages, and their code where they are new', () => {
    expect([codeName('ru', 'no-mark'), codeName('en', 'no-mark'), codeName('ru', 'brand-new')]).toEqual(['нет балла', 'no mark', 'brand-new']);
    expect([codeTitle('ru', 'no-mark'), codeName('ru', 'constructor')]).toEqual(['Нет балла', 'constructor']);
    expect(kindName('ru', 'learner.grade')).toBe('Оценка');
  });
  it('of a missing id lead to where it is matched, narrowed to what lacks it', () => {
    expect(['no-unti-id', 'no-test-unti-id', 'no-module-id', 'no-theme-id', 'no-mark'].map(matchingPath)).toEqual(['learners', 'learners?contour=test', 'elements?kind=module', 'elements?kind=theme', null]);
  });
  it('lead to the way of records that have one', () => {
    expect(wayPath({ kind: 'result', id: '977' })).toBe('statements/record/result/977');
    expect(wayPath({ kind: 'learner', id: '1' })).toBeNull();
  });
});

it('tells people, not records, of whom the unti_id is missing: a record of two ways counts once', () => {
  const groups = byLearner([row('7', '1'), row('7', '2'), row('7', '1', { origin: 'tables' }), row('8', '3'), row(null, '4')]);
  expect(groups.map(({ learner, records }) => [learner, records])).toEqual([['7', 2], ['8', 1]]);
});

describe('a decision on what changed after sending', () => {
  it('names the chosen records, else the list by what the server can go by', () => {
    const filter = { ...anything, code: 'changed-after-sending', flow: '3' };
    expect(decisionBody({ decision: 'keep', comment: 'так' }, ['5', '6'], filter)).toEqual({ decision: 'keep', comment: 'так', unsendable: ['5', '6'] });
    expect(decisionBody({ decision: 'cancel', comment: 'так', letter: '55' }, [], filter)).toEqual({ decision: 'cancel', comment: 'так', letter: '55', code: 'changed-after-sending', flow: 3 });
  });
  it('is never of more than is shown: a list narrowed by kind or way has no "all"', () => {
    expect(canDecideAll({ ...anything, code: 'no-letter', flow: '3' })).toBe(true);
    expect(canDecideAll({ ...anything, code: 'no-letter', kind: 'learner.grade' })).toBe(false);
    expect(canDecideAll({ ...anything, code: 'no-letter', origin: 'tables' })).toBe(false);
    expect(canDecideAll({ ...anything, code: 'no-letter', origin: 'statements' })).toBe(true);
  });
  it('is of what goes to the LRS only', () => {
    expect([canDecide(row('7', '1')), canDecide(row('7', '1', { origin: 'tables' }))]).toEqual([true, false]);
  });
});

describe('a list of unti_ids', () => {
  const columns: Columns = {
    sheets: ['Лист1'], sheet: 'Лист1', titleRow: 1, rows: 3,
    columns: [
      { column: 'Unti ID', field: 'untiId', namesALearner: false },
      { column: 'ID потока', field: 'flowId', namesALearner: false },
      { column: 'Фамилия', field: 'lastName', namesALearner: true },
      { column: 'Курс', field: null, namesALearner: false },
    ],
  };
  it('takes by itself what the titles tell, but not by whom to match: a person says that', () => {
    expect([...recognized(columns)]).toEqual([['Unti ID', 'untiId'], ['ID потока', 'flowId']]);
    expect(problemOf(recognized(columns))).toBe('noKey');
  });
  it('refuses what doesn’t tell people apart, as the server does', () => {
    const own: [string, Field][] = [['a', 'untiId'], ['b', 'flowId']];
    expect(problemOf(choice(['a', 'untiId']))).toBe('noFlowId');
    expect(problemOf(choice(['b', 'flowId']))).toBe('noUntiId');
    expect(problemOf(choice(...own, ['c', 'email']))).toBe('emailAlone');
    expect(problemOf(choice(...own, ['c', 'lastName']))).toBe('partOfName');
    expect(problemOf(choice(...own, ['c', 'lastName'], ['d', 'lastName']))).toBe('twice');
    expect(problemOf(choice(...own, ['c', 'lastName'], ['d', 'firstName']))).toBeNull();
    expect(problemOf(choice(...own, ['c', 'leaderId']))).toBeNull();
    expect(problemOf(choice(...own, ['c', 'email'], ['d', 'middleName']))).toBeNull();
  });
  it('repeats `match` for every column', () => {
    const query = new URLSearchParams(importQuery(choice(['Unti ID', 'untiId'], ['ФИО', 'fullName']), { contour: 'test', anyStatus: true, sheet: 'Лист1' }));
    expect(query.getAll('match')).toEqual(['untiId:Unti ID', 'fullName:ФИО']);
    expect([query.get('contour'), query.get('anyStatus'), query.get('sheet')]).toEqual(['test', 'true', 'Лист1']);
  });
  it('can be written while rows match, taken back while something is written', () => {
    expect(actionsOf({ matched: 112, unmatched: 3 }, 0)).toEqual({ canApply: true, writes: 112, canUndo: false, unfinished: 0 });
    expect(actionsOf({ conflicting: 2 }, 0)).toMatchObject({ canApply: false });
    expect(actionsOf({ conflicting: 2 }, 1)).toMatchObject({ canApply: true, writes: 1 });
    expect(actionsOf({ applied: 100, applying: 12 }, 0)).toEqual({ canApply: true, writes: 12, canUndo: true, unfinished: 12 });
  });
});

it('joins the pages of a list into one file with one mark and one line of titles', () => {
  expect(joinCsv(['\uFEFFa,b\r\n1,2\r\n', '\uFEFFa,b\r\n3,4\r\n'])).toBe('\uFEFFa,b\r\n1,2\r\n3,4\r\n');
});

it('counts records in the right form', () => {
  const ru = new Locale('ru');
  expect(texts.ru.lead(ru, 1)).toContain('1\u00a0запись не может быть передана');
  expect(texts.ru.lead(ru, 22)).toContain('22\u00a0записи не могут быть переданы');
  expect(texts.ru.waitsRecords(ru, 5)).toBe('ждут 5\u00a0записей');
  expect(texts.en.waitsRecords(new Locale('en'), 1)).toBe('1\u00a0record waits');
});
