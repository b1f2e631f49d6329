/** Verdicts by the keys 1–3: never while a person writes, and only where they are switched on. */

export type Verdict = 'accept' | 'hold' | 'later';
const verdicts: Record<string, Verdict> = { '1': 'accept', '2': 'hold', '3': 'later' };

export function writesInto(target: EventTarget | null | undefined): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'reset'].includes(target.type);
}

export function verdictOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat' | 'defaultPrevented'>, target: EventTarget | null | undefined): Verdict | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented || writesInto(target)) return null;
  return verdicts[event.key] ?? null;
}

const place = 'u2035.reflection-keys';

export function keysOn(): boolean {
  try {
    return localStorage.getItem(place) !== 'off';
  } catch {
    return true;
  }
}
export function switchKeys(on: boolean): void {
  try {
    localStorage.setItem(place, on ? 'on' : 'off');
  } catch {
    // A page without storage forgets it: the keys are on again next time.
  }
}
