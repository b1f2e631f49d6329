/** One project's card: status, how far it came, what is next; of an active one its facts and the gear. */

import { html, nothing, type TemplateResult } from 'lit';
import type { PageContext } from '@kit/element';
import { icon, type IconName } from '@kit/icons';
import type { Card, Stage, Wizard } from '../model';
import { bareTitle, failedStep } from '../rules';
import { statusBadge } from '../status';
import type { CardsTexts } from './texts';

export interface CardHost {
  readonly ctx: PageContext;
  readonly words: CardsTexts;
  readonly busy: string;
  open(card: Card): void;
  enter(card: Card): void;
  scope(card: Card): void;
  act(card: Card, what: 'replace' | 'disconnect'): void;
}

type Quarter = 'done' | 'now' | 'fail' | '';

export function quartersOf(card: Card, wizard: Wizard | undefined): Quarter[] {
  return [1, 2, 3, 4].map((n) => {
    const stage = wizard?.stages[n - 1];
    if (stage) {
      if (stage.state === 'failed') return 'fail';
      return stage.state === 'done' ? 'done' : stage.state === 'open' ? 'now' : '';
    }
    // Before the details are here: "opened" of the list.
    if (n > card.stage) return '';
    return n < card.stage || card.status === 'active' ? 'done' : card.status === 'data-error' ? 'fail' : 'now';
  });
}

/** Where the work stands: the failed stage, else the furthest opened. */
export function currentStage(wizard: Wizard): Stage {
  return wizard.stages.find((one) => one.state === 'failed') ?? wizard.stages[Math.max(0, wizard.opened - 1)]!;
}

export function card(host: CardHost, one: Card, wizard: Wizard | undefined): TemplateResult {
  const { ctx, words } = host;
  const id = `card-${one.project}`;
  return html`<article class="card" aria-labelledby=${id}>
    <div class="card-top">
      <span class="glyph">${icon(glyphOf(one.project), 'l')}</span>
      <div class="head-main">
        <h2 id=${id}>${one.title}</h2>
        ${one.contour ? html`<p class="small faint">${one.contour === 'test' ? words.testContour : words.productionContour}</p>` : nothing}
      </div>
      ${one.canDisconnect
        ? html`<u2035-gear
            .ctx=${ctx} .card=${one} .wizard=${wizard}
            @act=${(event: CustomEvent<'replace' | 'disconnect'>) => host.act(one, event.detail)}
          ></u2035-gear>`
        : nothing}
    </div>
    <div>${statusBadge(one)}</div>
    ${one.status === 'active' ? activeBody(host, one, wizard) : way(host, one, wizard)}
    ${foot(host, one)}
  </article>`;
}

function glyphOf(project: string): IconName {
  return /bas/i.test(project) ? 'drone' : /cod|kb/i.test(project) ? 'code' : 'brief';
}

function warning(one: Card): TemplateResult | typeof nothing {
  return one.warning ? html`<div class="note bad">${icon('alert')}<p>${one.warning}</p></div>` : nothing;
}

function activeBody({ words }: CardHost, one: Card, wizard: Wizard | undefined): TemplateResult {
  const storage = wizard?.credentials.storage;
  return html`<div class="stack-s">
    ${warning(one)}
    ${wizard
      ? html`<dl class="facts">
          <dt>${words.endpoint}</dt><dd class="mono">${wizard.endpoints.production.address || '—'}</dd>
          <dt>${words.basic}</dt><dd class="mono">•••• ${wizard.credentials.productionBasic?.lastFour ?? '—'}</dd>
          <dt>${words.storage}</dt>
          <dd class=${storage ? 'mono' : ''}>${storage ? [storage.storageUrl.replace(/\/+$/, ''), storage.bucket].filter(Boolean).join('/') : words.noStorage}</dd>
        </dl>`
      : nothing}
  </div>`;
}

function way(host: CardHost, one: Card, wizard: Wizard | undefined): TemplateResult {
  const { words } = host;
  const quarters = html`<span class="quarters" aria-hidden="true">${quartersOf(one, wizard).map((state) => html`<i class=${state}></i>`)}</span>`;
  if (one.status === 'not-done') return html`<div class="track-line">${warning(one)}${quarters}<p class="muted">${words.early}</p></div>`;
  if (!wizard) return html`<div class="track-line">${warning(one)}${quarters}</div>`;
  const stage = currentStage(wizard);
  return html`<div class="track-line">
    ${warning(one)} ${quarters}
    <p class="between"><b class="strong">${words.atStage(stage.number, bareTitle(stage.title))}</b><span class="faint">${since(host, wizard, stage)}</span></p>
    ${todo(host, wizard, stage)}
  </div>`;
}

function since({ ctx }: CardHost, wizard: Wizard, stage: Stage): string {
  const check = wizard.lastCheck;
  return check && check.stage === stage.number && check.finishedAt ? ctx.locale.moment(check.finishedAt) : '';
}

function todo({ words }: CardHost, wizard: Wizard, stage: Stage): TemplateResult {
  if (wizard.runningCheck) return html`<p class="muted small">${words.checkRuns}</p>`;
  const step = stage.state === 'failed' && wizard.lastCheck?.stage === stage.number ? failedStep(wizard.lastCheck) : undefined;
  if (step) return html`<p class="small"><span class="bad-text strong">${ended(step.cause)}</span> <span class="muted">${ended(step.fix)}</span></p>`;
  if (stage.reminder?.due) return html`<p class="small warn-text">${words.reminderDue}</p>`;
  if (stage.canCheck !== undefined && stage.canContinue) return html`<p class="muted small">${words.todoConfirm(stage.continueText ?? '')}</p>`;
  return html`<p class="muted small">${words.todo[stage.number]}</p>`;
}

/** Two of the server's sentences side by side each want their full stop. */
export function ended(text: string): string {
  return !text || /[.!?…]$/.test(text) ? text : `${text}.`;
}

function foot(host: CardHost, one: Card): TemplateResult {
  const { words } = host;
  if (one.status === 'active')
    return html`<div class="card-foot"><button class="btn small" type="button" aria-label=${words.scopeOf(one.title)} @click=${() => host.scope(one)}>${words.scope}</button></div>`;
  if (one.status === 'not-done')
    return html`<div class="card-foot">
      <span class="small faint">${words.fourStages}</span>
      <button class="btn whole" type="button" aria-label=${words.startOf(one.title)} aria-busy=${host.busy === one.project ? 'true' : nothing} @click=${() => host.open(one)}>${words.start}${icon('right')}</button>
    </div>`;
  const failed = one.status === 'data-error';
  return html`<div class="card-foot">
    <span></span>
    <button class="btn primary whole" type="button" aria-label=${failed ? words.mendOf(one.title) : words.continueOf(one.title)} @click=${() => host.enter(one)}>${failed ? words.mend : words.continue}${icon('right')}</button>
  </div>`;
}
