/** Short names of the server's stable codes, for chips and filters. The whole reason and what to do come from the server. */

import type { Language } from '@kit/locale';

const reasons: Record<string, readonly [ru: string, en: string]> = {
  'no-unti-id': ['нет unti_id', 'no unti_id'],
  'bad-unti-id': ['unti_id записан неверно', 'unti_id is malformed'],
  'no-test-unti-id': ['нет тестового unti_id', 'no test unti_id'],
  'no-methodist': ['нет unti_id методиста', 'no methodist’s unti_id'],
  'bad-methodist': ['unti_id методиста записан неверно', 'methodist’s unti_id is malformed'],
  'no-test-methodist': ['нет тестового unti_id методиста', 'no methodist’s test unti_id'],
  'learner-left-out': ['слушатель исключён из передачи', 'learner left out'],
  'unknown-learner': ['слушатель не зачислен на поток', 'learner not enrolled'],
  'learner-deleted': ['слушатель удалён', 'learner deleted'],
  expelled: ['отчислен', 'expelled'],
  'unknown-element': ['нет элемента программы', 'no such element'],
  'element-deleted': ['элемент программы удалён', 'element deleted'],
  'unknown-module': ['нет модуля программы', 'no such module'],
  'wrong-flow': ['запись другого потока', 'another flow’s record'],
  'kind-not-in-profile': ['вид элемента не передаётся', 'kind isn’t sent in this project'],
  'no-template': ['нет факта для элемента на этом месте', 'no statement for this place'],
  'template-not-mapped': ['столбцы шаблона не сопоставлены', 'template’s columns not mapped'],
  'refers-to-unsendable': ['элемент сам не может быть передан', 'its element can’t go'],
  'refers-to-refused': ['ждёт отказанного факта методиста', 'waits for a refused statement'],
  'refers-to-discarded': ['ждёт отклонённого факта методиста', 'waits for a discarded statement'],
  'changed-after-sending': ['изменена после отправки', 'changed after sending'],
  'deleted-after-sending': ['удалена после отправки', 'deleted after sending'],
  'no-letter': ['нет скана письма об отмене', 'no scan of the letter'],
  'referred-by-learners': ['изменена, но на неё ссылаются', 'changed, and referred to'],
  'being-cancelled': ['переданное отменяется', 'being cancelled'],
  'file-not-in-storage': ['файла ещё нет в S3', 'file not in S3 yet'],
  'no-storage': ['нет хранилища S3', 'no S3 storage'],
  'no-file': ['нет файла работы', 'no file of the work'],
  'file-gone': ['файла нет на сервере', 'file is gone'],
  'file-changed': ['файл подменён', 'file was changed'],
  'file-name-taken': ['имя файла занято', 'file name taken'],
  'may-have-arrived': ['передан ли факт, неизвестно', 'may have arrived'],
  'refused-by-lrs': ['LRS отказал', 'refused by the LRS'],
  'discarded-by-person': ['решено не передавать', 'discarded by a person'],
  'no-mark': ['нет балла', 'no mark'],
  'no-success': ['нет успешности', 'no success'],
  'mark-out-of-range': ['балл вне границ', 'mark out of range'],
  'bad-score-bounds': ['границы балла неверны', 'wrong bounds of marks'],
  'no-score-bounds': ['нет границ балла', 'no bounds of marks'],
  'bad-pass-mark': ['проходной балл вне границ', 'pass mark out of range'],
  'no-pass-mark': ['нет проходного балла', 'no pass mark'],
  'no-time': ['нет времени события', 'no time'],
  'time-in-future': ['время ещё не наступило', 'time in the future'],
  'too-large': ['факт слишком велик', 'too large'],
  'invalid-statement': ['не прошёл проверку', 'failed the check'],
  'reflection-held': ['рефлексия задержана проверкой', 'reflection held by checks'],
  'reflection-held-by-person': ['рефлексию задержал методист', 'reflection held by a methodist'],
  'reflection-unchecked': ['рефлексия ещё не проверена', 'reflection not checked yet'],
  'no-reflection-text': ['нет текста рефлексии', 'no text of the reflection'],
  'stored-differently': ['LRS хранит иначе', 'stored differently'],
  'lost-in-store': ['LRS теряет факт', 'lost in the LRS'],
  'voided-there': ['отменён в LRS', 'voided in the LRS'],
  'no-final-work-element': ['нет итоговой работы в программе', 'no final work in the programme'],
  'no-final-work': ['нет результата итоговой', 'no final work'],
  'final-work-under-review': ['итоговая не проверена', 'final work under review'],
  'file-waits-for-storage': ['файл ещё не в хранилище', 'file waits for storage'],
  'not-delivered': ['ещё не принято', 'not delivered yet'],
  'sent-as-another-person': ['передано с другим unti_id', 'sent under another unti_id'],
  'no-modules': ['нет модулей', 'no modules'],
  'reflection-module-missing': ['нет рефлексий по модулям', 'no module reflections'],
  'reflection-programme-missing': ['нет рефлексии по курсу', 'no course reflection'],
  'no-reflections': ['нет ни одной рефлексии', 'no reflections'],
  'reflection-empty': ['рефлексия пуста', 'empty reflection'],
  'reflections-have-no-way': ['рефлексии не передаются этим путём', 'reflections can’t go this way'],
  'reflection-borderline': ['рефлексия ждёт решения', 'reflection awaits a decision'],
  'reflection-flagged': ['рефлексия не годится', 'reflection is unfit'],
  'no-text': ['нет слов', 'no words'],
  'too-short': ['рефлексия коротка', 'reflection too short'],
  mashing: ['случайные знаки', 'random characters'],
  'no-real-words': ['почти нет слов', 'hardly any words'],
  repetition: ['повторы', 'repetition'],
  'word-salad': ['слова не складываются', 'words don’t make sentences'],
  'other-language': ['другой язык', 'another language'],
  'borrowed-from-programme': ['взято из программы', 'taken from the programme'],
  'copied-from-learner': ['похоже на другой текст', 'resembles another text'],
  'copied-by-others': ['на этот текст похож другой', 'another text resembles it'],
  'repeated-own': ['один текст за разные модули', 'one text for several modules'],
};

/** Kinds of statements and tables. */
const kinds: Record<string, readonly [ru: string, en: string]> = {
  'learner.grade': ['Оценка', 'Mark'],
  'learner.diagnostics': ['Входная диагностика', 'Entry diagnostics'],
  'learner.final-work': ['Итоговая работа', 'Final work'],
  'learner.webinar': ['Вебинар', 'Webinar'],
  'learner.video': ['Видео', 'Video'],
  'learner.fact': ['Факт', 'Fact'],
  'learner.fact.assessment': ['Оценка факта', 'Fact’s assessment'],
  'learner.practice-diary': ['Дневник практики', 'Practice diary'],
  'learner.downloaded': ['Материал скачан', 'Material downloaded'],
  'learner.viewed': ['Материал открыт', 'Material viewed'],
  'learner.reflection': ['Рефлексия', 'Reflection'],
  'methodist.course': ['Программа', 'Programme'],
  'methodist.block': ['Блок', 'Block'],
  'methodist.module': ['Модуль', 'Module'],
  'methodist.theme': ['Тема', 'Theme'],
  'methodist.video': ['Видео программы', 'Programme’s video'],
  'methodist.webinar': ['Вебинар программы', 'Programme’s webinar'],
  'methodist.article': ['Статья программы', 'Programme’s article'],
  'methodist.practice': ['Практика программы', 'Programme’s practice'],
  'methodist.assessment.final': ['Итоговая аттестация', 'Final assessment'],
  'methodist.assessment.block': ['Аттестация блока', 'Block’s assessment'],
  'methodist.assessment.module': ['Аттестация модуля', 'Module’s assessment'],
  'methodist.assessment.theme': ['Аттестация темы', 'Theme’s assessment'],
  'methodist.fact.activity': ['Факт программы', 'Programme’s fact'],
  'methodist.fact.assessment': ['Оценка факта программы', 'Assessment of a fact'],
  'methodist.cancel': ['Отмена', 'Cancellation'],
  'final-work-results': ['Таблица итоговой деятельности', 'Table of final works'],
  'assessment-results': ['Таблица аттестации', 'Table of assessments'],
  'activity-results': ['Таблица деятельности', 'Table of activities'],
  'entry-diagnostics': ['Таблица входной диагностики', 'Table of entry diagnostics'],
  'video-views': ['Таблица просмотров', 'Table of views'],
};

/** Kinds of records, and of elements, whose file an artifact is. */
const things: Record<string, readonly [ru: string, en: string]> = {
  flow: ['поток', 'flow'],
  block: ['блок', 'block'],
  module: ['модуль', 'module'],
  theme: ['тема', 'theme'],
  element: ['элемент', 'element'],
  result: ['результат', 'result'],
  view: ['просмотр', 'view'],
  opening: ['открытие материала', 'opening'],
  reflection: ['рефлексия', 'reflection'],
  learner: ['слушатель', 'learner'],
  programme: ['программа', 'programme'],
  'final-work': ['итоговая работа', 'final work'],
  'practice-diary': ['дневник практики', 'practice diary'],
  video: ['видео', 'video'],
  webinar: ['вебинар', 'webinar'],
  article: ['статья', 'article'],
  file: ['файл', 'file'],
  practice: ['практика', 'practice'],
  homework: ['домашняя работа', 'homework'],
  'independent-work': ['самостоятельная работа', 'independent work'],
  case: ['кейс', 'case'],
  test: ['тест', 'test'],
  'intermediate-assessment': ['промежуточная аттестация', 'intermediate assessment'],
  'final-assessment': ['итоговая аттестация', 'final assessment'],
  fact: ['факт', 'fact'],
  letter: ['письмо', 'letter'],
};

function named(list: Record<string, readonly [string, string]>, language: Language, code: string): string | undefined {
  return Object.hasOwn(list, code) ? list[code]![language === 'ru' ? 0 : 1] : undefined;
}
function capital(text: string): string {
  return text.startsWith('unti_id') ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

/** Of a code that is new here its own name is shown: better than none. */
export function codeName(language: Language, code: string): string {
  return named(reasons, language, code) ?? code;
}
export function codeTitle(language: Language, code: string): string {
  return capital(codeName(language, code));
}
export function kindName(language: Language, kind: string): string {
  return named(kinds, language, kind) ?? thingTitle(language, kind);
}
export function thingName(language: Language, thing: string): string {
  return named(things, language, thing) ?? thing;
}
export function thingTitle(language: Language, thing: string): string {
  return capital(thingName(language, thing));
}
export const allKinds: readonly string[] = Object.keys(kinds);
/** Of statements: all that aren't tables. */
export const statementKinds: readonly string[] = allKinds.filter((kind) => kind.includes('.'));

/** What the checks of a reflection's text find: a person reads it and decides. */
const ofText = new Set(['no-text', 'too-short', 'mashing', 'no-real-words', 'repetition', 'word-salad', 'other-language', 'borrowed-from-programme', 'copied-from-learner', 'copied-by-others', 'repeated-own']);
export const checkCodes: readonly string[] = [...ofText];
export function isJudged(code: string): boolean {
  return ofText.has(code) || code === 'reflection-borderline' || code === 'reflection-flagged' || code === 'reflection-held';
}

/** Kinds of records whose whole way can be shown. */
const withWay = new Set(['flow', 'block', 'module', 'theme', 'element', 'result', 'view', 'opening', 'reflection']);
export function wayPath(record: { kind: string; id: string }): string | null {
  return withWay.has(record.kind) ? `statements/record/${record.kind}/${record.id}` : null;
}
