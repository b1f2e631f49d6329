import { afterEach, describe, expect, it, vi } from 'vitest';
import './u2035-integrations-notice';
import type { IntegrationsNotice } from './u2035-integrations-notice';

async function shown(answer: () => Response): Promise<IntegrationsNotice> {
  vi.stubGlobal('fetch', () => Promise.resolve(answer()));
  const element = document.createElement('u2035-integrations-notice') as IntegrationsNotice;
  element.organization = 'demo';
  document.body.append(element);
  for (let i = 0; i < 5; i += 1) await new Promise((done) => setTimeout(done));
  await element.updateComplete;
  return element;
}
const cards = (...statuses: [string, string][]) => () =>
  new Response(JSON.stringify({ items: statuses.map(([status, statusText], i) => ({ title: `Проект ${i}`, status, statusText })), next: null }), { headers: { 'Content-Type': 'application/json' } });

describe('the notice on the organization page', () => {
  afterEach(() => {
    document.body.replaceChildren();
    vi.unstubAllGlobals();
  });
  it('says in the words of the instruction that nothing is sent, and for which project', async () => {
    const element = await shown(cards(['active', 'Активен'], ['in-progress', 'В процессе 2/4']));
    const text = element.renderRoot.textContent!;
    expect(text).toContain('Без настроенной интеграции цифровой след не будет отправлен и, соответственно, принят У2035.');
    expect(text).toContain('Проект 1: В процессе 2/4');
    expect(text).not.toContain('Проект 0');
  });
  it('says nothing where all is set up, and where it is not known', async () => {
    expect((await shown(cards(['active', 'Активен']))).renderRoot.textContent!.trim()).toBe('');
    expect((await shown(() => new Response('{}', { status: 403 }))).renderRoot.textContent!.trim()).toBe('');
  });
  it('leads to the integrations', async () => {
    const element = await shown(cards(['not-done', 'Не выполнен']));
    const asked = vi.fn();
    element.addEventListener('lms-navigate', asked);
    element.renderRoot.querySelector('button')!.click();
    expect(asked).toHaveBeenCalledOnce();
  });
});
