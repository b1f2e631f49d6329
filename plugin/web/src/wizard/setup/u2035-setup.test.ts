import '@kit/happy-dom';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError, type Answer } from '@kit/api';
import type { PageContext } from '@kit/element';
import { Locale } from '@kit/locale';
import { kitTexts } from '@kit/texts';
import { madeCheck, madeStage, madeStep, madeWizard } from '../made';
import type { Check, Wizard } from '../model';
import './u2035-setup';

type Reply = (method: string, path: string, body: unknown) => unknown;

/** A page around the wizard whose server answers what `reply` gives or throws. */
function contextOf(reply: Reply): { ctx: PageContext; asked: string[]; said: string[] } {
  const asked: string[] = [];
  const said: string[] = [];
  const answer = (method: string, path: string, body?: unknown): Promise<Answer<unknown>> => {
    asked.push(`${method} ${path.replace(/^.*integrations\/bas/, '')}`);
    const letter = { to: 'apps@2035.university', from: '', subject: 'Тема', body: 'Текст', missing: [] };
    try {
      return Promise.resolve({ status: 200, data: path.includes('/letters/') ? letter : reply(method, path, body), etag: '', location: '' });
    } catch (error) {
      return Promise.reject(error as Error);
    }
  };
  const api = {
    get: (path: string) => answer('GET', path),
    post: (path: string, body: unknown) => answer('POST', path, body),
    follow: async (path: string, on: { state: (check: Check) => void }) => on.state((await answer('GET', path)).data as Check),
  };
  const ctx = {
    api, locale: new Locale('ru'), language: 'ru', kit: kitTexts.ru, organization: 'demo',
    go: () => undefined, say: (text: string) => void said.push(text),
  } as unknown as PageContext;
  return { ctx, asked, said };
}

async function shown(reply: Reply) {
  const made = contextOf(reply);
  const element = document.createElement('u2035-setup');
  Object.assign(element, { ctx: made.ctx, project: 'bas', organization: 'demo', language: 'ru' });
  document.body.append(element);
  const settle = async () => {
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, 0));
    await element.updateComplete;
  };
  await settle();
  const button = (text: string) => [...element.renderRoot.querySelectorAll('button')].find((one) => one.textContent?.includes(text));
  const basic = () => element.renderRoot.querySelector<HTMLInputElement>('#f-basic');
  const type = async (text: string) => {
    basic()!.value = text;
    basic()!.dispatchEvent(new Event('input'));
    await element.updateComplete;
  };
  return { ...made, element, settle, button, basic, type };
}

afterEach(() => document.body.replaceChildren());

describe('the wizard on stage 2', () => {
  it('keeps what was typed when the check fails, and blames the field', async () => {
    const failed = madeCheck('failed', [madeStep('lrs.get', 'failed', 'unauthorized', { cause: 'Basic неверен', fix: 'Вставьте другой' })]);
    let wizard = madeWizard();
    const page = await shown((_, path) => {
      if (path.endsWith('/check')) {
        wizard = madeWizard({ status: 'data-error', runningCheck: { id: 'c1', stage: 2, deadline: failed.deadline } });
        return madeCheck('running', []);
      }
      if (path.includes('/checks/')) {
        wizard = madeWizard({ status: 'data-error', stages: [madeStage(1, 'done'), madeStage(2, 'failed', { lastCheck: 'failed' }), madeStage(3, 'locked'), madeStage(4, 'locked')], lastCheck: failed });
        return failed;
      }
      return wizard;
    });
    expect(page.button('Подключить')!.disabled).toBe(true);
    await page.type('Zm9vOmJhcg==');
    expect(page.button('Подключить')!.disabled).toBe(false);
    page.button('Подключить')!.click();
    await page.settle();
    expect(page.basic()!.value).toBe('Zm9vOmJhcg==');
    expect(page.basic()!.getAttribute('aria-invalid')).toBe('true');
    expect(page.element.renderRoot.querySelector('#f-basic-err')!.textContent).toContain('Basic неверен');
    expect(page.button('Проверено')!.disabled).toBe(true);
    expect(page.said.at(-1)).toContain('Basic неверен');
  });

  it('takes the secret off the page once it is saved', async () => {
    const passed = madeCheck('passed', [madeStep('lrs.get'), madeStep('lrs.post')]);
    let wizard = madeWizard();
    const page = await shown((_, path) => {
      if (path.endsWith('/check')) {
        wizard = madeWizard({ runningCheck: { id: 'c1', stage: 2, deadline: passed.deadline } });
        return madeCheck('running', []);
      }
      if (path.includes('/checks/')) {
        wizard = madeWizard({
          stages: [madeStage(1, 'done'), madeStage(2, 'open', { lastCheck: 'passed', canContinue: true }), madeStage(3, 'locked'), madeStage(4, 'locked')],
          credentials: { testBasic: { lastFour: 'hcg=' }, productionBasic: null, storage: null },
          lastCheck: passed,
          guid: '99e6a6a2',
        });
        return passed;
      }
      return wizard;
    });
    await page.type('Zm9vOmJhcg==');
    page.button('Подключить')!.click();
    await page.settle();
    expect(page.basic()).toBeNull();
    expect(page.element.renderRoot.querySelector<HTMLInputElement>('#s-basic')!.value).toBe('•••••••• hcg=');
    expect(page.button('Проверено')!.disabled).toBe(false);
    expect(page.element.renderRoot.querySelector('.guid code')!.textContent).toBe('99e6a6a2');
  });

  it('shows how it stands when somebody else was first, and keeps what was typed', async () => {
    const current: Wizard = madeWizard({ version: 9 });
    const page = await shown((_, path) => {
      if (path.endsWith('/check')) throw new ApiError({ status: 412, code: 'precondition-failed', detail: '' }, { current });
      return madeWizard();
    });
    await page.type('Zm9vOmJhcg==');
    page.button('Подключить')!.click();
    await page.settle();
    expect(page.element.renderRoot.textContent).toContain('Настройку уже изменил кто-то другой');
    expect(page.basic()!.value).toBe('Zm9vOmJhcg==');
    expect(page.element.wizard.version).toBe(9);
  });

  it('goes on following a check that was running before a reload', async () => {
    const passed = madeCheck('passed', [madeStep('lrs.get'), madeStep('lrs.post')]);
    let done = false;
    const page = await shown((_, path) => {
      if (path.includes('/checks/')) {
        done = true;
        return passed;
      }
      return done ? madeWizard({ lastCheck: passed }) : madeWizard({ runningCheck: { id: 'c1', stage: 2, deadline: passed.deadline } });
    });
    await page.settle();
    expect(page.asked).toContain('GET /checks/c1');
    expect(page.said).toContain('Этап 2: проверка пройдена');
  });
});

describe('stage 4 with data that are stored', () => {
  const stages = [madeStage(1, 'done'), madeStage(2, 'done'), madeStage(3, 'done'), madeStage(4, 'open')];
  const atFour = (userId: string, more: Partial<Wizard> = {}) =>
    madeWizard({
      stage: 4, opened: 4, stages,
      credentials: {
        testBasic: { lastFour: 'aaaa' }, productionBasic: { lastFour: '9e07' },
        storage: { userId, accessKeyId: 'KEY1', secretKey: { lastFour: 'ret1' }, storageUrl: 'https://s3', bucket: 'works' },
      },
      endpoints: { test: { address: 'https://t', source: 'profile' }, production: { address: 'https://p', source: 'profile' } },
      ...more,
    });

  it('sends what was changed alone, again after somebody else was first', async () => {
    const sent: unknown[] = [];
    const page = await shown((_, path, body) => {
      if (!path.endsWith('/check')) return atFour('mine');
      sent.push(body);
      throw new ApiError({ status: 412, code: 'precondition-failed', detail: '' }, { current: atFour('theirs', { version: 9 }) });
    });
    page.element.renderRoot.querySelector<HTMLElement>('.peek')!.click();
    await page.settle();
    const field = (name: string) => page.element.renderRoot.querySelector<HTMLInputElement>(`#f-${name}`)!;
    expect([field('userId').value, field('basic').value, field('secretKey').value]).toEqual(['mine', '', '']);
    expect(page.element.renderRoot.querySelector('#f-secretKey-hint')!.textContent).toContain('ret1');
    expect(page.button('Интеграция')!.disabled).toBe(true);
    field('secretKey').value = 'new';
    field('secretKey').dispatchEvent(new Event('input'));
    await page.settle();
    page.button('Интеграция')!.click();
    await page.settle();
    expect([field('userId').value, field('secretKey').value]).toEqual(['theirs', 'new']);
    page.button('Интеграция')!.click();
    await page.settle();
    expect(sent).toEqual([{ secretKey: 'new' }, { secretKey: 'new' }]);
  });
});

it('several buckets are offered at their field, and the one that is taken goes with the next check', async () => {
  const asked = madeCheck('failed', [madeStep('lrs.get'), madeStep('lrs.post'), madeStep('s3.buckets', 'failed', 'choose-bucket', { cause: 'Бакетов несколько', fix: 'Допишите имя нужного', choices: ['works', 'backup'] })], { stage: 4 });
  const stages = [madeStage(1, 'done'), madeStage(2, 'done'), madeStage(3, 'done'), madeStage(4, 'failed', { lastCheck: 'failed' })];
  const sent: Record<string, string>[] = [];
  const page = await shown((_, path, body) => {
    if (path.endsWith('/check')) sent.push(body as Record<string, string>);
    return path.endsWith('/check') || path.includes('/checks/') ? asked : madeWizard({ status: 'data-error', stage: 4, opened: 4, stages, lastCheck: asked });
  });
  const typed = { endpoint: 'https://p/data/xAPI', basic: 'Zm9vOmJhcg==', userId: 'u', accessKeyId: 'a', secretKey: 's', storageUrl: 'https://s3' };
  for (const [name, value] of Object.entries(typed)) {
    const input = page.element.renderRoot.querySelector<HTMLInputElement>(`#f-${name}`)!;
    input.value = value;
    input.dispatchEvent(new Event('input'));
  }
  await page.settle();
  const choice = page.element.renderRoot.querySelector('[role="group"][aria-label="Какой бакет ваш?"]')!;
  expect([...choice.querySelectorAll('button')].map((one) => one.textContent?.trim())).toEqual(['Взять бакет works', 'Взять бакет backup']);
  expect(page.element.renderRoot.querySelector('#f-bucket-err')!.textContent).toContain('Бакетов несколько');
  page.button('Взять бакет backup')!.click();
  await page.settle();
  expect(page.element.renderRoot.querySelector<HTMLInputElement>('#f-bucket')!.value).toBe('backup');
  page.button('Интеграция')!.click();
  await page.settle();
  expect(sent).toEqual([{ ...typed, bucket: 'backup' }]);
});

it('several buckets are offered at once after a reload, above the saved data as well', async () => {
  const asked = madeCheck('failed', [madeStep('s3.buckets', 'failed', 'choose-bucket', { cause: 'Бакетов несколько', choices: ['works', 'backup'] })], { stage: 4 });
  const stages = [madeStage(1, 'done'), madeStage(2, 'done'), madeStage(3, 'done'), madeStage(4, 'failed', { lastCheck: 'failed' })];
  const offered = (page: Awaited<ReturnType<typeof shown>>) => [...page.element.renderRoot.querySelectorAll('[role="group"][aria-label="Какой бакет ваш?"] button')].map((one) => one.textContent?.trim());
  const at = (more: Partial<Wizard>) => madeWizard({ status: 'data-error', stage: 4, opened: 4, stages, lastCheck: asked, ...more });
  expect(offered(await shown(() => at({})))).toEqual(['Взять бакет works', 'Взять бакет backup']);
  document.body.replaceChildren();
  const sent: unknown[] = [];
  const storage = { userId: 'u', accessKeyId: 'a', secretKey: { lastFour: 'ret1' }, storageUrl: 'https://s3', bucket: '' };
  const endpoints = { test: { address: 'https://t', source: 'profile' as const }, production: { address: 'https://p', source: 'profile' as const } };
  const saved = await shown((_, path, body) => {
    if (path.endsWith('/check')) sent.push(body);
    return path.includes('/check') ? asked : at({ endpoints, credentials: { testBasic: { lastFour: 'aaaa' }, productionBasic: { lastFour: '9e07' }, storage } });
  });
  expect(offered(saved)).toEqual(['Взять бакет works', 'Взять бакет backup']);
  saved.button('Взять бакет backup')!.click();
  await saved.settle();
  expect(saved.element.renderRoot.querySelector<HTMLInputElement>('#f-bucket')!.value).toBe('backup');
  saved.button('Интеграция')!.click();
  await saved.settle();
  expect(sent).toEqual([{ bucket: 'backup' }]);
});

it('a passed stage names who passed it as the list of people does', async () => {
  const stages = [madeStage(1, 'done', { passedAt: '2026-11-24T07:20:00Z', passedBy: 'anna' }), madeStage(2, 'open'), madeStage(3, 'locked'), madeStage(4, 'locked')];
  const page = await shown((_, path) => (path === '/api/v1/session' ? { login: 'anna', name: 'Анна Смирнова' } : madeWizard({ stages })));
  expect(page.element.renderRoot.querySelector('.when')!.textContent).toBe('24 ноября, Анна Смирнова');
});

describe('the reminder of a letter', () => {
  const reminder = { letter: 'production-access', copiedAt: '2026-11-20T09:00:00Z', remindAt: '2026-11-25T09:00:00Z' };
  const atThree = (due: boolean, state: 'open' | 'done' = 'open') =>
    madeWizard({ stage: 3, opened: 3, stages: [madeStage(1, 'done'), madeStage(2, 'done'), madeStage(3, state, { letter: 'production-access', storageLetter: 'storage-access', reminder: { ...reminder, due } }), madeStage(4, 'locked')] });
  it('names its day until then, and warns once three working days are over', async () => {
    const before = await shown(() => atThree(false));
    expect(before.element.renderRoot.textContent).toMatch(/Письмо скопировано 20 ноября.*Напомним здесь 25 ноября/);
    expect(before.element.renderRoot.querySelector('.note.warn')).toBeNull();
    const after = await shown(() => atThree(true));
    expect(after.element.renderRoot.querySelector('.note.warn[role="status"]')!.textContent).toMatch(/Прошло три рабочих дня.*20 ноября/s);
  });
  it('is over with the stage', async () => {
    const done = await shown(() => atThree(true, 'done'));
    expect(done.element.renderRoot.textContent).not.toContain('Прошло три рабочих дня');
  });
});

it('an integration that nobody has opened is opened by an act, not by looking at it', async () => {
  const page = await shown((_, path) =>
    path.endsWith('/open') ? madeWizard({ stage: 1, opened: 1, stages: [madeStage(1, 'open'), madeStage(2, 'locked'), madeStage(3, 'locked'), madeStage(4, 'locked')] }) : madeWizard({ status: 'not-done', opened: 0 }),
  );
  expect(page.asked).toEqual(['GET ']);
  page.button('Начать настройку')!.click();
  await page.settle();
  expect(page.asked).toContain('POST /open');
});

it('an active integration shows nothing that could be changed', async () => {
  const page = await shown(() => madeWizard({ status: 'active', statusText: 'Активен' }));
  expect(page.element.renderRoot.querySelectorAll('input')).toHaveLength(0);
});

it('an active integration offers to replace its key, and says why where it can’t be', { timeout: 20_000 }, async () => {
  const active = (canReplaceKey: boolean) => madeWizard({ status: 'active', statusText: 'Активен', canReplaceKey });
  const off = await shown(() => active(false));
  expect(off.button('Заменить ключ')!.getAttribute('aria-disabled')).toBe('true');
  off.button('Заменить ключ')!.click();
  await off.settle();
  expect(off.element.renderRoot.querySelector('u2035-replace')).toBeNull();
  expect(off.element.renderRoot.querySelector('#why-replace')!.textContent).toContain('Сейчас нельзя');
  document.body.replaceChildren();
  const on = await shown(() => active(true));
  on.button('Заменить ключ')!.click();
  await vi.waitFor(() => expect(on.element.renderRoot.querySelector('u2035-replace')?.renderRoot.querySelector('dialog')?.open).toBe(true), { timeout: 10_000 });
});
