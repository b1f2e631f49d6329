/** States of a wizard as the server tells them, for tests. */

import type { Check, CheckStep, Stage, StageNumber, StageState, Wizard } from './model';

export function madeStage(number: StageNumber, state: StageState, more: Partial<Stage> = {}): Stage {
  const hasCheck = number === 2 || number === 4;
  return {
    number,
    title: `Этап ${number}. Название`,
    state,
    statusText: { locked: 'не открыт', open: 'в процессе', done: 'выполнено', failed: 'ошибка данных' }[state],
    text: 'Текст',
    canSelect: state !== 'locked',
    canContinue: !hasCheck && state !== 'locked',
    continueText: ['Данные у меня', 'Проверено', 'Данные у меня', 'Все отлично'][number - 1],
    ...(hasCheck ? { canCheck: state !== 'locked', checkText: number === 2 ? 'Подключить' : 'Интеграция', lastCheck: 'none' as const, tried: null } : {}),
    ...more,
  };
}

export function madeWizard(more: Partial<Wizard> = {}): Wizard {
  return {
    project: 'bas',
    title: 'Кадры для БАС',
    status: 'in-progress',
    statusText: 'В процессе 2/4',
    stage: 2,
    opened: 2,
    version: 3,
    stages: [madeStage(1, 'done'), madeStage(2, 'open'), madeStage(3, 'locked'), madeStage(4, 'locked')],
    guid: null,
    credentials: { testBasic: null, productionBasic: null, storage: null },
    endpoints: { test: { address: 'https://test.example/xAPI', source: 'profile' }, production: { address: '', source: 'letter' } },
    s3: 'required',
    runningCheck: null,
    lastCheck: null,
    storeId: null,
    ...more,
  };
}

export function madeStep(name: string, state: CheckStep['state'] = 'passed', code = 'ok', more: Partial<CheckStep> = {}): CheckStep {
  return { name, title: name, state, code, observed: 'HTTP 200', cause: '', fix: '', milliseconds: 40, ...more };
}

export function madeCheck(state: Check['state'], steps: CheckStep[], more: Partial<Check> = {}): Check {
  return {
    id: 'c1', stage: 2, purpose: 'stage', state, startedAt: '2026-11-27T06:48:00Z', deadline: '2026-11-27T06:49:00Z',
    finishedAt: state === 'running' ? null : '2026-11-27T06:48:02Z', steps, ...more,
  };
}
