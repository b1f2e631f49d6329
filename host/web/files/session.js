import { el, field } from './dom.js';
import { t } from './texts.js';

// Who is signed in here: by the cookie, which scripts can't read, or by a token typed on this page.
export const session = { who: null, token: '' };

const kPath = '/api/v1/session';
const listeners = [];
export const onSession = (listener) => listeners.push(listener);
const tell = () => listeners.forEach((listener) => listener());

// Headers that a call of this page needs.
export function credentials(method) {
  if (session.token) return { Authorization: `Bearer ${session.token}` };
  if (method !== 'GET' && session.who?.csrfToken) return { 'X-CSRF-Token': session.who.csrfToken };
  return {};
}

export async function loadSession() {
  const answer = await fetch(kPath).catch(() => null);
  // Read whatever it is: an answer left unread keeps its connection.
  const body = await answer?.json().catch(() => null);
  session.who = answer?.ok ? body : null;
  tell();
}

async function signIn(login, password) {
  const answer = await fetch(kPath, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login, password }),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(answer.status === 401 ? t('wrongLogin') : body.detail);
  session.who = body;
  tell();
}

async function signOut() {
  await fetch(kPath, { method: 'DELETE', headers: { 'X-CSRF-Token': session.who.csrfToken } });
  session.who = null;
  tell();
}

function signInForm() {
  const login = el('input', { autocomplete: 'username', required: true, autocapitalize: 'none', spellcheck: 'false' });
  const password = el('input', { type: 'password', autocomplete: 'current-password', required: true });
  const wrong = el('p', { class: 'note bad', role: 'alert', hidden: true });
  return el('form', {
    class: 'sign-in',
    onsubmit: async (event) => {
      event.preventDefault();
      wrong.hidden = true;
      try {
        await signIn(login.value, password.value);
      } catch (error) {
        wrong.textContent = error.message;
        wrong.hidden = false;
      }
    },
  }, field(t('login'), '', login), field(t('password'), '', password), wrong, el('button', { class: 'btn primary' }, t('enter')));
}

function whoIsIn() {
  const { login, name, serverAdmin, roles } = session.who;
  const list = [...(serverAdmin ? [[t('serverAdmin'), '']] : []), ...roles.map((r) => [r.organization, r.role])];
  return el('div', { class: 'sign-in' },
    el('p', {}, `${t('signedInAs')} `, el('strong', {}, name || login)),
    list.length
      ? el('ul', { class: 'role-list small' }, ...list.map(([a, b]) => el('li', {}, el('span', {}, a), el('span', { class: 'muted' }, b))))
      : el('p', { class: 'muted' }, t('noRoles')),
    el('button', { class: 'btn', type: 'button', onclick: signOut }, t('signOut')));
}

export function drawSession() {
  document.getElementById('session').replaceChildren(session.who ? whoIsIn() : signInForm());
  document.getElementById('who').textContent = session.who ? session.who.name || session.who.login : '';
}
