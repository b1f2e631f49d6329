// The curl command of a call, for a POSIX shell. A token never appears in it: people paste commands into chats.
const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;

export function curlOf(call) {
  const parts = [`curl ${call.method === 'GET' ? '' : `-X ${call.method} `}${quote(call.url)}`];
  if (call.needsToken) parts.push('-H "Authorization: Bearer $LMSD_TOKEN"');
  for (const [name, value] of Object.entries(call.headers)) parts.push(`-H ${quote(`${name}: ${value}`)}`);
  if (call.file) parts.push(`--data-binary ${quote(`@${call.file.name}`)}`);
  else if (call.body) parts.push(`--data-raw ${quote(call.body)}`);
  return parts.join(' \\\n  ');
}

// Fills a path template; an empty value leaves the name in braces, so that one sees what is missing.
export function urlOf(path, pathValues, queryValues) {
  const filled = path.replace(/\{([^}]+)\}/g, (whole, name) => (pathValues[name] ? encodeURIComponent(pathValues[name]) : whole));
  const query = Object.entries(queryValues).filter(([, value]) => value !== '')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  return location.origin + filled + (query ? `?${query}` : '');
}
