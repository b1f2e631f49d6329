/** What kinds of statements and records are called. A kind that isn't known here is shown as the profile names it. */

import type { Language } from '@kit/locale';

const statements: Record<string, [string, string]> = {
  'methodist.course': ['Программа', 'Programme'],
  'methodist.block': ['Блок', 'Block'],
  'methodist.module': ['Модуль', 'Module'],
  'methodist.theme': ['Тема', 'Theme'],
  'methodist.video': ['Видео в программе', 'Video of the programme'],
  'methodist.webinar': ['Вебинар в программе', 'Webinar of the programme'],
  'methodist.article': ['Статья в программе', 'Article of the programme'],
  'methodist.practice': ['Практика в программе', 'Practice of the programme'],
  'methodist.assessment.final': ['Итоговая в программе', 'Final assessment of the programme'],
  'methodist.assessment.block': ['Аттестация блока в программе', 'Assessment of a block'],
  'methodist.assessment.module': ['Аттестация модуля в программе', 'Assessment of a module'],
  'methodist.assessment.theme': ['Аттестация темы в программе', 'Assessment of a theme'],
  'methodist.fact.activity': ['Факт о практике в программе', 'Fact about a practice'],
  'methodist.fact.assessment': ['Факт об аттестации в программе', 'Fact about an assessment'],
  'methodist.cancel': ['Отмена', 'Cancellation'],
  'learner.grade': ['Оценка', 'Grade'],
  'learner.diagnostics': ['Входная диагностика', 'Entry diagnostics'],
  'learner.final-work': ['Итоговая', 'Final work'],
  'learner.webinar': ['Вебинар', 'Webinar'],
  'learner.video': ['Видео', 'Video'],
  'learner.fact': ['Факт', 'Fact'],
  'learner.fact.assessment': ['Факт об аттестации', 'Fact about an assessment'],
  'learner.practice-diary': ['Дневник практики', 'Practice diary'],
  'learner.downloaded': ['Скачивание', 'Download'],
  'learner.viewed': ['Открытие материала', 'Opening of a material'],
  'learner.reflection': ['Рефлексия', 'Reflection'],
};

const records: Record<string, [string, string]> = {
  flow: ['Поток', 'Flow'],
  block: ['Блок', 'Block'],
  module: ['Модуль', 'Module'],
  theme: ['Тема', 'Theme'],
  element: ['Элемент программы', 'Element of the programme'],
  result: ['Результат', 'Result'],
  view: ['Просмотр', 'View'],
  opening: ['Открытие материала', 'Opening of a material'],
  reflection: ['Рефлексия', 'Reflection'],
};

export const statementKinds: readonly string[] = Object.keys(statements);

export function statementKind(kind: string, language: Language): string {
  return statements[kind]?.[language === 'ru' ? 0 : 1] ?? kind;
}

export function recordKind(kind: string, language: Language): string {
  return records[kind]?.[language === 'ru' ? 0 : 1] ?? kind;
}
