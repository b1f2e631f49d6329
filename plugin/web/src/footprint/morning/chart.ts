/** The arithmetic of the chart: a scale of round steps, and bars of parts that stand on each other. */

import type { Figures } from './nights';

/** In the order in which they stand on each other. `confirmed` and `sent` together are what was sent. */
export const layers = ['confirmed', 'sent', 'waiting', 'refused'] as const;
export type Layer = (typeof layers)[number];

export interface Scale {
  max: number;
  steps: number[];
}

/** Up to five lines at 1, 2, 2.5 or 5 times a power of ten, the top one not below `most`. */
export function scaleOf(most: number): Scale {
  if (most <= 0) return { max: 1, steps: [] };
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  // Records are counted in whole numbers.
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough && Number.isInteger(one)) ?? 1;
  const count = Math.ceil(most / step);
  return { max: step * count, steps: Array.from({ length: count }, (_, i) => step * (i + 1)) };
}

export interface Part {
  layer: Layer;
  /** From the top of the plot, px. */
  y: number;
  height: number;
}

/** What must be seen however little it is. */
const least: Record<Layer, number> = { confirmed: 1, sent: 2, waiting: 3, refused: 3 };
const gap = 1;

/**
 * From the base line up. A part that is raised to its least height, and the gaps, push the ones above it; where the bar
 * would leave the plot, its tallest part gives way.
 */
export function stackOf(figures: Figures, scale: Scale, height: number): Part[] {
  const sizes = sizesOf(figures);
  const shown = layers.filter((layer) => sizes[layer] > 0);
  const heights = shown.map((layer) => Math.max(least[layer], (sizes[layer] / scale.max) * height));
  const over = heights.reduce((all, one) => all + one, 0) + gap * Math.max(0, shown.length - 1) - height;
  if (over > 0) {
    const tallest = heights.indexOf(Math.max(...heights));
    heights[tallest] = Math.max(1, heights[tallest]! - over);
  }
  let top = height;
  return shown.map((layer, i) => {
    top -= heights[i]!;
    const part = { layer, y: round(top), height: round(heights[i]!) };
    top -= gap;
    return part;
  });
}

/** What was read back of earlier days has no place in a day's bar beyond what that day sent. */
function sizesOf(figures: Figures): Record<Layer, number> {
  const confirmed = Math.min(figures.confirmed, figures.sent);
  return { confirmed, sent: figures.sent - confirmed, waiting: figures.waiting ?? 0, refused: figures.refused };
}

export function heightOf(figures: Figures | null): number {
  return figures ? figures.sent + (figures.waiting ?? 0) + figures.refused : 0;
}

/** Where an arrow leads among the nights; null: the key is none of the chart's. */
export function nightAfter(key: string, at: number, count: number): number | null {
  const steps: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: count - 1 };
  const to = steps[key];
  return to === undefined ? null : Math.min(count - 1, Math.max(0, to));
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
