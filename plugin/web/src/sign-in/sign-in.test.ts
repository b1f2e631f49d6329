import { expect, it, vi } from 'vitest';
import type { PageContext } from '@kit/element';
import '@kit/happy-dom';
import './u2035-sign-in-button';
import type { SignInButton } from './u2035-sign-in-button';

const link = 'https://lms.example.org/u2035/sso/join?t=abc';

async function shown(change: Partial<SignInButton>): Promise<SignInButton> {
  const element = Object.assign(document.createElement('u2035-sign-in-button'), { ctx: { language: 'ru', organization: 'demo' } as PageContext }, change);
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
