import { expect, it, vi } from 'vitest';
import { ApiError } from '@kit/api';
import type { PageContext } from '@kit/element';
import '@kit/happy-dom';
import { Locale } from '@kit/locale';
import './u2035-sign-in-button';
import type { Standing } from './standing';
import type { SignInButton } from './u2035-sign-in-button';

const link = 'https://lms.example.org/u2035/sso/join?t=abc';

const nobody: Standing = { state: 'none', contour: 'production', since: null, untiIdEnd: '', join: null, mayUnlink: false };
const linked: Standing = { ...nobody, state: 'linked', since: '2025-09-15T07:00:00Z', untiIdEnd: '0123', join: '17', mayUnlink: true };

async function shown(change: Partial<SignInButton>, post: (path: string, body: unknown) => Promise<{ data: Standing }> = async () => ({ data: nobody })): Promise<SignInButton> {
  const ctx = { language: 'ru', organization: 'demo', locale: new Locale('ru'), kit: { cancel: 'Отмена' }, api: { post } } as unknown as PageContext;
  const element = Object.assign(document.createElement('u2035-sign-in-button'), { ctx }, change);
  document.body.replaceChildren(element);
  await element.updateComplete;
  return element;
}
const text = (element: SignInButton): string => element.shadowRoot!.textContent!.replace(/\s+/g, ' ').trim();
async function press(element: SignInButton): Promise<void> {
  element.shadowRoot!.querySelector('button')!.click();
  await vi.waitFor(() => expect(element.shadowRoot!.querySelector('[role=status]')!.childElementCount).toBe(1));
}
function tab() {
  const opened = { opener: {} as unknown, location: { replace: vi.fn() }, close: vi.fn() };
  window.open = () => opened as unknown as Window;
  return opened;
}

it('without a personal link nothing is shown to a learner', async () => {
  expect(text(await shown({}))).toBe('');
  expect(text(await shown({ link: 'https://evil.example/' }))).toBe('');
});

it('the button has the full name of University 20.35, and opens the link in a tab that doesn’t know us', async () => {
  const opened = tab();
  const element = await shown({ link, returnTo: '/course/7' });
  expect(text(element)).toContain('Войти через Университет 20.35');
  await press(element);
  expect(opened.location.replace).toHaveBeenCalledWith(link);
  expect(opened.opener).toBeNull();
  expect(element.shadowRoot!.querySelector('[role=status] a')?.textContent).toBe('Продолжить');
});

it('what the platform’s server refuses is told with what to do, and the empty tab is closed', async () => {
  const opened = tab();
  const element = await shown({ link: async () => Promise.reject(Object.assign(new Error(), { code: 'sso.not-configured' })) });
  await press(element);
  expect(opened.close).toHaveBeenCalled();
  expect(text(element)).toContain('пока не настроен');
  expect(element.shadowRoot!.querySelector('button')).not.toBeNull();
});

it('who has an unti_id already has no button left to press', async () => {
  tab();
  const element = await shown({ link: async () => Promise.reject(Object.assign(new Error(), { code: 'has-unti-id' })) });
  await press(element);
  expect(text(element)).toContain('Больше ничего делать не нужно');
  expect(element.shadowRoot!.querySelector('button')).toBeNull();
});

it('where the browser opens no tab the link is there to press', async () => {
  window.open = () => null;
  const element = await shown({ link });
  await press(element);
  expect(element.shadowRoot!.querySelector('[role=status] a')?.getAttribute('href')).toBe(link);
});

const card = (element: SignInButton) => element.shadowRoot!.querySelector('u2035-sign-in-linked')!;

it('who is linked sees since when and which id ends how, and nothing to press without the right to unlink', async () => {
  const post = vi.fn(async () => ({ data: { ...linked, mayUnlink: false } }));
  const element = await shown({ link }, post);
  await vi.waitFor(() => expect(card(element)).not.toBeNull());
  await card(element).updateComplete;
  const told = card(element).shadowRoot!.textContent!;
  expect(post).toHaveBeenCalledWith('/u2035/sso/state', { token: 'abc' });
  expect(told).toContain('15 сентября');
  expect(told).toContain('оканчивается на 0123');
  expect(told).toContain('связь снимает она');
  expect(card(element).shadowRoot!.querySelector('#unlink')).toBeNull();
  expect(element.shadowRoot!.querySelector('button')).toBeNull();
});

it('unlinking is asked about, says that what was sent stays, and names what was seen', async () => {
  const post = vi.fn(async (path: string) => ({ data: path.endsWith('unlink') ? nobody : linked }));
  const element = await shown({ link }, post);
  await vi.waitFor(() => expect(card(element)).not.toBeNull());
  await card(element).updateComplete;
  const inside = card(element).shadowRoot!;
  inside.querySelector<HTMLElement>('#unlink')!.click();
  expect(inside.querySelector('dialog')!.open).toBe(true);
  expect(inside.querySelector('dialog')!.textContent).toContain('остаются в Университете 20.35');
  expect(post).toHaveBeenCalledTimes(1);
  inside.querySelector<HTMLElement>('#yes')!.click();
  await vi.waitFor(() => expect(text(element)).toContain('Университет 20.35 отвязан'));
  expect(post).toHaveBeenLastCalledWith('/u2035/sso/unlink', { token: 'abc', join: '17' });
});

it('a link that doesn’t serve any more is told, and where nothing can be known the button stays', async () => {
  const dead = await shown({ link }, async () => Promise.reject(new ApiError({ status: 410, code: 'sso.link-expired', detail: '' })));
  await vi.waitFor(() => expect(text(dead)).toContain('Ссылка для входа не действует'));
  expect(dead.shadowRoot!.querySelector('button')).toBeNull();
  const offline = await shown({ link }, async () => Promise.reject(new ApiError({ status: 0, code: 'network', detail: '' })));
  await offline.updateComplete;
  expect(offline.shadowRoot!.querySelector('button')).not.toBeNull();
});

it('a function is asked for the link at once only where the state is wanted', async () => {
  const ask = vi.fn(async () => link);
  await shown({ link: ask });
  expect(ask).not.toHaveBeenCalled();
  const element = await shown({ link: ask, status: true }, async () => ({ data: linked }));
  await vi.waitFor(() => expect(card(element)).not.toBeNull());
});
