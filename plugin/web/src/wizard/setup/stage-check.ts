/** Stages 2 and 4: the data of the letters, their check, «Проверено» and «Все отлично». */

import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '@kit/icons';
import type { Stage, StageNumber } from '../model';
import {
  bodyOf, checkHasStorage, checkReason, failedStep, fieldsOf, hasSaved, isShownSaved, primaryOf, storedEnd, storedValue, wantsEndpoint, wantsStorage,
} from '../rules';
import { checkBoxes } from './check-box';
import { continueButton, whyNot } from './continue-button';
import { basicFields, dots, faultBlock, field, savedField, type FieldHost } from './fields';
import { later } from '../../later';
import { guidLine } from './guid';
import type { SetupHost } from './host';

const fullPackage = later(() => import('../package/u2035-package'));

export function checkStage(host: SetupHost, stage: Stage): TemplateResult {
  const { words, wizard } = host;
  const number = stage.number as StageNumber;
  const running = wizard.runningCheck?.stage === number;
  const shown = shownCheck(host, number);
  return html`<div class="stage-body">
      ${isShownSaved(wizard, number, host.draftOf(number)) ? saved(host, number) : form(host, stage)}
      <div class="stack-s">
        <div class="btns">${checkButton(host, stage)}</div>
        ${running || shownCheck(host, number) ? nothing : html`<p class="small muted">${words.noData}</p>`}
      </div>
      ${shown
        ? html`${general(host, number)}
          ${checkBoxes({ ctx: host.ctx, words, check: shown, withStorage: checkHasStorage(shown, wizard) || (running && number === 4 && wantsStorage(wizard, host.draftOf(4))), now: host.now })}
          ${running ? html`<p class="small muted">${words.closeAllowed}</p>` : nothing}
          ${shown.state === 'failed'
            ? host.disclosure(`support-${shown.id}`, words.supportLetter, () => html`<u2035-letter
                .ctx=${host.ctx} .project=${host.project} .kind=${'support'} .check=${shown.id} .label=${words.supportLetter}
              ></u2035-letter>`)
            : nothing}`
        : nothing}
      ${number === 2 ? html`${guidLine(host)}${packagePart(host)}` : nothing}
    </div>
    <div class="stage-foot">
      <p id="why-continue">${whyNot(host, stage) || words.ready[number]}</p>
      ${continueButton(host, stage, primaryOf(wizard, number, false) === 'continue', number === 4 ? icon('check') : nothing)}
    </div>`;
}

/** The stage's own check: another stage's, or that of a replaced key, says nothing of it. */
function shownCheck(host: SetupHost, number: StageNumber) {
  const { check } = host;
  return check && check.stage === number && check.purpose === 'stage' ? check : null;
}

function formHost(host: SetupHost, number: StageNumber): FieldHost {
  return {
    words: host.words,
    draft: host.draftOf(number),
    stored: (name) => storedValue(host.wizard, number, name),
    // A stored Basic doesn't serve for another address.
    storedEnd: (name) => (name === 'basic' && needsBasic(host, number) ? undefined : storedEnd(host.wizard, number, name)),
    faults: host.faultsOf(number),
    revealed: host.revealed,
    locked: !!host.wizard.runningCheck || host.busy === 'check',
    input: (name, value) => host.input(number, name, value),
    reveal: (name) => host.reveal(name),
    setMode: (mode) => host.setMode(number, mode),
    submit: () => host.startCheck(number),
  };
}

function needsBasic(host: SetupHost, number: StageNumber): boolean {
  return hasSaved(host.wizard, number) && bodyOf(host.wizard, number, host.draftOf(number)).body.endpoint !== undefined;
}

function form(host: SetupHost, stage: Stage): TemplateResult {
  const { words, wizard } = host;
  const number = stage.number as StageNumber;
  const fields = formHost(host, number);
  const replaces = hasSaved(wizard, number);
  const isTyped = Object.values(host.draftOf(number).values).some(Boolean);
  const tried = needsBasic(host, number) ? words.basicForAddress : !replaces && stage.tried && !isTyped ? words.tried(stage.tried.lastFour) : '';
  const keep = replaces
    ? html`<div class="note">
        ${icon('lock')}
        <div>
          <p>${number === 4 ? words.changeSome : words.changeBasic}</p>
          <div class="btns"><button class="btn small" type="button" ?disabled=${fields.locked} @click=${() => host.keepSaved(number)}>${words.keepSaved}</button></div>
        </div>
      </div>`
    : nothing;
  if (number === 2) return html`${keep}${basicFields(fields, words.basicLabel[2]!, tried)}`;
  return html`${keep}
    <fieldset>
      <legend class="group-title">${words.firstLetter} <small>${words.firstLetterNote}</small></legend>
      <div class="stack">
        ${wantsEndpoint(wizard) ? field(fields, { name: 'endpoint', hint: words.endpointHint, placeholder: 'https://' }) : nothing}
        ${basicFields(fields, words.basicLabel[4]!, tried)}
      </div>
    </fieldset>
    ${storage(host, fields)}`;
}

function storage(host: SetupHost, fields: FieldHost): TemplateResult {
  const { words, wizard } = host;
  if (wizard.s3 === 'none') return html`<p class="small muted">${words.storageNone}</p>`;
  return html`<fieldset>
    <legend class="group-title">${words.secondLetter} <small>${words.secondLetterNote}</small></legend>
    ${wizard.s3 === 'optional'
      ? html`<p class="hint optional" role="status">${wizard.credentials.storage && !wantsStorage(wizard, host.draftOf(4)) ? words.storageEmptied : words.storageOptional}</p>`
      : nothing}
    <div class="fields">
      ${field(fields, { name: 'userId' })} ${field(fields, { name: 'accessKeyId' })}
      ${field(fields, { name: 'secretKey', secret: true, wide: true })}
      ${field(fields, { name: 'storageUrl', wide: true, hint: words.urlHint, placeholder: 'https://' })}
      ${field(fields, {
        name: 'bucket',
        wide: true,
        hint: words.bucketHint,
        below: buckets(host, (one) => fields.input('bucket', one)),
      })}
    </div>
  </fieldset>`;
}

/** Which of the buckets that the check found; nothing where it didn't ask. */
function buckets(host: SetupHost, take: (bucket: string) => void): TemplateResult | typeof nothing {
  const { words } = host;
  const choices = failedStep(shownCheck(host, 4))?.choices ?? [];
  if (choices.length === 0) return nothing;
  return html`<div class="btns" role="group" aria-label=${words.chooseBucket}>
    ${choices.map((one) => html`<button class="btn small" type="button" @click=${() => take(one)}>${words.useBucket(one)}</button>`)}
  </div>`;
}

function saved(host: SetupHost, number: StageNumber): TemplateResult {
  const { words, wizard } = host;
  const { testBasic, productionBasic, storage } = wizard.credentials;
  const edit = (focus: Parameters<SetupHost['edit']>[1]) => (wizard.runningCheck ? null : () => host.edit(number, focus));
  const basic = savedField(words, {
    id: 's-basic',
    label: words.basicLabel[number]!,
    value: dots((number === 2 ? testBasic : productionBasic)?.lastFour ?? ''),
    edit: edit('basic'),
  });
  if (number === 2) return basic;
  return html`<fieldset>
      <legend class="group-title">${words.firstLetter} <small>${words.firstLetterNote}</small></legend>
      ${basic}
    </fieldset>
    ${storage
      ? html`<fieldset>
          <legend class="group-title">${words.secondLetter} <small>${words.secondLetterNote}</small></legend>
          <div class="fields">
            ${savedField(words, { id: 's-user', label: words.fieldNames.userId!, value: storage.userId, edit: edit('userId') })}
            ${savedField(words, { id: 's-access', label: words.fieldNames.accessKeyId!, value: dots(storage.accessKeyId), edit: edit('accessKeyId') })}
            ${savedField(words, { id: 's-secret', label: words.fieldNames.secretKey!, value: dots(storage.secretKey?.lastFour ?? ''), wide: true, edit: edit('secretKey') })}
            ${savedField(words, { id: 's-url', label: words.fieldLabels.storageUrl, value: storage.storageUrl, wide: true, edit: edit('storageUrl') })}
            ${storage.bucket ? savedField(words, { id: 's-bucket', label: words.fieldLabels.bucket, value: storage.bucket, wide: true, edit: edit('bucket') }) : nothing}
          </div>
        </fieldset>`
      : wizard.s3 === 'none'
        ? html`<p class="small muted">${words.storageNone}</p>`
        : nothing}`;
}

function checkButton(host: SetupHost, stage: Stage): TemplateResult {
  const { ctx, words, wizard } = host;
  const number = stage.number as StageNumber;
  const draft = host.draftOf(number);
  const reason = checkReason(wizard, number, draft);
  const own = wizard.runningCheck?.stage === number || host.busy === 'check';
  const check = shownCheck(host, number);
  const why = own
    ? ''
    : reason === 'running'
      ? words.checkElsewhere
      : reason === 'saved'
        ? check?.state === 'passed' && check.finishedAt
          ? words.checkSaved(ctx.locale.moment(check.finishedAt))
          : words.checkSavedNever
        : reason === 'empty'
          ? words.checkEmpty(bodyOf(wizard, number, draft).missing.map((name) => (name === 'basic' ? words.basicLabel[number]! : (words.fieldNames[name] ?? words.fieldLabels[name]))).join(', '))
          : reason === 'unchanged'
            ? words.checkUnchanged
            : '';
  // One and the same button before, during and after a check, so that the focus stays on it.
  return html`<button
      class=${primaryOf(wizard, number, false) === 'check' && reason === 'ready' && !own ? 'btn primary' : 'btn'}
      id="check-button"
      type="button"
      ?disabled=${!own && reason !== 'ready'}
      aria-busy=${own ? 'true' : nothing}
      aria-disabled=${own ? 'true' : nothing}
      aria-describedby=${why ? 'why-check' : nothing}
      @click=${() => host.startCheck(number)}
    >
      ${own ? html`<span class="spin" aria-hidden="true"></span>${words.checking}` : stage.checkText}
    </button>
    ${why ? html`<p class="small muted grow" id="why-check">${why}</p>` : nothing}`;
}

/** A failed step that no field is to blame for: it stands above the trail. */
function general(host: SetupHost, number: StageNumber): TemplateResult | typeof nothing {
  const check = shownCheck(host, number);
  const step = failedStep(check);
  if (!check || !step) return nothing;
  const { words, wizard } = host;
  const pair = host.draftOf(number).mode === 'pair';
  const here = isShownSaved(wizard, number, host.draftOf(number));
  if (!here && fieldsOf(step, { pair, endpoint: number === 4 && wantsEndpoint(wizard) }).length > 0) return nothing;
  // The saved data stand in the place of the form: whoever takes a bucket changes them.
  const take = (bucket: string) => {
    host.edit(number, 'bucket');
    host.input(number, 'bucket', bucket);
  };
  return faultBlock(words, { title: words.failedStep(step.title || step.name), observed: step.observed, reason: step.cause, fix: step.fix }, 'check-fault', number === 4 ? buckets(host, take) : nothing);
}

function packagePart(host: SetupHost): TemplateResult {
  const { words } = host;
  return html`<section class="part" aria-labelledby="package-title">
    <h3 id="package-title">${words.package}</h3>
    <p class="small muted">${words.packageLead}</p>
    ${host.wizard.credentials.testBasic
      ? host.disclosure('package', words.packageSend, () => html`${fullPackage(host, () => html`<u2035-package .ctx=${host.ctx} .project=${host.project}></u2035-package>`)}`)
      : html`<p class="small muted">${words.packageNeedsCheck}</p>`}
  </section>`;
}
