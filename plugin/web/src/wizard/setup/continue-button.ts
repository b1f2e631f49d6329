import { html, nothing, type TemplateResult } from 'lit';
import type { Stage } from '../model';
import { continueReason } from '../rules';
import type { SetupHost } from './host';

/** «Данные у меня», «Проверено», «Все отлично»: active exactly when the server says so; why not stands beside it. */
export function continueButton(host: SetupHost, stage: Stage, isPrimary: boolean, mark: TemplateResult | typeof nothing = nothing): TemplateResult {
  const active = continueReason(host.wizard, stage.number) === 'ready';
  const busy = host.busy === 'continue';
  return html`<button
    class=${isPrimary ? 'btn primary' : 'btn'}
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
