import type { Language, Locale } from '@kit/locale';

const ru = {
  way: 'Путь',
  download: 'Выгрузить список',
  downloadXlsx: 'Выгрузить в Excel',
  downloading: 'Собираем файл…',
  downloaded: (name: string) => `Файл ${name} сохранён`,
  allFlows: 'Все потоки',
  allProjects: 'Все проекты',
  allKinds: 'Все виды',
  flow: 'Поток',
  project: 'Проект',
  kind: 'Вид',
  all: 'Все',
  allShown: (l: Locale, n: number) => `Показано всё: ${l.number(n)}`,
  someShown: (l: Locale, n: number, total: number | null) =>
    total === null ? `Показано ${l.number(n)}, листайте дальше` : `Показано ${l.number(n)} из ${l.number(total)}, листайте дальше`,
  nothingFits: 'Ничего не подошло',
  nothingFitsFix: 'Измените поиск или снимите отбор.',
  dropFilters: 'Снять отбор',
  roles: {
    viewer: 'наблюдатель',
    methodist: 'методист',
    'organization-admin': 'администратор организации',
  },
  needs: {
    viewer: '',
    methodist: 'Это делает методист или администратор организации.',
    'organization-admin': 'Это делает администратор организации.',
  },
  learnerNumber: (id: string) => `Слушатель ${id}`,
  flowNumber: (id: string) => `Поток ${id}`,
  openWay: 'Путь записи',
  close: 'Закрыть',
  records: { one: 'запись', few: 'записи', many: 'записей' },
};

export type ListTexts = typeof ru;

const en: ListTexts = {
  way: 'Way',
  download: 'Download the list',
  downloadXlsx: 'Download for Excel',
  downloading: 'Putting the file together…',
  downloaded: (name) => `${name} is saved`,
  allFlows: 'All flows',
  allProjects: 'All projects',
  allKinds: 'All kinds',
  flow: 'Flow',
  project: 'Project',
  kind: 'Kind',
  all: 'All',
  allShown: (l, n) => `All shown: ${l.number(n)}`,
  someShown: (l, n, total) => (total === null ? `${l.number(n)} shown, scroll for more` : `${l.number(n)} of ${l.number(total)} shown, scroll for more`),
  nothingFits: 'Nothing fits',
  nothingFitsFix: 'Change the search or drop the filters.',
  dropFilters: 'Drop the filters',
  roles: { viewer: 'viewer', methodist: 'methodist', 'organization-admin': 'administrator of the organisation' },
  needs: {
    viewer: '',
    methodist: 'A methodist or an administrator of the organisation does this.',
    'organization-admin': 'An administrator of the organisation does this.',
  },
  learnerNumber: (id) => `Learner ${id}`,
  flowNumber: (id) => `Flow ${id}`,
  openWay: 'The record’s way',
  close: 'Close',
  records: { one: 'record', few: 'records', many: 'records' } as typeof ru.records,
};

export const texts: Record<Language, ListTexts> = { ru, en };
