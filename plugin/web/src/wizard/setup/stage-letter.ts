/** Stages 1 and 3: a letter to University 2035, and «Данные у меня». */

import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '@kit/icons';
import type { Stage, StageNumber } from '../model';
import { primaryOf } from '../rules';
import type { SetupHost } from './host';
import { continueButton, whyNot } from './continue-button';
import { guidLine } from './guid';

export function letterStage(host: SetupHost, stage: Stage): TemplateResult {
  const { ctx, words, wizard } = host;
  const number = stage.number as StageNumber;
  const copied = !!stage.reminder;
  const primary = primaryOf(wizard, number, copied);
  const letter = (kind: string, isPrimary: boolean, label: string) =>
    html`<u2035-letter
      .ctx=${ctx}
      .project=${host.project}
      .kind=${kind}
      .primary=${isPrimary}
      .label=${label}
      @letter-copied=${() => host.letterCopied(kind)}
      @letter-sent=${() => host.letterSent()}
    ></u2035-letter>`;
  return html`<div class="stage-body">
      ${reminder(host, stage)}
      ${number === 3 ? guidLine(host) : nothing}
      ${letter(stage.letter ?? 'test-access', primary === 'letter', words.letterLabel)}
      ${stage.storageLetter
        ? host.disclosure(`letter-${stage.storageLetter}`, words.noStorageAccess, () => letter(stage.storageLetter!, false, words.storageLetterLabel))
        : nothing}
    </div>
    <div class="stage-foot">
      <p id="why-continue">${whyNot(host, stage) || words.letterFoot}</p>
      ${continueButton(host, stage, primary === 'continue', icon('right'))}
    </div>`;
}

function reminder(host: SetupHost, stage: Stage): TemplateResult | typeof nothing {
  const { reminder } = stage;
  if (!reminder || stage.state === 'done') return nothing;
  const { ctx, words } = host;
  const copied = ctx.locale.day(reminder.copiedAt);
  if (!reminder.due)
    return html`<p class="small muted">${words.letterCopiedOn(copied, ctx.locale.day(reminder.remindAt))}</p>`;
  return html`<div class="note warn" role="status">
    ${icon('clock')}
    <div><h3>${words.reminderTitle}</h3><p>${words.reminderText(copied)}</p></div>
  </div>`;
}
