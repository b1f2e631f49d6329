// @vitest-environment happy-dom
import type { ReactiveControllerHost } from 'lit';
import { beforeEach, describe, expect, it } from 'vitest';
import { Leaving } from './leaving';

const host = { addController: () => undefined } as unknown as ReactiveControllerHost;
const goTo = async (hash: string) => {
  history.replaceState(null, '', hash);
  window.dispatchEvent(new Event('popstate'));
  await Promise.resolve();
  await Promise.resolve();
};

describe('leaving a form', () => {
  let changed = true;
  let answer = false;
  let asked = 0;
  let leaving: Leaving;
  beforeEach(() => {
    [changed, answer, asked] = [true, false, 0];
    history.replaceState(null, '', '#/here');
    leaving = new Leaving(host, () => changed, () => (asked++, Promise.resolve(answer)));
    leaving.hostConnected();
    return () => leaving.hostDisconnected();
  });

  it('without anything typed asks nothing', async () => {
    changed = false;
    await goTo('#/there');
    expect([asked, location.hash]).toEqual([0, '#/there']);
  });
  it('with something typed stays unless it is let go', async () => {
    await goTo('#/there');
    expect([asked, location.hash]).toEqual([1, '#/here']);
    answer = true;
    await goTo('#/there');
    expect([asked, location.hash]).toEqual([2, '#/there']);
  });
  it('is asked by the browser too when the page is closed', () => {
    const close = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(close()).toBe(true);
    changed = false;
    expect(close()).toBe(false);
  });
});
