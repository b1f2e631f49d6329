/** What a person chose on this machine: language and theme. Nothing else is kept in the browser. */

import { languageOf, type Language } from '@kit/locale';

export type Theme = 'light' | 'dark';

function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage may be forbidden
  }
}

function write(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // It holds until the page is closed.
  }
}

export function chosenLanguage(): Language {
  return languageOf(read('lmsd.language') ?? 'ru');
}

export function chooseLanguage(language: Language): void {
  write('lmsd.language', language);
  document.documentElement.lang = language;
}

function systemTheme(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function shownTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  return chosen === 'light' || chosen === 'dark' ? chosen : systemTheme();
}

export function applyTheme(): void {
  const chosen = read('lmsd.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
}

/** The other one; where that is the system's own, the page follows the system again. */
export function toggleTheme(): void {
  const wanted: Theme = shownTheme() === 'dark' ? 'light' : 'dark';
  if (wanted === systemTheme()) {
    delete document.documentElement.dataset.theme;
    write('lmsd.theme', null);
  } else {
    document.documentElement.dataset.theme = wanted;
    write('lmsd.theme', wanted);
  }
}
