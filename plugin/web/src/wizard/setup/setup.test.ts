import '@kit/happy-dom';
import { render } from 'lit';
import { describe, expect, it } from 'vitest';
import { madeStage, madeWizard } from '../made';
import { gapsIn, subjectGap } from './letter-text';
import { lead } from './lead';
import { Locale } from '@kit/locale';
import { daysOf, lookOf, stateText, stepper } from './stepper';
import { texts } from './texts';
import { texts as packageTexts } from '../package/texts';
import { texts as cardsTexts } from '../cards/texts';
import { texts as scopeTexts } from '../scope/texts';
import { totalsOf } from '../package/package-report';
import { wordOf } from './u2035-store-choice';
import type { FullPackage, Letter, StoreQuestion } from '../model';

const letter = (body: string, missing = 1): Letter => ({
  to: 'apps@2035.university', from: '', subject: 'Доступ к тестовому External LRS, ', body,
  missing: Array.from({ length: missing }, () => ({ name: 'legalName', title: '', where: '', pointer: '/legalName' })),
});

describe('a letter', () => {
  it('marks where a missing fact will stand', () => {
    const lines = gapsIn(letter('Просим выдать токен.\nОрганизация (как в договоре): \nНазвание проекта: БАС\n'), 'test-access');
    expect(lines.map((line) => line.gap)).toEqual([false, true, false]);
    expect(subjectGap(letter(''))).toBe(true);
  });
  it('marks nothing when nothing is missing', () => {
    expect(gapsIn(letter('guid: ', 0), 'production-access')[0]!.gap).toBe(false);
  });
  it('to support leaves empty what a failed step may lack', () => {
    expect(gapsIn(letter('Организация: \nerrorId: \nUser ID: '), 'support').map((line) => line.gap)).toEqual([true, false, false]);
  });
});

describe('the stepper', () => {
  const words = texts.ru;
  it('tells the state of a stage by look and word', () => {
    expect(lookOf(madeStage(3, 'locked'))).toBe('locked');
    expect(lookOf(madeStage(2, 'open', { canContinue: true }))).toBe('passed');
    expect(lookOf(madeStage(1, 'open'))).toBe('now');
    expect(lookOf(madeStage(2, 'failed'), true)).toBe('now');
    expect(stateText(words, madeWizard(), madeStage(1, 'done'))).toBe('выполнено');
    expect(stateText(words, madeWizard(), madeStage(3, 'locked'))).toBe('Откроется после этапа 2');
    expect(stateText(words, madeWizard({ runningCheck: { id: 'c', stage: 2, deadline: '' } }), madeStage(2, 'failed'))).toBe('идёт проверка');
  });
  const called = (login: string) => (login === 'anna' ? 'Анна Смирнова' : login);
  it('is made of native radio buttons, closed ones disabled, the shown one pressed', () => {
    const chosen: number[] = [];
    const place = document.createElement('div');
    render(stepper(words, new Locale('ru'), madeWizard(), 2, called, (stage) => chosen.push(stage)), place);
    const radios = [...place.querySelectorAll<HTMLInputElement>('input[type="radio"]')];
    expect(radios.map((one) => one.disabled)).toEqual([false, false, true, true]);
    expect(radios.map((one) => one.checked)).toEqual([false, true, false, false]);
    radios[0]!.dispatchEvent(new Event('change'));
    expect(chosen).toEqual([1]);
  });
  it('tells when a stage was passed and by whom, and nothing that isn’t known', () => {
    const place = document.createElement('div');
    const locale = new Locale('ru', 'Europe/Moscow');
    const passed = madeStage(1, 'done', { openedAt: '2026-11-23T06:00:00Z', passedAt: '2026-11-24T07:20:00Z', passedBy: 'anna' });
    render(daysOf(words, locale, passed, called), place);
    expect(place.textContent).toMatch(/^Открыт 23 ноября.*Пройден 24 ноября.*10:20.*, Анна Смирнова\.$/);
    render(daysOf(words, locale, madeStage(1, 'open', { openedAt: '2026-11-23T06:00:00Z', passedAt: null, passedBy: null }), called), place);
    expect(place.textContent).toMatch(/^Открыт 23 ноября/);
    expect(place.textContent).not.toContain('Пройден');
    render(daysOf(words, locale, madeStage(1, 'done'), called), place);
    expect(place.textContent).toBe('');
    render(stepper(words, locale, madeWizard({ stages: [passed, madeStage(2, 'open'), madeStage(3, 'locked'), madeStage(4, 'locked')] }), 2, called, () => undefined), place);
    expect(place.querySelector('.when')!.textContent).toContain('Анна Смирнова');
  });
});

it('the seed’s text keeps every word, its dashes as a list', () => {
  const place = document.createElement('div');
  render(lead('Вам придут два письма:\n– Первое\n– Второе.\nПосле их получения'), place);
  expect([...place.querySelectorAll('p')].map((one) => one.textContent)).toEqual(['Вам придут два письма:', 'После их получения']);
  expect([...place.querySelectorAll('li')].map((one) => one.textContent)).toEqual(['Первое', 'Второе.']);
});

describe('the choice of store', () => {
  const question: StoreQuestion = { earlierStores: [], dueAgain: 12047, choices: [{ sameStore: true, store: 's1' }, { sameStore: false, expected: 12047 }] };
  it('confirms the count for another store', () => {
    expect(wordOf(question, 'other', false)).toEqual({ sameStore: false, expected: 12047 });
  });
  it('names the store that is the same, and goes against the evidence only with a confirmation', () => {
    expect(wordOf(question, 's1', false)).toEqual({ sameStore: true, store: 's1' });
    expect(wordOf(question, 's1', true)).toEqual({ sameStore: true, store: 's1', confirm: true });
  });
  it('sends nothing that the server has not offered', () => {
    expect(wordOf(question, 's9', false)).toBeNull();
    expect(wordOf(question, '', false)).toBeNull();
  });
});

it('a package’s totals are those of its kinds', () => {
  const one = { kinds: [{ kind: 'a', statements: 3, accepted: 2, refused: 1 }, { kind: 'b', statements: 4, accepted: 4, refused: 0 }] } as FullPackage;
  expect(totalsOf(one)).toEqual({ all: 7, accepted: 6, refused: 1 });
});

describe('texts', () => {
  it('of the seeds stand to the letter', () => {
    const { ru } = texts;
    expect([ru.copyTemplate, ru.noStorageAccess]).toEqual(['Скопировать шаблон', 'Нет доступа к S3? Скопировать шаблон']);
    expect([ru.fieldLabels.userId, ru.fieldLabels.accessKeyId, ru.fieldLabels.secretKey, ru.fieldLabels.storageUrl]).toEqual([
      'Введите User ID', 'Введите Access Key ID хранилища S3', 'Введите Secret Key хранилища S3', 'URL хранилища S3',
    ]);
    expect(cardsTexts.ru.nothingSent).toBe('Без настроенной интеграции цифровой след не будет отправлен и, соответственно, принят У2035.');
    expect([cardsTexts.ru.disconnect, cardsTexts.ru.replace]).toEqual(['Отключить', 'Заменить ключ']);
  });
  it('are there in both languages, none empty', () => {
    const empty = (value: unknown, path: string): string[] => {
      if (typeof value === 'string') return value ? [] : [path];
      if (value && typeof value === 'object') return Object.entries(value).flatMap(([name, one]) => empty(one, `${path}.${name}`));
      return [];
    };
    for (const [name, all] of Object.entries({ texts, packageTexts, cardsTexts, scopeTexts })) {
      expect(empty(all, name)).toEqual([]);
      expect(Object.keys(all.en)).toEqual(Object.keys(all.ru));
    }
  });
});
