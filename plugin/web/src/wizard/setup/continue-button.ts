import { html, nothing, type TemplateResult } from 'lit';
import type { Stage } from '../model';
import { continueReason } from '../rules';
import type { SetupHost } from './host';

/** Why it can't be pressed. */
export function whyNot(host: SetupHost, stage: Stage): string {
  const { why } = host.words;
  const button = stage.continueText ?? '';
  switch (continueReason(host.wizard, stage.number)) {
    case 'ready':
      return '';
    case 'running':
      return why.running;
    case 'locked':
      return why.locked;
    case 'passed':
      return why.passed(button);
    case 'unchecked':
      return why.unchecked(button);
  }
}

/** «Данные у меня», «Проверено», «Все отлично»: active exactly when the server says so; why not stands beside it. */
export function continueButton(host: SetupHost, stage: Stage, isPrimary: boolean, mark: TemplateResult | typeof nothing = nothing): TemplateResult {
  const active = continueReason(host.wizard, stage.number) === 'ready';
  const busy = host.busy === 'continue';
  return html`<button
    class=${isPrimary ? 'btn primary' : 'btn'}
    id="continue-button"
    type="button"
    ?disabled=${!active}
    aria-disabled=${busy ? 'true' : nothing}
    aria-busy=${busy ? 'true' : nothing}
    aria-describedby="why-continue"
    @click=${() => host.continueStage(stage.number)}
  >
    ${busy ? html`<span class="spin" aria-hidden="true"></span>` : nothing}${stage.continueText}${mark}
  </button>`;
}
