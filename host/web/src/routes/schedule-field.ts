/** When a route goes by itself: in plain words where they suffice, else as cron; and when that is next. */

import type { FieldProblem } from '@kit/api';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShellContext } from '../context';
import { field, select } from '../forms';
import { cronOf, nextTime, rhythmOf, type Rhythm } from './cron';
import { editTexts } from './edit-texts';
import type { Schedule } from './model';
import { routeTexts } from './texts';

export interface ScheduleSpec {
  schedule: Schedule | null;
  /** The person writes cron although it could be said in words. */
  ownCron: boolean;
  label: string;
  /** What having none is called. */
  never: string;
  hint: string;
  problem: (name: '' | 'cron' | 'zone') => FieldProblem | undefined;
  theirs?: string;
  set: (schedule: Schedule | null, ownCron: boolean) => void;
}

export function scheduleField(ctx: ShellContext, spec: ScheduleSpec): TemplateResult {
  const words = editTexts[ctx.language];
  const { schedule } = spec;
  const rhythm = schedule && !spec.ownCron ? rhythmOf(schedule.cron) : null;
  const every = !schedule ? 'never' : (rhythm?.every ?? 'cron');
  const zone = schedule?.zone ?? ctx.locale.zone;
  const told = (cron: string, ownCron = false) => spec.set({ cron, zone }, ownCron);
  const choose = (to: string) => {
    if (to === 'never') spec.set(null, false);
    else if (to === 'cron') told(schedule?.cron ?? '30 1 * * *', true);
    else told(cronOf(usual(to, rhythm)));
  };
  const next = schedule ? nextTime(schedule.cron, zone, new Date()) : null;
  return html`<div class="stack-s">
    ${select(ctx, { id: 'every', label: spec.label, value: every, hint: spec.hint, problem: spec.problem(''), theirs: spec.theirs, options: ['never', 'day', 'workday', 'hour', 'minutes', 'cron'].map((one) => [one, one === 'never' ? spec.never : words.rhythms[one]!] as const), onInput: choose })}
    ${schedule
      ? html`<div class="fields">
            ${rhythm ? rhythmControl(ctx, rhythm, told) : field(ctx, { id: 'cron', label: words.cron, hint: words.cronHint, mono: true, value: schedule.cron, problem: spec.problem('cron'), onInput: (cron) => told(cron, true) })}
            ${field(ctx, { id: 'zone', label: words.zone, mono: true, value: zone, problem: spec.problem('zone'), onInput: (to) => spec.set({ cron: schedule.cron, zone: to }, spec.ownCron) })}
          </div>
          <p class="hint" role="status">${next ? words.next(ctx.locale.moment(next)) : words.nextUnknown}</p>`
      : nothing}
  </div>`;
}

function rhythmControl(ctx: ShellContext, rhythm: NonNullable<Rhythm>, told: (cron: string) => void): TemplateResult {
  const words = editTexts[ctx.language];
  if (rhythm.every === 'hour' || rhythm.every === 'minutes') {
    const isHour = rhythm.every === 'hour';
    const value = isHour ? rhythm.minute : rhythm.minutes;
    const options = isHour ? [...Array(12).keys()].map((i) => i * 5) : [5, 10, 15, 20, 30];
    const all = options.includes(value) ? options : [...options, value].sort((a, b) => a - b);
    return select(ctx, {
      id: 'amount',
      label: isHour ? words.minuteOfHour : words.everyMinutes,
      value: String(value),
      options: all.map((one) => [String(one), String(one).padStart(2, '0')] as const),
      onInput: (to) => told(cronOf(isHour ? { every: 'hour', minute: Number(to) } : { every: 'minutes', minutes: Number(to) })),
    });
  }
  return html`<div class="field">
    <label for="time">${words.time}</label>
    <input class="input" id="time" type="time" required .value=${rhythm.time} @change=${(event: Event) => (event.target as HTMLInputElement).value && told(cronOf({ ...rhythm, time: (event.target as HTMLInputElement).value }))} />
  </div>`;
}

function usual(every: string, before: Rhythm): NonNullable<Rhythm> {
  const time = before && 'time' in before ? before.time : '01:30';
  if (every === 'hour') return { every, minute: before?.every === 'hour' ? before.minute : 0 };
  if (every === 'minutes') return { every, minutes: 15 };
  return { every: every === 'workday' ? 'workday' : 'day', time };
}

/** "каждый день в 01:30"; what has no plain words is told as cron. */
export function scheduleWords({ locale, language }: ShellContext, cron: string): string {
  const words = routeTexts[language];
  const rhythm = rhythmOf(cron);
  if (rhythm?.every === 'day') return words.eachDay(rhythm.time);
  if (rhythm?.every === 'workday') return words.eachWorkday(rhythm.time);
  if (rhythm?.every === 'hour') return words.eachHour(String(rhythm.minute).padStart(2, '0'));
  return rhythm?.every === 'minutes' ? words.eachMinutes(locale.count(rhythm.minutes, words.minutesOf)) : `cron ${cron}`;
}

/** The same with its zone, where that is not the one by which everybody here lives. */
export function scheduleText(ctx: ShellContext, { cron, zone }: Schedule): string {
  const words = scheduleWords(ctx, cron);
  const said = words.startsWith('cron ') ? words : words[0]!.toUpperCase() + words.slice(1);
  return zone === ctx.locale.zone ? said : routeTexts[ctx.language].inZone(said, zone);
}
