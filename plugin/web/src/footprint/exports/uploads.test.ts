import { describe, expect, it } from 'vitest';
import { Locale } from '@kit/locale';
import { texts } from './texts';
import type { ExportFile } from './types';
import { callsForUpload, halvesOf, handoverOf, leftToUpload, programmesOf, sentByLrs, uploadsOf, webAddress } from './uploads';

const file = (name: string, change: Partial<ExportFile> = {}): ExportFile => ({
  name: `bas~${name}`, project: 'bas', path: name, title: 'Оценка результатов аттестации', element: 'assessment-results', role: 'table', format: 'xlsx',
  pair: name.replace(/\.\w+$/, ''), upload: true, channel: 'tables', rows: 10, bytes: 1, url: '', ...change,
});
const stamp = { by: 'anna', at: '2026-01-13T08:00:00Z' };

describe('which files call for an upload', () => {
  it('the table in the better format and its archive, told or not told by the server', () => {
    expect(callsForUpload(file('a.xlsx'))).toBe(true);
    expect(callsForUpload(file('a.xlsx', { upload: undefined, uploaded: null }))).toBe(true);
    expect(callsForUpload(file('a.csv', { upload: false, format: 'csv' }))).toBe(false);
    expect(callsForUpload(file('a-files.xlsx', { upload: false, role: 'mapping' }))).toBe(false);
  });
  it('never what went through the LRS', () => {
    const sent = file('already-sent/a.xlsx', { channel: 'lrs', upload: false });
    expect(callsForUpload(sent)).toBe(false);
    expect(callsForUpload({ ...sent, upload: true })).toBe(false);
    expect(uploadsOf([sent])).toEqual([]);
    expect(sentByLrs([sent, file('b.xlsx')])).toEqual([sent]);
  });
  it('never what is of the test contour, nor xAPI files, nor the list of files', () => {
    expect(callsForUpload(file('test-contour/a.xlsx'))).toBe(false);
    expect(uploadsOf([file('test-contour/a.xlsx')])).toEqual([]);
    expect(callsForUpload(file('xapi/xapi-0001.json', { element: 'xapi' }))).toBe(false);
    expect(callsForUpload(file('manifest.json', { element: 'manifest' }))).toBe(false);
  });
});

describe('a table and its archive', () => {
  const archive = file('a.zip', { pair: 'a', role: 'archive', format: 'zip', rows: undefined, files: 3 });
  const csv = file('a.csv', { pair: 'a', format: 'csv', upload: false });
  it('are one upload; the CSV and the mapping lie beside it', () => {
    const [upload] = uploadsOf([csv, file('a.xlsx'), archive]);
    expect([upload!.table.path, upload!.archive?.path, upload!.others.map((one) => one.path)]).toEqual(['a.xlsx', 'a.zip', ['a.csv']]);
    expect([upload!.isDone, upload!.canTick]).toEqual([false, false]);
  });
  it('are done when both were ticked, and can be ticked where the server keeps it', () => {
    const half = uploadsOf([file('a.xlsx', { uploaded: stamp }), { ...archive, uploaded: null }])[0]!;
    expect([half.isDone, half.canTick]).toEqual([false, true]);
    expect(uploadsOf([file('a.xlsx', { uploaded: stamp }), { ...archive, uploaded: stamp }])[0]!.isDone).toBe(true);
  });
  it('of two projects stay apart though they are named alike', () => {
    const both = [file('a.xlsx'), file('a.xlsx', { project: 'dp', name: 'dp~a.xlsx' })];
    expect(uploadsOf(both)).toHaveLength(2);
    expect(leftToUpload({ id: '1', run: '1', createdAt: '', contour: 'production', fileCount: 2, rows: 2, files: both })).toBe(2);
  });
  it('are found again in their halves after a split', () => {
    const [whole] = uploadsOf([file('a.xlsx')]);
    const halves = uploadsOf([file('a-part1a.xlsx'), file('a-part1b.xlsx'), file('b.xlsx')]);
    expect(halvesOf(whole!, halves).map((one) => one.key)).toEqual(['bas/a-part1a', 'bas/a-part1b']);
    const again = uploadsOf([file('a-part1aa.xlsx'), file('a-part1ab.xlsx')]);
    expect(halvesOf(halves[0]!, again)).toHaveLength(2);
  });
});

it('finds the course of a file in the export’s own list', () => {
  expect([...programmesOf('bas', { files: [{ path: 'a.xlsx', programmeId: 4 }, { path: 'xapi-0001.json' }] })]).toEqual([['bas/a.xlsx', '4']]);
  expect(programmesOf('bas', null).size).toBe(0);
});

it('tells how the xAPI files stand', () => {
  const handover = { project: 'bas', statements: 10, undecided: 0, handedOver: 0, accepted: 0 };
  expect(handoverOf({ ...handover, undecided: 10 })).toBe('undecided');
  expect(handoverOf({ ...handover, handedOver: 10 })).toBe('handed-over');
  expect(handoverOf({ ...handover, accepted: 10 })).toBe('accepted');
  expect(handoverOf({ ...handover, accepted: 3 })).toBe('released');
});

it('links only to addresses of the web', () => {
  expect(webAddress('https://s3.example/a.pdf')).toBe('https://s3.example/a.pdf');
  expect([webAddress('javascript:alert(1)'), webAddress(null)]).toEqual([null, null]);
});

it('says what is left to upload in the right form', () => {
  const ru = new Locale('ru');
  expect(texts.ru.lead(ru, 0, 0)).toContain('нечего');
  expect(texts.ru.lead(ru, 0, 5)).toBe('Загружено всё: 5\u00a0таблиц.');
  expect(texts.ru.lead(ru, 1, 5)).toBe('Осталось загрузить в личный кабинет: 1\u00a0таблица из 5.');
  expect(texts.en.lead(new Locale('en'), 2, 2)).toBe('Left to upload to the account: 2\u00a0tables.');
});
