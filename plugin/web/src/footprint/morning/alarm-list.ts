/** The organisation's open alarms with what to do, and stores that rest of which no alarm speaks. */

import { html, nothing, type TemplateResult } from 'lit';
import { isOfIntegration, projectOf, withTitles } from '@kit/alarms';
import type { PageContext } from '@kit/element';
import { icon, type IconName } from '@kit/icons';
import type { Alarm, Destination } from './model';
import { texts } from './texts';

const looks: Record<string, { icon: IconName; look: string; opens?: 'quarantine' | 'unsendable' }> = {
  'destination-paused': { icon: 'key', look: '' },
  'destination-silent': { icon: 'plug', look: 'warn' },
  'quarantine-large': { icon: 'inbox', look: '', opens: 'quarantine' },
  'read-back': { icon: 'alert', look: '', opens: 'unsendable' },
};

/** Times in a server's sentence are in UTC: people read them by their own clock. */
export function withLocalTimes(text: string, moment: (time: string) => string): string {
  return text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, (time) => moment(time));
}

export function alarmList(ctx: PageContext, alarms: readonly Alarm[], destinations: readonly Destination[], titles: ReadonlyMap<string, string>, toIntegration: (project: string) => void): TemplateResult | typeof nothing {
  const t = texts[ctx.language];
  const { locale } = ctx;
  const silent = destinations.filter((one) => one.state !== 'open' && !alarms.some((alarm) => alarm.key.endsWith(one.store)));
  if (alarms.length === 0 && silent.length === 0) return nothing;
  const opener = (project: string) =>
    html`<div class="btns"><button class="btn small" type="button" aria-label=${t.openIntegrationOf(titles.get(project) ?? project)} @click=${() => toIntegration(project)}>${t.openIntegration}</button></div>`;
  return html`<div class="alarms" role="region" aria-label=${t.alarms}>
    ${alarms.map((alarm) => {
      const look = looks[alarm.code] ?? { icon: 'alert' as const, look: '' };
      const store = destinations.find((one) => alarm.key.endsWith(one.store));
      const project = projectOf(alarm, titles) ?? store?.project ?? null;
      const waits = store && store.state !== 'open' && alarm.code.startsWith('destination-') ? store.waiting + store.inDoubt : 0;
      return html`<div class="alarm ${look.look}" role="alert">
        ${icon(look.icon)}
        <div>
          <h2>${withTitles(alarm.title, titles)}</h2>
          ${alarm.detail ? html`<p>${withLocalTimes(alarm.detail, (time) => locale.moment(time))}</p>` : nothing}
          ${waits > 0 ? html`<p>${t.waits(waits, locale)}</p>` : nothing}
          ${alarm.fix ? html`<p>${alarm.fix}</p>` : nothing}
        </div>
        ${look.opens
          ? html`<div class="btns"><button class="btn small" type="button" @click=${() => ctx.go(look.opens!)}>${t.open[look.opens]}</button></div>`
          : project && isOfIntegration(alarm) ? opener(project) : nothing}
      </div>`;
    })}
    ${silent.map(
      (one) =>
        html`<div class="alarm ${one.state === 'silent' ? 'warn' : ''}" role="alert">
          ${icon(one.state === 'silent' ? 'plug' : 'key')}
          <div>
            <h2>${t.resting[one.state === 'silent' ? 'silent' : 'paused'](titles.get(one.project) ?? one.project)}</h2>
            <p>${one.waiting + one.inDoubt > 0 ? t.waits(one.waiting + one.inDoubt, locale) : nothing} ${one.probeAt ? t.probeAt(locale.moment(one.probeAt)) : nothing}</p>
            ${one.reason ? html`<details class="more"><summary>${icon('chev', 's')}${t.raw}</summary><pre class="raw" tabindex="0">${one.reason}</pre></details>` : nothing}
          </div>
          ${opener(one.project)}
        </div>`,
    )}
  </div>`;
}
