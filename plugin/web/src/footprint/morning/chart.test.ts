import { describe, expect, it } from 'vitest';
import { heightOf, nightAfter, scaleOf, stackOf } from './chart';
import type { Figures } from './nights';

/** `sent`: beyond those confirmed. */
const figures = (confirmed: number, sent: number, waiting: number | null, refused: number): Figures => ({
  planned: null,
  confirmed,
  sent: confirmed + sent,
  waiting,
  refused,
  reads: true, amiss: 0, ofSent: false,
  inDoubt: 0,
  blocked: 0,
});

describe('the scale', () => {
  it('has round steps and a top not below the tallest day', () => {
    expect(scaleOf(17978)).toEqual({ max: 20000, steps: [5000, 10000, 15000, 20000] });
    expect(scaleOf(1697)).toEqual({ max: 2000, steps: [500, 1000, 1500, 2000] });
    for (const most of [1, 2, 3, 7, 11, 49, 99, 101, 12345, 999_999]) {
      const { max, steps } = scaleOf(most);
      expect(max).toBeGreaterThanOrEqual(most);
      expect(steps.length).toBeLessThanOrEqual(5);
      expect(steps.every((step) => Number.isInteger(step))).toBe(true);
    }
  });
  it('has no lines where nothing happened', () => {
    expect(scaleOf(0).steps).toEqual([]);
  });
});

describe('a bar', () => {
  it('stands on the base line and stacks confirmed, sent, waiting, refused', () => {
    const parts = stackOf(figures(5000, 2000, 1000, 500), scaleOf(10000), 180);
    expect(parts.map((part) => part.layer)).toEqual(['confirmed', 'sent', 'waiting', 'refused']);
    expect(parts[0]!.y + parts[0]!.height).toBeCloseTo(180);
    for (let i = 1; i < parts.length; i += 1) expect(parts[i]!.y + parts[i]!.height).toBeLessThan(parts[i - 1]!.y);
  });
  it('shows refusals however few they are', () => {
    const parts = stackOf(figures(17940, 0, 0, 1), scaleOf(18000), 180);
    expect(parts.find((part) => part.layer === 'refused')!.height).toBeGreaterThanOrEqual(3);
  });
  it('stays in the plot when small parts were raised', () => {
    const parts = stackOf(figures(20000, 1, 1, 1), scaleOf(20000), 180);
    expect(Math.min(...parts.map((part) => part.y))).toBeGreaterThanOrEqual(0);
  });
  it('is no higher for what was read back of earlier days', () => {
    const many = { ...figures(0, 10, 0, 0), confirmed: 60 };
    expect(stackOf(many, scaleOf(10), 180)).toEqual([{ layer: 'confirmed', y: 0, height: 180 }]);
    expect(heightOf(many)).toBe(10);
  });
  it('leaves out what is nothing or not known', () => {
    expect(stackOf(figures(10, 0, null, 0), scaleOf(10), 180).map((part) => part.layer)).toEqual(['confirmed']);
    expect(heightOf(figures(10, 5, null, 1))).toBe(16);
    expect(heightOf(null)).toBe(0);
  });
});

describe('arrows in the chart', () => {
  it('move a day and stop at the ends', () => {
    expect(nightAfter('ArrowLeft', 0, 14)).toBe(0);
    expect(nightAfter('ArrowRight', 3, 14)).toBe(4);
    expect(nightAfter('End', 3, 14)).toBe(13);
    expect(nightAfter('Enter', 3, 14)).toBeNull();
  });
});
