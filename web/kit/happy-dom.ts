/**
 * For tests: happy-dom loses `<?…>` at the root of a template, which browsers read as a comment and lit marks its places with.
 * To be imported before anything is rendered.
 */
const own = Object.getOwnPropertyDescriptor(HTMLTemplateElement.prototype, 'innerHTML');
if (own?.set)
  Object.defineProperty(HTMLTemplateElement.prototype, 'innerHTML', {
    ...own,
    set(text: string) {
      own.set!.call(this, String(text).replace(/<\?([^>]*)>/g, '<!--?$1-->'));
    },
  });
