import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { icon } from '@kit/icons';
import { ListPart, crumbs, to } from '../lists/list-part';
import { isJudged, thingName, wayPath } from '../lists/codes';
import { flowName, personName } from '../lists/names';
import { texts as listTexts } from '../lists/texts';
import { lastAsked } from './filters';
import { verdictBadge } from './learner-row';
import { texts } from './texts';
import type { Facts, JudgedPerson, Lack, RecordRef, Rule } from './types';

/** More links to one rule's records than anyone would follow. */
const mostRecords = 12;

@customElement('u2035-readiness-learner')
export class ReadinessLearner extends ListPart {
  static override styles = [
    ...ListPart.styles,
    css`
      .two-cols { display: grid; grid-template-columns: minmax(0, 1fr) minmax(260px, 360px); gap: var(--u-5); align-items: start; }
      .lack { border-left: 3px solid var(--u-warn-line); padding: var(--u-1) 0 var(--u-1) var(--u-3); font-size: var(--u-fs-s); }
      .lack + .lack { margin-top: var(--u-2); }
      .lack.waiting { border-color: var(--u-accent-line); }
      .lack p + p { margin-top: 2px; color: var(--u-ink-2); }
      .ways { display: flex; flex-wrap: wrap; gap: 2px var(--u-3); margin-top: var(--u-1); font-size: var(--u-fs-s); }
      .ways a { display: inline-block; padding-block: 2px; }
      .trail { padding: 0 var(--u-5) var(--u-5); }
      .facts dd small { display: block; color: var(--u-ink-3); }
      [data-state='wait'] .trail-name { color: var(--u-ink); font-weight: var(--u-w-medium); }
      [data-state='warn'] > .dot { background: var(--u-warn-soft); box-shadow: inset 0 0 0 1.5px var(--u-warn); color: var(--u-warn); }
      @container page (max-width: 860px) { .two-cols { grid-template-columns: minmax(0, 1fr); } }
    `,
  ];

  @state() private person: JudgedPerson | null = null;
  @state() private flow = '';

  protected override async fetch(signal: AbortSignal): Promise<void> {
    const [flow, learner] = this.steps as [string, string];
    this.flow = await flowName(this.ctx, flow);
    const address = `${this.base}/readiness/flows/${encodeURIComponent(flow)}/learners/${encodeURIComponent(learner)}`;
    this.person = (await this.ctx.api.get<JudgedPerson>(address, { signal })).data;
  }

  private listWay(flow: string): string {
    const asked = lastAsked.get(`${this.ctx.organization}/${flow}`);
    return asked ? `readiness/${flow}?${asked}` : `readiness/${flow}`;
  }

  override render(): TemplateResult {
    const words = texts[this.ctx.language];
    const { person } = this;
    const [flow] = this.steps as [string];
    const name = person && this.ready ? personName(this.ctx, { id: person.learner, externalId: person.externalId ?? '', ...person }, person.learner, person.externalId) : words.person;
    return html`${crumbs(this.ctx, listTexts[this.ctx.language].way, [
        { path: 'readiness', title: words.title },
        { path: this.listWay(flow), title: this.flow || words.flow },
        { title: name },
      ])}
      <header class="page-head">
        <div class="head-main">
          <div class="title-line"><h1 tabindex="-1">${name}</h1>${this.ready && person ? verdictBadge(this.ctx, person) : nothing}</div>
          ${this.ready && person
            ? html`<p class="lead">
                ${person.untiId ? words.untiId(person.untiId) : words.noUntiId}${person.externalId ? html` · ${words.externalId(person.externalId)}` : nothing} ·
                ${words.computed(this.ctx.locale.moment(person.computedAt))}
              </p>`
            : nothing}
        </div>
      </header>
      ${this.body(() => this.view(person!))}`;
  }

  private view(person: JudgedPerson): TemplateResult {
    const words = texts[this.ctx.language];
    return html`<div class="two-cols">
      <div class="stack">
        ${person.rules.length === 0
          ? html`<div class="note warn">${icon('alert')}<div><h2 class="small strong">${words.rulesNone}</h2><p>${words.rulesNoneWhy}</p></div></div>`
          : html`<section class="panel">
              <div class="panel-head"><h2>${words.rules}</h2></div>
              <ol class="trail">${person.rules.map((rule) => this.rule(rule))}</ol>
            </section>`}
        ${person.hints.length > 0
          ? html`<div class="note">${icon('excl')}<div><h2 class="small strong">${words.hints}</h2>${person.hints.map((hint) => html`<p>${hint.text}</p>`)}</div></div>`
          : nothing}
        ${person.note && person.rules.length > 0 ? html`<p class="says">${person.note}</p>` : nothing}
      </div>
      <section class="panel"><div class="panel-head"><h2>${words.facts}</h2></div><div class="panel-body">${this.facts(person, person.facts)}</div></section>
    </div>`;
  }

  private rule(rule: Rule): TemplateResult {
    const words = texts[this.ctx.language];
    const state = rule.state === 'met' ? 'done' : rule.state === 'waiting' ? 'wait' : 'warn';
    return html`<li data-state=${state}>
      <span class="dot">${icon(rule.state === 'met' ? 'check' : rule.state === 'waiting' ? 'clock' : 'alert')}</span>
      <span class="trail-name">${rule.title}</span>
      <span class="trail-time">${words.ruleState[rule.state]}</span>
      ${rule.lacks.length > 0 ? html`<div class="trail-extra">${rule.lacks.map((lack) => this.lack(lack))}</div>` : nothing}
      ${rule.lacks.length === 0 && rule.records.length > 0 ? html`<div class="trail-note">${this.ways(rule.records)}</div>` : nothing}
    </li>`;
  }

  private lack(lack: Lack): TemplateResult {
    return html`<div class="lack ${lack.state}">
      <p>${lack.reason}</p>
      <p>${lack.fix}</p>
      ${lack.code === 'no-unti-id' ? html`<p class="ways">${to(this.ctx, 'unsendable/unti-ids', texts[this.ctx.language].toUntiIds)}</p>` : this.ways(lack.records, isJudged(lack.code))}
    </div>`;
  }

  private ways(records: readonly RecordRef[], judged = false): TemplateResult | typeof nothing {
    const words = texts[this.ctx.language];
    const { language } = this.ctx;
    const linked = records.filter((record) => wayPath(record) !== null).slice(0, mostRecords);
    if (linked.length === 0) return nothing;
    return html`<p class="ways">
      ${linked.map((record) => {
        const thing = thingName(language, record.kind);
        return judged && record.kind === 'reflection'
          ? to(this.ctx, `reflections/${record.id}`, words.judgeReflection(record.id))
          : to(this.ctx, wayPath(record)!, words.wayOf(thing, record.id), words.wayLabel(thing, record.id));
      })}
    </p>`;
  }

  private facts(person: JudgedPerson, facts: Facts): TemplateResult {
    const words = texts[this.ctx.language];
    const { locale } = this.ctx;
    const work = facts.finalWork;
    return html`<dl class="facts">
      <dt>${words.fact.untiId}</dt><dd>${facts.hasUntiId ? (person.untiId ?? words.has) : words.hasNot}</dd>
      <dt>${words.fact.enrollment}</dt><dd>${facts.enrollment ? (words.enrollment[facts.enrollment] ?? facts.enrollment) : words.notEnrolled}</dd>
      <dt>${words.fact.results}</dt><dd>${words.graded(locale, facts.results.graded, facts.results.underReview)}</dd>
      <dt>${words.fact.finalWork}</dt>
      <dd>
        ${work.elements === 0 ? words.workNoElement : work.best ? words.work(locale, work.best.raw, work.best.success, work.best.files, work.best.told) : words.workNone(work.underReview)}
        ${work.best ? this.ways([{ kind: 'result', id: work.best.result, revision: 0 }]) : nothing}
      </dd>
      <dt>${words.fact.reflections}</dt><dd>${words.reflectionFacts(locale, facts.reflections.modules, facts.reflections.ofModules, facts.reflections.programme, facts.reflections.doubtful)}</dd>
      <dt>${words.fact.viewing}</dt><dd>${words.viewingFacts(locale, facts.viewing.watched, facts.viewing.elements, facts.viewing.meanPercent)}<small>${words.viewingHint}</small></dd>
      <dt>${words.fact.openings}</dt><dd>${locale.number(facts.openings)}</dd>
      <dt>${words.fact.statements}</dt><dd>${words.statementFacts(locale, facts.statements.delivered, facts.statements.waiting, facts.statements.refused)}</dd>
      <dt>${words.fact.channel}</dt><dd>${words[person.channel]}</dd>
      <dt>${words.fact.profile}</dt><dd><code>${person.profile}</code></dd>
    </dl>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'u2035-readiness-learner': ReadinessLearner;
  }
}
