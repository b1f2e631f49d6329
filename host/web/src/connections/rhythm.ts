/** Schedules that need no cron: every day, on working days, every hour; anything else is written as cron. */

export type Every = 'never' | 'day' | 'workday' | 'hour' | 'cron';
export interface Rhythm {
  every: Every;
  /** "01:30"; of an hourly one its minutes count. */
  time: string;
}

export function rhythmOf(cron: string): Rhythm {
  const text = cron.trim();
  if (!text) return { every: 'never', time: '01:30' };
  const [minute = '', hour = '', days = '', months = '', weekdays = '', ...more] = text.split(/[ \t]+/);
  const plain = (value: string, below: number) => /^\d{1,2}$/.test(value) && Number(value) < below;
  const other: Rhythm = { every: 'cron', time: '01:30' };
  if (more.length || days !== '*' || months !== '*' || !plain(minute, 60)) return other;
  if (hour === '*' && weekdays === '*') return { every: 'hour', time: `00:${minute.padStart(2, '0')}` };
  if (!plain(hour, 24)) return other;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (weekdays === '*') return { every: 'day', time };
  return weekdays === '1-5' || weekdays.toUpperCase() === 'MON-FRI' ? { every: 'workday', time } : other;
}

export function cronOf({ every, time }: { every: Exclude<Every, 'cron'>; time: string }): string {
  if (every === 'never') return '';
  const [hour = '0', minute = '0'] = time.split(':');
  return `${Number(minute)} ${every === 'hour' ? '*' : Number(hour)} * * ${every === 'workday' ? '1-5' : '*'}`;
}

/** A cron that a person types stays one, though it may look like a simple rhythm on the way, or be empty yet. */
export function own(text: string): string {
  return ` ${text}`;
}
export function isOwn(cron: string): boolean {
  return cron.startsWith(' ');
}
