/** The four stages: native radio buttons, so that arrows and screen readers work as everywhere. */

import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icon, type IconName } from '@kit/icons';
import type { Locale } from '@kit/locale';
import type { Stage, Wizard } from '../model';
import { bareTitle } from '../rules';
import type { SetupTexts } from './texts';

export type StepLook = 'locked' | 'fail' | 'done' | 'passed' | 'now';

export function lookOf(stage: Stage, running = false): StepLook {
  if (running) return 'now';
  if (stage.state === 'locked') return 'locked';
  if (stage.state === 'failed') return 'fail';
  if (stage.state === 'done') return 'done';
  return stage.canCheck !== undefined && stage.canContinue ? 'passed' : 'now';
}

const icons: Record<StepLook, IconName> = { locked: 'lock', fail: 'excl', done: 'check', passed: 'check', now: 'half' };

/** The server's status, and how the stage's check stands. */
export function stateText(words: SetupTexts, wizard: Wizard, stage: Stage): string {
  if (stage.state === 'locked') return words.opensAfter(stage.number - 1);
  // What the last check said is being asked anew.
  if (wizard.runningCheck?.stage === stage.number) return words.checkRuns;
  if (lookOf(stage) === 'passed') return `${stage.statusText}, ${words.checkPassed}`;
  return stage.statusText;
}

/** What people are called by their login. */
export type Called = (login: string) => string;

/** When the stage was opened, and when and by whom it was passed, as far as it is known. */
export function daysOf(words: SetupTexts, locale: Locale, stage: Stage, called: Called): TemplateResult | typeof nothing {
  const days = [
    stage.openedAt ? words.stageOpened(locale.day(stage.openedAt)) : '',
    stage.passedAt ? words.stagePassed(locale.moment(stage.passedAt), called(stage.passedBy ?? '')) : '',
  ].filter(Boolean);
  return days.length > 0 ? html`<p class="small muted">${days.join('. ')}.</p>` : nothing;
}

/** `shown`: the stage whose button is pressed, before the server has answered. */
export function stepper(words: SetupTexts, locale: Locale, wizard: Wizard, shown: number, called: Called, select: (stage: number) => void): TemplateResult {
  return html`<div class="stepper" role="radiogroup" aria-label=${words.stages}>
    <ol role="presentation">
      ${wizard.stages.map((stage) => {
        const look = lookOf(stage, wizard.runningCheck?.stage === stage.number);
        const here = shown === stage.number;
        return html`<li class=${here ? `${look} here` : look} role="presentation">
          <label class="step">
            <input type="radio" name="stage" value=${stage.number} .checked=${live(here)} ?disabled=${!stage.canSelect} @change=${() => select(stage.number)} />
            <b><span class="full">${stage.number}. ${bareTitle(stage.title)}</span><span class="short" aria-hidden="true">${words.short[stage.number - 1]}</span></b>
            <span class="state">${icon(icons[look])}<span>${stateText(words, wizard, stage)}</span></span>
            ${stage.state === 'done' && stage.passedAt ? html`<small class="when">${[locale.day(stage.passedAt), called(stage.passedBy ?? '')].filter(Boolean).join(', ')}</small>` : nothing}
          </label>
        </li>`;
      })}
    </ol>
  </div>`;
}
