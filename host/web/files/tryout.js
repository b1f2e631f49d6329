import { curlOf, urlOf } from './curl.js';
import { code, el, field, pretty } from './dom.js';
import { credentials, session } from './session.js';
import { t } from './texts.js';

// ETags seen on this page, so that a change can be tried right after a read.
const etags = new Map();

function bodyControl(content) {
  const [type, media] = Object.entries(content)[0];
  if (/json|text|xml|csv/.test(type)) {
    const example = media.example === undefined ? '' : typeof media.example === 'string' ? media.example : pretty(media.example);
    return { type, control: el('textarea', { spellcheck: 'false', value: example, 'aria-label': t('body') }), text: true };
  }
  return { type, control: el('input', { type: 'file' }), text: false };
}

async function showAnswer(place, answer, milliseconds) {
  const type = answer.headers.get('content-type') ?? '';
  const blob = await answer.blob();
  const nodes = [el('div', { class: 'status' }, el('span', { class: answer.ok ? 'badge' : 'badge bad' }, String(answer.status)),
    el('span', { class: 'muted' }, `${milliseconds} ${t('time')}`, type ? ` · ${type.split(';')[0]}` : ''))];
  if (!blob.size) {
    nodes.push(el('p', { class: 'muted small' }, t('noBody')));
  } else if (/json|text|xml|csv/.test(type)) {
    const text = await blob.text();
    let shown = text.slice(0, 500000);
    if (/json/.test(type)) try { shown = pretty(JSON.parse(text)); } catch { /* shown as it came */ }
    nodes.push(code(t('answer'), shown));
  } else {
    nodes.push(el('p', { class: 'muted small' }, `${t('binary')}, ${blob.size} B`));
  }
  if (blob.size && !/json/.test(type)) {
    nodes.push(el('p', {}, el('a', { class: 'btn small', href: URL.createObjectURL(blob), download: 'answer' }, t('download'))));
  }
  nodes.push(code(t('headers'), [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n'), { wrap: true }));
  place.replaceChildren(...nodes);
}

// The form that tries an operation, with its curl command and request URL kept up to date.
export function tryOut(path, method, operation) {
  const parameters = operation.parameters ?? [];
  const controls = parameters.map((p) => [p, el('input', {
    spellcheck: 'false', autocomplete: 'off', inputmode: p.schema?.type === 'integer' ? 'numeric' : null, required: p.required,
    value: p.in === 'path' && p.name === 'org' && session.who?.roles?.length ? session.who.roles[0].organization : '',
  })]);
  const isList = parameters.some((p) => p.name === 'cursor');
  const accept = isList ? el('select', {}, el('option', { value: 'application/json' }, 'JSON'), el('option', { value: 'text/csv' }, 'CSV')) : null;
  const body = operation.requestBody ? bodyControl(operation.requestBody.content) : null;
  const needsToken = (operation.security ?? []).length > 0;

  const values = (where) => Object.fromEntries(controls.filter(([p]) => p.in === where).map(([p, c]) => [p.name, c.value.trim()]));
  const call = () => {
    const headers = Object.fromEntries(Object.entries(values('header')).filter(([, value]) => value !== ''));
    if (accept?.value === 'text/csv') headers.Accept = 'text/csv';
    if (body) headers['Content-Type'] = body.type;
    return {
      method, headers, needsToken, url: urlOf(path, values('path'), values('query')),
      body: body?.text ? body.control.value : null, file: body && !body.text ? body.control.files[0] : null,
    };
  };

  const url = code('Request URL', '', { wrap: true });
  const curl = code('curl', '', { wrap: true });
  const refresh = () => {
    const now = call();
    url.set(now.url);
    curl.set(curlOf(now));
  };
  const answerPlace = el('div', { class: 'answer', 'aria-live': 'polite' });
  const run = el('button', { class: 'btn primary' }, t('run'));

  const send = async () => {
    const now = call();
    run.disabled = true;
    answerPlace.replaceChildren(el('p', { class: 'muted' }, t('running')));
    const began = performance.now();
    try {
      const answer = await fetch(now.url, {
        method, headers: { ...now.headers, ...credentials(method) }, body: now.file ?? now.body ?? undefined,
        credentials: session.token ? 'omit' : 'same-origin',
      });
      const milliseconds = Math.round(performance.now() - began);
      if (answer.headers.get('etag')) etags.set(now.url, answer.headers.get('etag'));
      await showAnswer(answerPlace, answer, milliseconds);
    } catch (error) {
      answerPlace.replaceChildren(el('p', { class: 'note bad' }, `${t('failed')}: ${error.message}`));
    }
    run.disabled = false;
  };

  const offerEtag = () => {
    const match = controls.find(([p]) => p.name === 'If-Match')?.[1];
    if (match && !match.value && etags.has(call().url)) match.value = etags.get(call().url);
  };
  const form = el('form', { class: 'answer', oninput: refresh, onfocusin: () => { offerEtag(); refresh(); }, onsubmit: (event) => { event.preventDefault(); refresh(); send(); } },
    controls.length || accept ? el('div', { class: 'grid' },
      ...controls.map(([p, control]) => field(p.name, [p.required ? t('required') : '', p.description ?? ''].filter(Boolean).join('; '), control)),
      accept ? field(t('format'), '', accept) : null) : null,
    body ? field(body.text ? `${t('body')} (${body.type})` : t('file'), '', body.control) : null,
    el('div', { class: 'row' }, run, el('button', { class: 'btn', type: 'button', onclick: () => { form.reset(); answerPlace.replaceChildren(); refresh(); } }, t('clear'))));
  if (body?.text) body.control.defaultValue = body.control.value;
  refresh();
  return el('section', { class: 'try' }, el('h3', {}, t('tryIt')), form, url, curl,
    needsToken ? el('p', { class: 'small muted' }, t('curlNote')) : null, answerPlace);
}
