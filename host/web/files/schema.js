import { el } from './dom.js';

function typeOf(schema) {
  if (schema.enum) return schema.enum.join(' | ');
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : schema.type ?? (schema.properties ? 'object' : 'any');
  if (type === 'array') return `${typeOf(schema.items ?? {})}[]`;
  return schema.format ? `${type}, ${schema.format}` : type;
}

function branch(schema, depth) {
  const inner = schema.type === 'array' || schema.items ? schema.items ?? {} : schema;
  const properties = Object.entries(inner.properties ?? {});
  if (!properties.length || depth > 6) return null;
  return el('ul', { class: 'tree' }, ...properties.map(([name, child]) => el('li', {},
    el('span', { class: 'name' }, name), inner.required?.includes(name) ? el('span', { class: 'must' }, '*') : null,
    el('span', { class: 'type' }, typeOf(child)), child.description ? el('p', {}, child.description) : null, branch(child, depth + 1))));
}

// A schema as nested lists; references into the document are followed.
export function schemaTree(schema, document) {
  const resolved = resolve(schema, document, 0);
  return branch(resolved, 0) ?? el('p', { class: 'mono small' }, typeOf(resolved));
}

function resolve(schema, document, depth) {
  if (!schema || typeof schema !== 'object' || depth > 8) return schema ?? {};
  if (schema.$ref) return resolve(schema.$ref.slice(2).split('/').reduce((at, key) => at?.[key], document), document, depth + 1);
  const copy = { ...schema };
  if (copy.items) copy.items = resolve(copy.items, document, depth + 1);
  if (copy.properties) {
    copy.properties = Object.fromEntries(Object.entries(copy.properties).map(([k, v]) => [k, resolve(v, document, depth + 1)]));
  }
  return copy;
}
