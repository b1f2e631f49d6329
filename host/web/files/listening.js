import { credentials, session } from './session.js';

async function get(path) {
  const answer = await fetch(path, { headers: credentials('GET') }).catch(() => null);
  const body = await answer?.json().catch(() => null);
  return answer?.ok ? body : null;
}

// The addresses to which other systems send, of the organizations of whoever is signed in: each connection describes its own.
export async function listeningPaths() {
  const paths = {};
  for (const org of Object.keys(session.who?.roles ?? {})) {
    const base = `/api/v1/organizations/${encodeURIComponent(org)}/connections`;
    for (const connection of (await get(base))?.items ?? []) {
      if (connection.kind !== 'listen') continue;
      Object.assign(paths, (await get(`${base}/${encodeURIComponent(connection.name)}/openapi.json`))?.paths);
    }
  }
  return paths;
}
