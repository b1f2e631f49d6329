/** The arithmetic of the chart: a scale of round steps, and bars of parts that stand on each other. */

import { layers, type Figures, type Layer } from './nights';

export interface Scale {
  max: number;
  steps: number[];
}

/** Three to five lines at 1, 2, 2.5 or 5 times a power of ten, the top one not below `most`. */
export function scaleOf(most: number): Scale {
  if (most <= 0) return { max: 1, steps: [] };
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 2.5, 5, 10].find((one) => one * power >= rough) ?? 10) * power);
  const whole = Number.isInteger(step) ? step : Math.ceil(step);
  const count = Math.ceil(most / whole);
  return { max: whole * count, steps: Array.from({ length: count }, (_, i) => whole * (i + 1)) };
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
  const shown = layers.filter((layer) => (figures[layer] ?? 0) > 0);
  const heights = shown.map((layer) => Math.max(least[layer], ((figures[layer] ?? 0) / scale.max) * height));
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

export function heightOf(figures: Figures | null): number {
  return figures ? layers.reduce((all, layer) => all + (figures[layer] ?? 0), 0) : 0;
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
