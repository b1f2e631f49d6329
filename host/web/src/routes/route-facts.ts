/** How a route is made, for whoever only reads it: facts, parameters, and which field is from where. */

import { icon } from '@kit/icons';
import { html, nothing, type TemplateResult } from 'lit';
import type { ShellContext } from '../context';
import { actorWords } from '../journal/actor';
import { nextTime } from './cron';
import { scheduleWords } from './schedule-field';
import { shownText } from '../connections/values';
import { conditionsOf, modeOf, ruleOf, rulesOf, targetOf, textOf, type Rule } from './mapping';
import { mappingTexts } from './mapping-texts';
import { isBrought, type Connection, type Route, type SourceKind } from './model';
import { fieldWordsOf, kindWords } from './record-words';
import { recordField, recordFields } from './record-fields';
import { routeTexts } from './texts';

export interface FactsSpec {
  route: Route;
  connection: Connection;
  kind: SourceKind | null;
  sentTo: string;
  busy: boolean;
  toggle?: () => void;
  whyNot?: string;
}

export function routeFacts(ctx: ShellContext, spec: FactsSpec): TemplateResult {
  const words = routeTexts[ctx.language];
  const { route, kind, sentTo } = spec;
  const { locale } = ctx;
  const fact = (name: string, value: unknown) => html`<dt>${name}</dt><dd>${value}</dd>`;
  return html`<section class="panel" aria-labelledby="facts">
    <div class="panel-head">
      <h2 id="facts">${words.facts}</h2>
      <div class="btns">
        ${spec.whyNot ? html`<span class="small muted grow" id="toggle-why">${spec.whyNot}</span>` : nothing}
        <button class="btn small" type="button" aria-disabled=${spec.toggle ? nothing : 'true'} aria-describedby=${spec.whyNot ? 'toggle-why' : nothing} aria-busy=${spec.busy ? 'true' : nothing} @click=${() => spec.toggle?.()}>${route.enabled ? words.disable : words.enable}</button>
      </div>
    </div>
    <div class="panel-body stack-s">
      <dl class="facts wide">
        ${fact(words.records, kindWords(ctx.language, targetOf(route.mapping)))} ${fact(words.schedule, scheduleFact(ctx, spec))} ${isBrought(kind) ? nothing : fact(words.next, nextText(ctx, spec))}
        ${sentTo ? fact(words.address, html`<code>${location.origin}${sentTo}</code> <span class="small muted">${words.addressHint}</span>`) : nothing}
        ${fact(words.readUpTo, isBrought(kind) ? words.readBrought : route.watermark ? (route.readUpTo === null ? words.readUpToNone : html`<code>${route.watermark.column}</code> = <code>${route.readUpTo}</code>`) : words.readAll)}
        ${fact(words.deletions, route.deletions === 'follow' ? words.deletionsFollow(locale.number(route.maxDeletedPercent)) : words.deletionsKeep)}
        ${fact(words.onError, route.onError === 'stop' ? words.onErrorStop : words.onErrorSkip)} ${fact(words.order, locale.number(route.position))}
        ${route.fromSet ? fact(words.fromSet, html`<code>${route.fromSet}</code>`) : nothing} ${fact(words.changed, words.changedBy(locale.moment(route.changedAt), actorWords(ctx.language, route.changedBy)))}
      </dl>
      <details class="more">
        <summary>${icon('chev', 's')}${words.settingsAndMapping}</summary>
        <div class="stack-s conversion">
          ${Object.entries(route.settings).map(([name, value]) => html`<div><p class="small muted">${spec.kind?.route.find((one) => one.name === name)?.title ?? name}</p><pre class="raw query">${shownText(value)}</pre></div>`)} ${mappingTable(ctx, route)}
        </div>
      </details>
    </div>
  </section>`;
}

function scheduleFact(ctx: ShellContext, { route, connection, kind }: FactsSpec): string {
  const words = routeTexts[ctx.language];
  if (isBrought(kind)) return words.scheduleBrought;
  if (route.schedule) return words.scheduleOwn(scheduleWords(ctx, route.schedule.cron), route.schedule.zone);
  return connection.schedule ? words.scheduleOfConnection(scheduleWords(ctx, connection.schedule.cron), connection.schedule.zone) : words.scheduleNone;
}

function nextText(ctx: ShellContext, { route, connection }: FactsSpec): string {
  const words = routeTexts[ctx.language];
  if (!route.enabled || !connection.enabled) return words.nextOff;
  const schedule = route.schedule ?? connection.schedule;
  const next = schedule && nextTime(schedule.cron, schedule.zone, new Date());
  return next ? ctx.locale.moment(next) : words.nextNone;
}

function mappingTable(ctx: ShellContext, { mapping }: Route): TemplateResult {
  const words = routeTexts[ctx.language];
  const target = targetOf(mapping);
  const all: [string, Rule | undefined][] = [['externalId', ruleOf(mapping, 'externalId')], ['content', ruleOf(mapping, 'content')], ...inOrder(target, rulesOf(mapping))];
  const conditions = conditionsOf(mapping);
  const how = mappingTexts[ctx.language].conditionIs;
  return html`<div class="table-wrap">
      <table>
        <thead><tr><th scope="col">${words.field}</th><th scope="col">${words.from}</th></tr></thead>
        <tbody>${all.filter(([, rule]) => rule).map(([name, rule]) => html`<tr><td>${fieldWordsOf(ctx.language, target, name, recordField(target, name)?.to).label} <code class="faint">${name}</code></td><td>${ruleText(ctx, rule!)}</td></tr>`)}</tbody>
      </table>
    </div>
    ${conditions.map((one) => html`<p class="small"><code>${one.column}</code> ${one.in ? `${how.in}: ${one.in.join('; ')}` : one.notIn ? `${how.notIn}: ${one.notIn.join('; ')}` : one.missing ? how.missing : how.given}</p>`)}`;
}

/** As in the form: the server keeps them by the alphabet. */
function inOrder(target: string, rules: Record<string, Rule>): [string, Rule][] {
  const order = (recordFields[target] ?? []).map((one) => one.name);
  const at = ([name]: [string, Rule]) => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.entries(rules).sort((a, b) => at(a) - at(b));
}

function ruleText(ctx: ShellContext, rule: Rule): unknown {
  const words = routeTexts[ctx.language];
  const mode = modeOf(rule);
  if (mode === 'derive') return words.derived;
  if (mode === 'constant') return words.constant(textOf(rule));
  const size = Object.keys(rule.map ?? {}).length;
  return html`<code>${textOf(rule)}</code>${size ? html` <span class="small muted">${words.withMap(ctx.locale.count(size, words.valueForms))}</span>` : nothing}${rule.date ? html` <span class="small muted">${words.asTime}${rule.date.zone ? `, ${rule.date.zone}` : ''}</span>` : nothing}`;
}
