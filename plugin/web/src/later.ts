/** Parts of a view whose code comes when they are shown. */

import { failure, loading, type PageContext } from '@kit/element';

/** Who shows the part: drawn anew once it is there. */
export interface Shows {
  readonly ctx: PageContext;
  requestUpdate(): void;
}

/**
 * `load` brings the part's code; the function it gives shows `view` once that is there, and until then that it is loading or what
 * went wrong, with a way to try again.
 */
export function later(load: () => Promise<unknown>): (shows: Shows, view: () => unknown) => unknown {
  let state: 'idle' | 'loading' | 'ready' | { wrong: unknown } = 'idle';
  const waiting = new Set<Shows>();
  const settle = (now: typeof state) => {
    state = now;
    for (const one of waiting) one.requestUpdate();
    waiting.clear();
  };
  const begin = () => {
    state = 'loading';
    load().then(
      () => settle('ready'),
      (wrong: unknown) => settle({ wrong }),
    );
  };
  return (shows, view) => {
    if (state === 'ready') return view();
    if (typeof state === 'object')
      return failure(shows.ctx, state.wrong, () => {
        begin();
        shows.requestUpdate();
      });
    if (state === 'idle') begin();
    waiting.add(shows);
    return loading(shows.ctx);
  };
}
