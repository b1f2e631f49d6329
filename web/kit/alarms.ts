/** Which project an alarm is about, and what people call it: the server's sentence may name it by its id. */

interface Told {
  title: string;
  code: string;
  /** Where the server tells it by itself. */
  project?: string;
}

/** `titles`: by project id. */
export function projectOf(alarm: Told, titles: ReadonlyMap<string, string>): string | null {
  if (alarm.project && titles.has(alarm.project)) return alarm.project;
  const named = [...titles].find(([id, title]) => alarm.title.includes(`«${id}»`) || (title !== '' && alarm.title.includes(`«${title}»`)));
  return named ? named[0] : null;
}

export function withTitles(text: string, titles: ReadonlyMap<string, string>): string {
  return text.replace(/«([^«»]+)»/g, (whole, id: string) => (titles.get(id) ? `«${titles.get(id)}»` : whole));
}

/** It is the integration that somebody has to look after: its address or its key. */
export function isOfIntegration(alarm: Told): boolean {
  return alarm.code.startsWith('destination-');
}
