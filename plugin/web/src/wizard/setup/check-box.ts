/** A check as a trail: what was done, what came back, cause, fix; the raw answer behind a disclosure. */

import { html, nothing, type TemplateResult } from 'lit';
import type { PageContext } from '@kit/element';
import { icon, type IconName } from '@kit/icons';
import type { Check } from '../model';
import { elapsedSeconds, halfOf, shownSteps, type ShownState, type ShownStep } from '../rules';
import type { SetupTexts } from './texts';

const dotIcons: Record<ShownState, IconName | null> = { done: 'check', warn: 'excl', fail: 'x', skip: 'minus', run: null, wait: null };

export interface CheckBoxes {
  ctx: PageContext;
  words: SetupTexts;
  check: Check;
  withStorage: boolean;
  now: number;
}

export function checkBoxes(boxes: CheckBoxes): TemplateResult {
  const { words, check } = boxes;
  const all = shownSteps(check, boxes.withStorage);
  if (check.stage !== 4 || !all.some((one) => halfOf(one) === 's3') || check.purpose !== 'stage') return box(boxes, 'check', words.checkTitle, all);
  return html`<div class="two">
    ${box(boxes, 'lrs', words.checkLrs, all.filter((one) => halfOf(one) === 'lrs'))}
    ${box(boxes, 's3', words.checkStorage, all.filter((one) => halfOf(one) === 's3'))}
  </div>`;
}

function box(boxes: CheckBoxes, id: string, title: string, steps: ShownStep[]): TemplateResult {
  return html`<section class="check-box" aria-labelledby=${`ck-${id}`}>
    <header><h3 id=${`ck-${id}`}>${title}</h3>${headOf(boxes, id, steps)}</header>
    <ol class="trail">${steps.map((one) => stepLine(boxes, one))}</ol>
  </section>`;
}

function headOf({ ctx, words, check, now }: CheckBoxes, id: string, steps: ShownStep[]): TemplateResult {
  const ends = (sign: TemplateResult | typeof nothing) =>
    html`<span class="ends">${check.finishedAt ? html`<span class="small muted">${ctx.locale.moment(check.finishedAt)}</span>` : nothing}${sign}</span>`;
  if (steps.some((one) => one.state === 'fail')) return ends(badge('bad', 'excl', words.stopped));
  if (check.state === 'running') {
    const limit = Math.round((Date.parse(check.deadline) - Date.parse(check.startedAt)) / 1000);
    return steps.some((one) => one.state === 'run') || id === 'check'
      ? html`<span class="small muted num">${words.running(words.secondsNow(elapsedSeconds(check, now)), words.secondsNow(limit))}</span>`
      : html``;
  }
  if (steps.some((one) => one.state === 'skip')) return html`<span class="small muted">${words.stepStates.skip}</span>`;
  const remarks = steps.some((one) => one.state === 'warn');
  if (id === 'check') return ends(remarks ? badge('warn', 'excl', words.storageWarn) : check.state === 'passed' ? badge('ok', 'okc', check.purpose === 'replace-storage' ? words.storageOk : words.lrsOk) : nothing);
  if (remarks) return badge('warn', 'excl', words.storageWarn);
  return badge('ok', 'okc', id === 's3' ? words.storageOk : words.lrsOk);
}

export function badge(kind: '' | 'ok' | 'now' | 'warn' | 'bad', name: IconName, text: string): TemplateResult {
  return html`<span class=${`badge ${kind}`}>${icon(name)}${text}</span>`;
}

function stepLine({ ctx, words }: CheckBoxes, one: ShownStep): TemplateResult {
  const { step, state } = one;
  const sign = dotIcons[state];
  const title = step?.title || words.stepNames[one.name] || one.name;
  return html`<li data-state=${state}>
    <span class="dot">${sign ? icon(sign) : state === 'run' ? html`<span class="spin" aria-hidden="true"></span>` : nothing}</span>
    <span class="trail-name">${title}<span class="sr">: ${words.stepStates[state]}</span></span>
    <span class="trail-time">${step ? ctx.locale.seconds(step.milliseconds) : nothing}</span>
    ${step
      ? html`<p class="trail-note">
            ${step.observed}${one.name === 'lrs.post' && state === 'done' && step.status === 400 ? html`. ${words.lrsPostNote}` : nothing}
          </p>
          ${state === 'warn' && step.cause
            ? html`<dl class="cause trail-extra small"><dt>${words.cause}</dt><dd>${step.cause}</dd>
                ${step.fix ? html`<dt>${words.fix}</dt><dd>${step.fix}</dd>` : nothing}</dl>`
            : nothing}
          ${state === 'fail' || state === 'warn' ? raw(words, one) : nothing}`
      : state === 'skip'
        ? html`<p class="trail-note">${words.skipped}</p>`
        : nothing}
  </li>`;
}

function raw(words: SetupTexts, { step }: ShownStep): TemplateResult {
  return html`<details class="more trail-extra">
    <summary>${icon('chev', 's')}${words.answer}</summary>
    <pre class="raw" tabindex="0">${step?.answer || words.answerEmpty}</pre>
    ${step?.url || step?.parameters
      ? html`<p class="caption raw-from">${words.request}: <code>${[step.url, step.parameters].filter(Boolean).join('\n')}</code></p>`
      : nothing}
  </details>`;
}
