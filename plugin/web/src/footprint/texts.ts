import type { Language } from '@kit/locale';

const ru = {
  sections: 'Разделы цифрового следа',
  names: {
    morning: 'Утренний обзор',
    quarantine: 'Карантин',
    reflections: 'Рефлексии',
    readiness: 'Готовность',
    unsendable: 'Чего не хватает',
    exports: 'Таблицы и архивы',
    statements: 'Записи',
  },
};
export type FootprintTexts = typeof ru;

const en: FootprintTexts = {
  sections: 'Sections of the digital footprint',
  names: {
    morning: 'Morning overview',
    quarantine: 'Quarantine',
    reflections: 'Reflections',
    readiness: 'Readiness',
    unsendable: 'What is missing',
    exports: 'Tables and archives',
    statements: 'Statements',
  },
};

export const texts: Record<Language, FootprintTexts> = { ru, en };
