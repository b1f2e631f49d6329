/** What the server says is wrong with a route, at the field it concerns. */

import { ApiError, type FieldProblem } from '@kit/api';
import { icon } from '@kit/icons';
import { html, nothing } from 'lit';
import type { ShellContext } from '../context';
import { fieldWords } from '../refusals';
import { columnsOfRule, ruleOf, rulesOf } from './mapping';
import type { Diagnosis, Mapping } from './model';

/** By pointer; of the mapping "/mapping/fields/raw/date/zone". */
export function problemsOf(error: unknown): FieldProblem[] {
  if (!(error instanceof ApiError)) return [];
  return (error.problem.errors ?? []).map((one) => ({ ...one, reason: upper(one.reason), fix: upper(one.fix ?? '') }));
}

/** What a trial found of columns, at the fields that are from there: "'unty' is not a column of the source". */
export function trialProblems(diagnoses: readonly Diagnosis[], mapping: Mapping): FieldProblem[] {
  const fields = [...['externalId', 'content'].map((name) => [`/mapping/${name}`, ruleOf(mapping, name)] as const), ...Object.entries(rulesOf(mapping)).map(([name, rule]) => [`/mapping/fields/${name}`, rule] as const)];
  return diagnoses.flatMap(({ detail, fix }) => {
    const named = [...detail.matchAll(/['«]([^'»]+)['»]/g)].map(([, name]) => name!);
    return fields.filter(([, rule]) => columnsOfRule(rule).some((column) => named.includes(column))).map(([pointer]) => ({ pointer, reason: detail, fix }));
  });
}

/** The first of what is wrong there or below it. */
export function at(problems: readonly FieldProblem[], pointer: string): FieldProblem | undefined {
  return problems.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`));
}

export function wrong(ctx: ShellContext, id: string, problem: FieldProblem | undefined): unknown {
  if (!problem) return nothing;
  const { reason, fix } = fieldWords(ctx.language, problem);
  return html`<p class="wrong" id=${id}>${icon('excl', 's')}<span>${reason.replace(/[.\s]+$/, '')}. ${fix}</span></p>`;
}

function upper(text: string): string {
  return text ? text[0]!.toUpperCase() + text.slice(1) : text;
}
