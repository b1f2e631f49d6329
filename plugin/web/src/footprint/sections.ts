/**
 * The sections of the footprint: each one's code comes when it is opened. A section is a Part with `ctx`, `path` (what follows its name)
 * and, where it has a list that can be narrowed, `asked` (what stands after "?").
 */

import { html, type TemplateResult } from 'lit';
import type { PageContext } from '@kit/element';

interface Section {
  load: () => Promise<unknown>;
  draw: (ctx: PageContext, path: string, asked: string) => TemplateResult;
}

export const sections = {
  morning: {
    load: () => import('./morning/u2035-morning'),
    draw: (ctx, path, asked) => html`<u2035-morning .ctx=${ctx} .path=${path} .asked=${asked}></u2035-morning>`,
  },
  quarantine: {
    load: () => import('./quarantine/u2035-quarantine'),
    draw: (ctx, path, asked) => html`<u2035-quarantine .ctx=${ctx} .path=${path} .asked=${asked}></u2035-quarantine>`,
  },
  reflections: {
    load: () => import('./reflections/u2035-reflections'),
    draw: (ctx, path) => html`<u2035-reflections .ctx=${ctx} .path=${path}></u2035-reflections>`,
  },
  readiness: {
    load: () => import('./readiness/u2035-readiness'),
    draw: (ctx, path, asked) => html`<u2035-readiness .ctx=${ctx} .path=${path} .asked=${asked}></u2035-readiness>`,
  },
  unsendable: {
    load: () => import('./unsendable/u2035-unsendable'),
    draw: (ctx, path, asked) => html`<u2035-unsendable .ctx=${ctx} .path=${path} .asked=${asked}></u2035-unsendable>`,
  },
  exports: {
    load: () => import('./exports/u2035-exports'),
    draw: (ctx, path) => html`<u2035-exports .ctx=${ctx} .path=${path}></u2035-exports>`,
  },
  statements: {
    load: () => import('./statements/u2035-statements'),
    draw: (ctx, path, asked) => html`<u2035-statements .ctx=${ctx} .path=${path} .asked=${asked}></u2035-statements>`,
  },
} satisfies Record<string, Section>;

export type SectionName = keyof typeof sections;
