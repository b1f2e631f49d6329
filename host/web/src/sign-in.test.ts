import { ApiError } from '@kit/api';
import { kitTexts } from '@kit/texts';
import { Locale } from '@kit/locale';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ShellContext } from './context';
import './sign-in';
import type { SignIn } from './sign-in';

async function form(post: () => Promise<unknown>): Promise<SignIn> {
  const element = document.createElement('lms-sign-in') as SignIn;
  element.ctx = { api: { post, forget: () => {} }, language: 'ru', locale: new Locale('ru'), kit: kitTexts.ru } as unknown as ShellContext;
  document.body.append(element);
  await element.updateComplete;
  return element;
}
async function submit(element: SignIn, login: string, password: string): Promise<void> {
  for (const [id, value] of [['login', login], ['password', password]] as const) {
    const input = element.renderRoot.querySelector<HTMLInputElement>(`#${id}`)!;
    input.value = value;
    input.dispatchEvent(new Event('input'));
  }
  element.renderRoot.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
  await vi.advanceTimersByTimeAsync(0);
  await element.updateComplete;
}
const said = (element: SignIn) => element.renderRoot.querySelector('[role="alert"]')!.textContent!.trim();

describe('sign-in', () => {
  vi.useFakeTimers();
  afterEach(() => document.body.replaceChildren());

  it('says what is wrong and forgets the password', async () => {
    const element = await form(() => Promise.reject(new ApiError({ status: 401, code: 'sign-in-failed', detail: '' })));
    await submit(element, 'anna', 'wrong');
    expect(said(element)).toMatch(/неверны/);
    expect(element.renderRoot.querySelector<HTMLInputElement>('#password')!.value).toBe('');
    expect(element.renderRoot.querySelector<HTMLInputElement>('#login')!.value).toBe('anna');
  });
  it('asks nobody when a field is empty', async () => {
    const post = vi.fn();
    const element = await form(post);
    await submit(element, 'anna', '');
    expect(post).not.toHaveBeenCalled();
    expect(said(element)).toBe('Введите логин и пароль.');
  });
  it('counts the time that the server wants it to wait, then lets go on', async () => {
    const element = await form(() => Promise.reject(new ApiError({ status: 429, code: 'sign-in-throttled', detail: 'wait 3 seconds and' })));
    await submit(element, 'anna', 'wrong');
    const button = () => element.renderRoot.querySelector<HTMLButtonElement>('button[type="submit"]')!;
    expect(button().disabled).toBe(true);
    expect(said(element)).toMatch(/3\sсекунды/);
    await vi.advanceTimersByTimeAsync(3000);
    await element.updateComplete;
    expect(button().disabled).toBe(false);
    expect(said(element)).toBe('');
  });
  it('tells when it is done', async () => {
    const element = await form(() => Promise.resolve({}));
    const done = vi.fn();
    element.addEventListener('signed-in', done);
    await submit(element, 'anna', 'right');
    expect(done).toHaveBeenCalledOnce();
  });
});
