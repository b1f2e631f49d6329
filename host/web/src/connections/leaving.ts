/** Asks before what is typed is lost: by a link, by "back", or by closing the page. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class Leaving implements ReactiveController {
  private here = '';
  private passes = false;

  constructor(
    host: ReactiveControllerHost,
    private readonly isChanged: () => boolean,
    private readonly ask: () => Promise<boolean>,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.here = location.hash;
    // It comes before the "hashchange" by which the shell goes: put back by then, there is nothing to go to.
    window.addEventListener('popstate', this.onWay);
    window.addEventListener('beforeunload', this.onUnload);
  }
  hostDisconnected(): void {
    window.removeEventListener('popstate', this.onWay);
    window.removeEventListener('beforeunload', this.onUnload);
  }

  private readonly onWay = (): void => {
    const wanted = location.hash;
    if (this.passes || wanted === this.here || !this.isChanged()) {
      this.here = wanted;
      return;
    }
    history.replaceState(null, '', this.here);
    void this.ask().then((yes) => {
      if (!yes) return;
      this.passes = true;
      location.hash = wanted;
    });
  };

  private readonly onUnload = (event: BeforeUnloadEvent): void => {
    if (!this.passes && this.isChanged()) event.preventDefault();
  };
}
