import { html, nothing, render } from 'lit';
import { expect, it, vi } from 'vitest';
import '@kit/happy-dom';
import type { PageContext } from '@kit/element';
import { later } from './later';

const ctx = { kit: { loading: 'Загружаем', failedTitle: 'Не получилось', failedFix: 'Повторите', retry: 'Повторить' } } as unknown as PageContext;
const shownBy = (part: ReturnType<typeof later>) => {
  const place = document.createElement('div');
  const shows = { ctx, requestUpdate: () => render(html`${part(shows, () => html`<b>Часть</b>`) ?? nothing}`, place) };
  shows.requestUpdate();
  return place;
};

it('a part is fetched once when it is first shown, and everybody who waits for it gets it', async () => {
  let arrive = () => {};
  const load = vi.fn(() => new Promise<void>((resolve) => (arrive = resolve)));
  const part = later(load);
  expect(load).not.toHaveBeenCalled();
  const places = [shownBy(part), shownBy(part)];
  expect(places.map((one) => one.querySelector('b'))).toEqual([null, null]);
  arrive();
  await vi.waitFor(() => expect(places.every((one) => one.querySelector('b'))).toBe(true));
  expect(shownBy(part).querySelector('b')).not.toBeNull();
  expect(load).toHaveBeenCalledTimes(1);
});

it('a part that didn’t come says so and is asked for again', async () => {
  let works = false;
  const place = shownBy(later(async () => (works ? undefined : Promise.reject(new Error('cut off')))));
  await vi.waitFor(() => expect(place.textContent).toContain('cut off'));
  works = true;
  place.querySelector('button')!.click();
  await vi.waitFor(() => expect(place.querySelector('b')).not.toBeNull());
});
