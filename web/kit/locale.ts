/** Words, numbers and dates of a language. */

export type Language = 'ru' | 'en';

export function languageOf(text: string | null | undefined): Language {
  return (text ?? '').toLowerCase().startsWith('en') ? 'en' : 'ru';
}

/** Plural forms: Russian takes one (1, 21), few (2–4), many (0, 5–20); English takes one and other. */
export interface Forms {
  one: string;
  few?: string;
  many?: string;
  other?: string;
}

/** Of 24 hours in every language. */
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

const rules = { ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') };

export class Locale {
  private readonly numbers: Intl.NumberFormat;
  private readonly formatters = new Map<string, Intl.DateTimeFormat>();

  constructor(
    readonly language: Language,
    readonly zone: string = 'Europe/Moscow',
  ) {
    this.numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  }

  /** "1 запись", "3 208 записей": the number and the word in its form. */
  count(n: number, forms: Forms): string {
    return `${this.number(n)}\u00a0${this.form(n, forms)}`;
  }
  form(n: number, forms: Forms): string {
    const rule = rules[this.language].select(n);
    return (rule === 'one' ? forms.one : rule === 'few' ? forms.few : rule === 'many' ? forms.many : forms.other)
      ?? forms.many ?? forms.other ?? forms.few ?? forms.one;
  }
  number(n: number): string {
    return this.numbers.format(n);
  }
  percent(share: number): string {
    return `${this.number(Math.floor(share * 100))}\u00a0%`;
  }
  /** "27 ноября", with the year when it isn't this one. */
  day(time: string | Date, now = new Date()): string {
    const date = new Date(time);
    const sameYear = this.part(date, { year: 'numeric' }) === this.part(now, { year: 'numeric' });
    return this.part(date, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) });
  }
  weekday(time: string | Date, style: 'short' | 'long' = 'short'): string {
    return this.part(new Date(time), { weekday: style });
  }
  time(time: string | Date): string {
    return this.part(new Date(time), clock);
  }
  exactTime(time: string | Date): string {
    return this.part(new Date(time), { ...clock, second: '2-digit' });
  }
  /** "27 ноября, 06:48" */
  moment(time: string | Date): string {
    return `${this.day(time)}, ${this.time(time)}`;
  }
  /** The calendar day in this zone: "2026-11-27". */
  dateKey(time: string | Date): string {
    return this.formatter('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(time));
  }
  seconds(milliseconds: number): string {
    const text = this.number(Math.max(0.1, Math.round(milliseconds / 100) / 10));
    return this.language === 'ru' ? `${text}\u00a0с` : `${text}\u00a0s`;
  }
  bytes(size: number): string {
    const units = this.language === 'ru' ? ['Б', 'кБ', 'МБ', 'ГБ'] : ['B', 'kB', 'MB', 'GB'];
    let value = size;
    let unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit += 1;
    }
    return `${this.number(unit === 0 ? value : Math.round(value * 10) / 10)}\u00a0${units[unit]}`;
  }

  private part(date: Date, how: Intl.DateTimeFormatOptions): string {
    return this.formatter(this.language, how).format(date);
  }

  /** Made once: a long list asks for the same few with every row. */
  private formatter(language: string, how: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = language + JSON.stringify(how);
    let made = this.formatters.get(key);
    if (!made) this.formatters.set(key, (made = new Intl.DateTimeFormat(language, { timeZone: this.zone, ...how })));
    return made;
  }
}
