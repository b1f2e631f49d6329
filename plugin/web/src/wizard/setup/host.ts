/** What a stage's page needs of the wizard around it. */

import type { TemplateResult } from 'lit';
import type { Shows } from '../../later';
import type { Check, StageNumber, Wizard } from '../model';
import type { Draft, Faults, Field } from '../rules';
import type { SetupTexts } from './texts';

export interface SetupHost extends Shows {
  readonly words: SetupTexts;
  readonly project: string;
  readonly wizard: Wizard;
  /** The check to be shown: the running one, or the last one. */
  readonly check: Check | null;
  /** What is under way: "continue", "check", "select", "open", or nothing. */
  readonly busy: string;
  readonly now: number;
  readonly revealed: ReadonlySet<Field>;
  draftOf(stage: StageNumber): Draft;
  faultsOf(stage: StageNumber): Faults;
  input(stage: StageNumber, name: Field, value: string): void;
  setMode(stage: StageNumber, mode: Draft['mode']): void;
  reveal(name: Field): void;
  edit(stage: StageNumber, focus: Field): void;
  keepSaved(stage: StageNumber): void;
  startCheck(stage: StageNumber): void;
  continueStage(stage: StageNumber): void;
  letterCopied(kind: string): void;
  letterSent(): void;
  /** A disclosure whose inside is made when it is opened. */
  disclosure(key: string, summary: string, inside: () => TemplateResult): TemplateResult;
}
