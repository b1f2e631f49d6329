import { curlOf, urlOf } from './curl.js';
import { code, el, field, pretty } from './dom.js';
import { listeningPaths } from './listening.js';
import { schemaTree } from './schema.js';
import { drawSession, loadSession, onSession, session } from './session.js';
import { startTexts, t } from './texts.js';
import { tryOut } from './tryout.js';

const kVerbs = ['get', 'post', 'put', 'patch', 'delete'];
let api = null;
let listened = {};

const allOperations = () => Object.entries(api.paths).flatMap(([path, item]) =>
  kVerbs.filter((verb) => item[verb]).map((verb) => ({ path, method: verb.toUpperCase(), verb, ...item[verb] })));

const exampleOf = (content) => Object.values(content ?? {})[0]?.example;
const shown = (example) => (typeof example === 'string' ? example : pretty(example));

function parametersOf(operation) {
  if (!operation.parameters?.length) return null;
  return el('section', {}, el('h3', {}, t('parameters')), el('ul', { class: 'tree' }, ...operation.parameters.map((p) => el('li', {},
    el('span', { class: 'name' }, p.name), p.required ? el('span', { class: 'must' }, '*') : null,
    el('span', { class: 'type' }, `${p.in}, ${p.schema?.type ?? 'string'}`), p.description ? el('p', {}, p.description) : null))));
}

function contentOf(title, content) {
  if (!content) return null;
  const [type, media] = Object.entries(content)[0];
  const schema = media.schema && Object.keys(media.schema).length ? schemaTree(media.schema, api) : null;
  return el('section', {}, el('h3', {}, `${title} · ${type}`), el('div', { class: 'pair' }, schema,
    media.example === undefined ? null : code(t('example'), shown(media.example))));
}

function responsesOf(operation) {
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'));
  return [contentOf(`${t('answer')} ${success?.[0] ?? ''}`, success?.[1].content),
    el('section', {}, el('h3', {}, t('responses')), el('ul', { class: 'responses' },
      ...Object.entries(operation.responses).map(([status, r]) => el('li', {}, el('b', {}, status), el('span', { class: 'muted' }, r.description)))))];
}

function bodyOf(operation) {
  const text = operation.description.replace(/\n*Who may: .*$/s, '');
  return el('div', { class: 'op-body' },
    el('section', {}, text ? el('p', { class: 'text' }, text) : null, el('p', { class: 'who-may' }, `${t('whoMay')}: ${operation['x-who']}`)),
    parametersOf(operation), contentOf(t('body'), operation.requestBody?.content), ...responsesOf(operation),
    tryOut(operation.path, operation.method, operation));
}

function operationElement(operation) {
  const details = el('details', { class: 'op', id: operation.operationId },
    el('summary', {}, el('span', { class: `verb ${operation.verb}` }, operation.method), el('span', { class: 'mono' }, operation.path),
      el('span', { class: 'title' }, operation.summary)));
  // Built when opened: a hundred forms at once would make the page slow.
  details.addEventListener('toggle', () => { if (details.open && !details.querySelector('.op-body')) details.append(bodyOf(operation)); });
  details.dataset.words = `${operation.method} ${operation.path} ${operation.summary} ${operation.description} ${operation.tags[0]}`.toLowerCase();
  return details;
}

const exampleAnswer = (operation) => exampleOf(Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1].content);

// A call with example values in the place of the parameters.
function guideCall(operation, query = {}) {
  const values = { org: 'demo', id: exampleAnswer(operation)?.id ?? 'ID' };
  const body = exampleOf(operation.requestBody?.content);
  const headers = body === undefined ? {} : { 'Content-Type': Object.keys(operation.requestBody.content)[0] };
  if (operation.parameters?.some((p) => p.name === 'If-Match')) headers['If-Match'] = '"1"';
  return {
    method: operation.method, headers, needsToken: true, url: urlOf(operation.path, values, query),
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  };
}

function guideCard(title, text, operation, query) {
  const call = guideCall(operation, query);
  return el('div', { class: 'answer' }, el('h3', {}, title), el('p', { class: 'small muted' }, text),
    el('p', { class: 'small' }, el('a', { href: `#${operation.operationId}` }, `${operation.method} ${operation.path}`)),
    code('Request URL', call.url, { wrap: true }), code('curl', curlOf(call), { wrap: true }),
    exampleAnswer(operation) === undefined ? null : code(t('exampleAnswer'), shown(exampleAnswer(operation))));
}

function drawGuide() {
  const all = allOperations();
  const at = (method, path) => all.find((o) => o.method === method && o.path === `/api/v1/organizations${path}`);
  const cards = [
    [t('one'), t('oneText'), at('GET', '/{org}/records/learners/{id}') ?? at('GET', '/{org}')],
    [t('many'), t('manyText'), at('GET', '/{org}/records/learners') ?? at('GET', ''), { limit: '100' }],
    [t('sendOneTitle'), t('sendOne'), at('PUT', '/{org}/records/learners/{id}') ?? at('PUT', '/{org}')],
    [t('sendManyTitle'), t('sendMany'), at('POST', '/{org}/records')],
  ].filter(([, , operation]) => operation);
  const place = document.getElementById('guide');
  place.hidden = !cards.length;
  place.replaceChildren(el('h2', {}, t('guide')), el('p', { class: 'muted' }, t('guideLead')),
    el('div', { class: 'pair' }, ...cards.slice(0, 2).map((card) => guideCard(...card))),
    el('div', { class: 'pair' }, ...cards.slice(2).map((card) => guideCard(...card))));
}

function drawToken() {
  const input = el('input', { type: 'password', autocomplete: 'off', spellcheck: 'false', value: session.token, oninput: () => { session.token = input.value.trim(); } });
  document.getElementById('token').replaceChildren(el('form', { class: 'sign-in', onsubmit: (event) => event.preventDefault() },
    field(t('tokenTitle'), t('tokenHint'), input), el('p', { class: 'small muted' }, t('tokenUse'))));
}

function drawOperations() {
  const groups = new Map();
  for (const operation of allOperations()) {
    const tag = operation.tags[0];
    groups.set(tag, [...(groups.get(tag) ?? []), operation]);
  }
  const sorted = [...groups].sort(([a], [b]) => a.localeCompare(b));
  document.getElementById('operations').replaceChildren(...sorted.map(([tag, operations]) =>
    el('section', { class: 'group', id: `tag-${tag}` }, el('h2', {}, tag), ...operations.map(operationElement))));
  document.getElementById('contents').replaceChildren(
    el('div', {}, el('a', { href: '#access' }, t('access')), el('a', { href: '#guide' }, t('guide'))),
    ...sorted.map(([tag, operations]) => el('div', {}, el('h3', {}, tag), ...operations.map((o) => el('a', { href: `#${o.operationId}` }, o.summary)))));
  document.getElementById('version').textContent = `OpenAPI ${api.openapi} · ${api.info.title} ${api.info.version}`;
  filter();
  openFromAddress();
}

function filter() {
  const words = document.getElementById('search').value.toLowerCase().split(/\s+/).filter(Boolean);
  let any = false;
  for (const group of document.querySelectorAll('.group')) {
    let some = false;
    for (const op of group.querySelectorAll('.op')) {
      op.hidden = !words.every((word) => op.dataset.words.includes(word));
      some ||= !op.hidden;
    }
    group.hidden = !some;
    any ||= some;
  }
  for (const section of document.querySelectorAll('#contents > div')) {
    const links = [...section.querySelectorAll('a')];
    for (const link of links) link.hidden = document.getElementById(link.hash.slice(1))?.hidden ?? false;
    section.hidden = links.every((link) => link.hidden);
  }
  for (const id of ['access', 'guide']) document.getElementById(id).classList.toggle('set-aside', words.length > 0);
  document.getElementById('nothing').hidden = any;
}

function openFromAddress() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.tagName !== 'DETAILS') return;
  target.open = true;
  target.scrollIntoView();
}

function draw() {
  drawSession();
  drawToken();
  if (api) {
    drawGuide();
    drawOperations();
  }
}

// What an organization listens to stands beside the server's own, for those who may see it.
async function addListening() {
  const own = await listeningPaths();
  if (!api) return;
  const before = Object.keys(api.paths).filter((path) => path in listened);
  for (const path of before) delete api.paths[path];
  Object.assign(api.paths, own);
  listened = own;
  if (before.length || Object.keys(own).length) drawOperations();
}

startTexts(draw);
onSession(drawSession);
onSession(addListening);
document.getElementById('search').addEventListener('input', filter);
window.addEventListener('hashchange', openFromAddress);
draw();
loadSession();
fetch('/api/v1/openapi.json').then((answer) => answer.json()).then((loaded) => { api = loaded; draw(); addListening(); })
  .catch((error) => { document.getElementById('operations').replaceChildren(el('p', { class: 'note bad' }, `${t('openApiFailed')}: ${error.message}`)); });
