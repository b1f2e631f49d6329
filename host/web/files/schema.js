import { el } from './dom.js';

function typeOf(schema) {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.join(' | ');
  if (schema.oneOf) return [...new Set(schema.oneOf.map(typeOf))].join(' | ');
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : schema.type ?? (schema.properties ? 'object' : 'any');
  if (type === 'array') return `${typeOf(schema.items ?? {})}[]`;
  return schema.format ? `${type}, ${schema.format}` : type;
}

// Several shapes of one value: each is opened on its own, a dozen at once would be a wall.
function alternatives(choices, depth) {
  const shapes = choices.filter((choice) => choice.properties);
  if (shapes.length < 2) return shapes.length ? branch(shapes[0], depth) : null;
  return el('ul', { class: 'tree' }, ...shapes.map((shape) => el('li', {}, el('details', {},
    el('summary', { class: 'name' }, shape.properties.kind?.const ?? shape.description ?? typeOf(shape)), branch(shape, depth + 1)))));
}

function branch(schema, depth) {
  const inner = schema.type === 'array' || schema.items ? schema.items ?? {} : schema;
  if (inner.oneOf && depth <= 6) return alternatives(inner.oneOf, depth);
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
  const deeper = (one) => resolve(one, document, depth + 1);
  if (schema.$ref) return deeper(schema.$ref.slice(2).split('/').reduce((at, key) => at?.[key], document));
  if (schema.allOf) return schema.allOf.map(deeper).reduce(joined, { ...schema, allOf: undefined });
  const copy = { ...schema };
  if (copy.items) copy.items = deeper(copy.items);
  if (copy.oneOf) copy.oneOf = copy.oneOf.map(deeper);
  if (copy.properties) copy.properties = Object.fromEntries(Object.entries(copy.properties).map(([k, v]) => [k, deeper(v)]));
  return copy;
}

// What holds when both schemas do, as far as it is shown.
function joined(a, b) {
  return {
    ...a, ...b, properties: { ...a.properties, ...b.properties },
    required: [...new Set([...(a.required ?? []), ...(b.required ?? [])])],
  };
}
