/** The columns that a SELECT names, as far as its text tells: for offering them while a mapping is written. The database decides. */
export function selectColumns(sql: string): string[] {
  const text = withoutComments(sql);
  const start = /^\s*(?:with\b[\s\S]*?\)\s*)?select\s+(?:distinct\s+|all\s+)?/i.exec(text);
  if (!start) return [];
  const columns: string[] = [];
  let depth = 0;
  let quote = '';
  let part = '';
  const take = () => {
    const name = nameOf(part);
    if (name) columns.push(name);
    part = '';
  };
  for (let i = start[0].length; i < text.length; i += 1) {
    const c = text[i]!;
    if (quote) {
      if (c === quote) quote = '';
    } else if (c === "'" || c === '"' || c === '`') quote = c;
    else if (c === '(') depth += 1;
    else if (c === ')') depth -= 1;
    else if (depth === 0 && c === ',') {
      take();
      continue;
    } else if (depth === 0 && /\s/.test(c) && /^\s+(from|union|limit|where)\b/i.test(text.slice(i, i + 12))) break;
    part += c;
  }
  take();
  return [...new Set(columns)];
}

/** "u.id" → id, "COUNT(*) AS n" → n, "name nick" → nick; an expression without a name has none that is sure. */
function nameOf(part: string): string {
  const text = part.trim();
  const named = /(?:\bas\s+|\s)(?:"([^"]+)"|`([^`]+)`|\[([^\]]+)\]|([\p{L}_][\p{L}\p{N}_$]*))$/iu.exec(text) ?? /^(?:[\p{L}\p{N}_$"`]+\.)*(?:"([^"]+)"|`([^`]+)`|\[([^\]]+)\]|([\p{L}_][\p{L}\p{N}_$]*))$/u.exec(text);
  const name = named?.slice(1).find(Boolean) ?? '';
  return /^(end|null|true|false)$/i.test(name) ? '' : name;
}

function withoutComments(sql: string): string {
  return sql.replace(/--[^\n]*/g, ' ').replace(/\/\*[\s\S]*?\*\//g, ' ');
}
