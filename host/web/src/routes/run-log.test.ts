import { describe, expect, it } from 'vitest';
import { readLog, refusedRows } from './run-log';

const log =
  '\uFEFFtime,level,place,column,value,reason,fix\r\n' +
  '2026-03-01T00:00:00Z,info,,,,The run began,\r\n' +
  '2026-03-01T00:00:01Z,error,row 2,unti,05,"is not an unti_id (field \'untiId\')","Digits, no leading zero"\r\n' +
  '2026-03-01T00:00:01Z,error,row 2,mail,"a ""b"", c",is wrong,\r\n' +
  '2026-03-01T00:00:02Z,error,row 7,unti,x,is not an unti_id,\r\n';

describe('the log of a run', () => {
  it('keeps commas and quotes of what a cell holds', () => {
    expect(readLog(log)[2]).toMatchObject({ place: 'row 2', column: 'mail', value: 'a "b", c' });
  });
  it('tells a row with two mistakes once', () => {
    const rows = refusedRows(readLog(log));
    expect(rows.map((row) => [row.place, row.errors.length])).toEqual([['row 2', 2], ['row 7', 1]]);
  });
  it('is empty where nothing is written yet', () => {
    expect(readLog('')).toEqual([]);
  });
});
