/** Schedules of five fields, as the server reads them (host/schedule/CronExpression): in words, and when they come next. */

interface Cron {
  minutes: Set<number>;
  hours: Set<number>;
  days: Set<number>;
  months: Set<number>;
  weekdays: Set<number>;
  anyDay: boolean;
  anyWeekday: boolean;
}

const bounds: [number, number, string][] = [
  [0, 59, ''],
  [0, 23, ''],
  [1, 31, ''],
  [1, 12, 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC'],
  [0, 7, 'SUNMONTUEWEDTHUFRISAT'],
];

/** Null: the server would not take it. */
export function parseCron(text: string): Cron | null {
  const fields = text.trim().split(/[ \t]+/);
  if (fields.length !== 5) return null;
  const sets: Set<number>[] = [];
  for (const [i, field] of fields.entries()) {
    const set = valuesOf(field, ...bounds[i]!);
    if (!set) return null;
    sets.push(set);
  }
  const [minutes, hours, days, months, weekdays] = sets as [Set<number>, Set<number>, Set<number>, Set<number>, Set<number>];
  return { minutes, hours, days, months, weekdays: new Set([...weekdays].map((day) => day % 7)), anyDay: fields[2]!.startsWith('*'), anyWeekday: fields[4]!.startsWith('*') };
}

function valuesOf(field: string, least: number, most: number, names: string): Set<number> | null {
  const set = new Set<number>();
  const number = (text: string): number => {
    const at = text.length === 3 ? names.indexOf(text.toUpperCase()) : -1;
    if (at >= 0 && at % 3 === 0) return at / 3 + least;
    return /^\d+$/.test(text) ? Number(text) : NaN;
  };
  for (const part of field.split(',')) {
    const found = /^(\*|[^/-]+(?:-[^/-]+)?)(?:\/(\d+))?$/.exec(part);
    if (!found) return null;
    const [, range = '', step] = found;
    const [from = '', to] = range.split('-');
    const first = range === '*' ? least : number(from);
    const last = range === '*' ? most : to === undefined ? first : number(to);
    if (step !== undefined && range !== '*' && to === undefined) return null;
    const by = step === undefined ? 1 : Number(step);
    if (!(first >= least && last <= most && first <= last) || by < 1 || by > most) return null;
    for (let value = first; value <= last; value += by) set.add(value);
  }
  return set;
}

interface Clock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/** What a clock in the zone shows; null where there is no such zone. */
function clockIn(zone: string): ((at: number) => Clock) | null {
  try {
    const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    return (at) => {
      const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
      return { year: part.year!, month: part.month!, day: part.day!, hour: part.hour!, minute: part.minute! };
    };
  } catch {
    return null;
  }
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** The next moment after `after`; null: none in sight, or it can't be read. Around a change of the clock the server decides. */
export function nextTime(text: string, zone: string, after: Date): Date | null {
  const cron = parseCron(text);
  const clock = clockIn(zone);
  if (!cron || !clock) return null;
  const here = clock(after.getTime());
  const midnight = Date.UTC(here.year, here.month - 1, here.day);
  for (let ahead = 0; ahead <= 9 * 366; ahead += 1) {
    const date = new Date(midnight + ahead * day);
    const dayFits = cron.days.has(date.getUTCDate());
    const weekdayFits = cron.weekdays.has(date.getUTCDay());
    const fits = cron.anyDay || cron.anyWeekday ? dayFits && weekdayFits : dayFits || weekdayFits;
    if (!fits || !cron.months.has(date.getUTCMonth() + 1)) continue;
    for (const hour of [...cron.hours].sort((a, b) => a - b))
      for (const one of [...cron.minutes].sort((a, b) => a - b)) {
        const at = instantOf(date.getTime() + (hour * 60 + one) * minute, clock);
        if (at > after.getTime()) return new Date(at);
      }
  }
  return null;
}

/** The moment at which the zone's clock shows `local`, given as if it were UTC. */
function instantOf(local: number, clock: (at: number) => Clock): number {
  let at = local;
  for (let i = 0; i < 2; i += 1) {
    const shown = clock(at);
    at += local - Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute);
  }
  return at;
}

/** The forms that need no cron: every day, on working days, every hour, every few minutes. */
export type Rhythm = { every: 'day' | 'workday'; time: string } | { every: 'hour'; minute: number } | { every: 'minutes'; minutes: number } | null;

export function rhythmOf(cron: string): Rhythm {
  const [minutes = '', hours = '', days = '', months = '', weekdays = '', ...more] = cron.trim().split(/[ \t]+/);
  if (more.length || days !== '*' || months !== '*') return null;
  const daily = weekdays === '*' || weekdays === '1-5' || weekdays.toUpperCase() === 'MON-FRI';
  if (daily && /^\d{1,2}$/.test(minutes) && /^\d{1,2}$/.test(hours) && Number(minutes) < 60 && Number(hours) < 24)
    return { every: weekdays === '*' ? 'day' : 'workday', time: `${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}` };
  if (weekdays !== '*' || hours !== '*') return null;
  if (/^\d{1,2}$/.test(minutes) && Number(minutes) < 60) return { every: 'hour', minute: Number(minutes) };
  const step = /^\*\/(\d{1,2})$/.exec(minutes);
  return step && Number(step[1]) > 0 && Number(step[1]) < 60 ? { every: 'minutes', minutes: Number(step[1]) } : null;
}

export function cronOf(rhythm: NonNullable<Rhythm>): string {
  if (rhythm.every === 'hour') return `${rhythm.minute} * * * *`;
  if (rhythm.every === 'minutes') return `*/${rhythm.minutes} * * * *`;
  const [hour = '', minutes = ''] = rhythm.time.split(':');
  return `${Number(minutes)} ${Number(hour)} * * ${rhythm.every === 'day' ? '*' : '1-5'}`;
}
