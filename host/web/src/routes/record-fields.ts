/**
 * Our records and their fields, as host/records/RecordSchema.cpp has them, in the words of people. What is missing here is offered by its
 * name: the server decides what a field is.
 */

export type FieldType = 'text' | 'int' | 'number' | 'bool' | 'time' | 'ref' | 'enum' | 'list';

export interface RecordField {
  name: string;
  type: FieldType;
  required: boolean;
  /** Of 'ref': the kind it names. */
  to?: string;
  choices?: readonly string[];
}

type Spec = readonly [name: string, type: FieldType | `ref:${string}` | readonly string[], required?: 'required'];

const elementTypes = ['video', 'webinar', 'article', 'file', 'practice', 'homework', 'independent-work', 'case', 'test', 'intermediate-assessment', 'final-assessment', 'final-work', 'entry-diagnostics', 'practice-diary', 'fact'] as const;

const who: Spec[] = [['learner', 'ref:learners', 'required'], ['element', 'ref:elements', 'required'], ['flow', 'ref:flows']];
const about: Spec[] = [['title', 'text', 'required'], ['description', 'text']];

const specs: Record<string, Spec[]> = {
  programmes: [['project', 'text', 'required'], ...about, ['u2035Id', 'int'], ['online', 'bool'], ['minutesPerHour', 'number']],
  flows: [['programme', 'ref:programmes', 'required'], ['title', 'text'], ['key', 'text', 'required'], ['u2035Id', 'int'], ['methodistUntiId', 'text'], ['instructorUntiIds', 'list'], ['startsAt', 'time'], ['endsAt', 'time'], ['closedAt', 'time']],
  blocks: [['programme', 'ref:programmes', 'required'], ['type', ['theory', 'practice'], 'required'], ...about],
  modules: [['block', 'ref:blocks', 'required'], ...about, ['position', 'int', 'required'], ['u2035Id', 'int']],
  themes: [['module', 'ref:modules', 'required'], ...about, ['position', 'int', 'required'], ['u2035Id', 'int']],
  elements: [
    ['programme', 'ref:programmes'], ['block', 'ref:blocks'], ['module', 'ref:modules'], ['theme', 'ref:themes'], ['flow', 'ref:flows'],
    ['type', elementTypes, 'required'], ...about, ['position', 'int'], ['required', 'bool'], ['durationSeconds', 'int'],
    ['webinarLink', 'text'], ['webinarAt', 'time'], ['lectureHours', 'number'], ['workshopHours', 'number'], ['independentHours', 'number'],
    ['minScore', 'number'], ['maxScore', 'number'], ['passScore', 'number'], ['maxAttempts', 'int'], ['practical', 'bool'], ['comparability', 'int'],
    ['admittanceForm', ['online', 'offline', 'hybrid']], ['documentType', 'text'], ['qualification', 'text'], ['fixationMethod', 'text'],
    ['fixationUntiIds', 'list'], ['fixationRoles', 'list'], ['bestResult', ['max', 'min', 'none']], ['closedAt', 'time'],
  ],
  learners: [['untiId', 'text'], ['testUntiId', 'text'], ['leaderId', 'text'], ['lastName', 'text'], ['firstName', 'text'], ['middleName', 'text'], ['email', 'text']],
  enrollments: [['learner', 'ref:learners', 'required'], ['flow', 'ref:flows', 'required'], ['status', ['enrolled', 'finished', 'expelled'], 'required']],
  results: [...who, ['attempt', 'int'], ['raw', 'number'], ['min', 'number'], ['max', 'number'], ['passScore', 'number'], ['success', 'bool'], ['durationSeconds', 'int'], ['at', 'time'], ['graded', 'bool']],
  views: [...who, ['percent', 'number'], ['watchedSeconds', 'int'], ['recording', 'bool'], ['attended', 'bool'], ['at', 'time']],
  openings: [...who, ['downloaded', 'bool'], ['at', 'time']],
  reflections: [['learner', 'ref:learners', 'required'], ['flow', 'ref:flows', 'required'], ['module', 'ref:modules'], ['text', 'text', 'required'], ['at', 'time']],
  files: [['result', 'ref:results'], ['element', 'ref:elements'], ['name', 'text', 'required']],
};

/** In the order in which records refer to each other. */
export const recordKinds = Object.keys(specs);

export const recordFields: Record<string, RecordField[]> = Object.fromEntries(
  Object.entries(specs).map(([kind, fields]) => [
    kind,
    fields.map(([name, type, required]) => {
      const field = { name, required: required === 'required' };
      if (typeof type !== 'string') return { ...field, type: 'enum' as const, choices: type };
      const [plain, to] = type.split(':');
      return { ...field, type: plain as FieldType, ...(to ? { to } : {}) };
    }),
  ]),
);

export function recordField(kind: string, name: string): RecordField | undefined {
  return recordFields[kind]?.find((one) => one.name === name);
}
