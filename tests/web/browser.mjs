// A real browser for the tests of the pages: Debian's Chromium by playwright-core.
//   const visit = await begin('wizard');                    // reads what tests/web/place.py gives on standard input
//   await visit.signIn('anna');                             // by REST: the page itself isn't needed for it
//   await visit.element('u2035-wizard', { project: 'bas' }) // one element on an otherwise empty page of this origin
//   await visit.open('#/org/demo/journal')                  // or the platform's shell
//   await visit.look('stage-1');                            // pictures (desktop, phone; light, dark), axe, no sideways scroll
//   await visit.end();                                      // no error in the console, no request elsewhere
// Whatever is wrong on the way is gathered and fails the script at its end, so that all pictures are there to look at.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';

const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// The server's own policy for pages (host/http/Answer.cpp), also for what is answered here in its place.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const types = { '.js': 'text/javascript', '.html': 'text/html', '.css': 'text/css', '.svg': 'image/svg+xml' };

export async function begin(name) {
  const given = JSON.parse(readFileSync(0, 'utf8'));
  const browser = await chromium.launch({
    executablePath: process.env.WEB_BROWSER ?? '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const visit = new Visit(name, given, browser);
  await visit.ready();
  // A script that breaks off still tells what it saw until then.
  process.on('uncaughtException', (error) => void visit.breakOff(error));
  process.on('unhandledRejection', (error) => void visit.breakOff(error));
  return visit;
}

class Visit {
  #wrong = [];
  #allowed = [];
  #answers = [];
  #ended = false;

  constructor(name, given, browser) {
    Object.assign(this, { name, given, browser, url: given.url });
    this.folder = process.env.WEB_SCREENSHOTS ?? 'build/web-screenshots';
    mkdirSync(this.folder, { recursive: true });
  }

  async ready() {
    this.context = await this.#someone();
    this.page = await this.context.newPage();
  }

  /** Another person at another computer, signed in: a page of the platform. */
  async beside(login) {
    const context = await this.#someone();
    await this.#enter(context, login);
    return context.newPage();
  }

  async #someone() {
    const context = await this.browser.newContext({
      viewport: sizes.desktop,
      locale: this.given.language ?? 'ru-RU',
      timezoneId: 'Europe/Moscow',
      reducedMotion: 'reduce',
      acceptDownloads: true,
    });
    context.setDefaultTimeout(30_000);
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: this.url });
    // Looked at, and never in the way: axe comes by the debugger, which no policy of the page concerns.
    context.on('page', (page) => this.#watch(page));
    await context.route(`${this.url}/empty-page`, (route) => route.fulfill(html('<title>Проверка</title><script type="module" src="/assets/u2035/u2035.js"></script>')));
    const dist = process.env.WEB_DIST;
    if (dist) {
      const server = this.given.server ?? this.url;
      if (server === this.url) await context.route(`${server}/`, (route) => route.fulfill(file(dist, 'host/index.html')));
      await context.route(`${server}/assets/**`, (route) => {
        const path = new URL(route.request().url()).pathname.slice('/assets/'.length);
        const answer = file(dist, path.startsWith('u2035/') ? path.replace('u2035/', 'plugin/') : `host/${path}`);
        if (answer && server !== this.url) answer.headers['Access-Control-Allow-Origin'] = this.url;
        return answer ? route.fulfill(answer) : route.continue();
      });
    }
    return context;
  }

  #watch(page) {
    page.on('pageerror', (error) => this.fails(`error on the page: ${error.stack ?? error}`));
    page.on('console', (message) => {
      // What the server answered is looked at below, with its address.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) this.fails(`console: ${message.text()}`);
    });
    page.on('request', (request) => {
      const url = request.url();
      // Where the test has a second origin, it is the server's; a sign-in leads to its peer.
      if (![this.url, this.given.server, this.given.peer].some((one) => one && url.startsWith(`${one}/`)) && !/^(data|blob|about):/.test(url)) this.fails(`a request to elsewhere: ${url}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) this.#answers.push({ status: response.status(), what: `${response.request().method()} ${new URL(response.url()).pathname}${new URL(response.url()).search}` });
    });
  }

  /** Something is wrong; the script goes on. */
  fails(text) {
    this.#wrong.push(text);
    process.stdout.write(`WRONG ${text}\n`);
  }
  check(holds, text) {
    if (!holds) this.fails(text);
    return holds;
  }
  step(text) {
    process.stdout.write(`- ${text}\n`);
  }
  /** The server's refusals that belong to the story: allow(401, /session/). Any other fails the test. */
  allow(status, what = /./) {
    this.#allowed.push({ status, what });
  }

  person(login) {
    return this.given.people[login];
  }

  /** By REST, with the browser's own cookies. */
  async signIn(login) {
    this.csrf = await this.#enter(this.context, login);
  }
  async #enter(context, login) {
    const { password } = this.person(login);
    const answer = await context.request.post(`${this.url}/api/v1/session`, { data: { login: this.person(login).login, password } });
    if (!answer.ok()) throw new Error(`signing in as ${login}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()).csrfToken;
  }
  async signOut() {
    await this.context.clearCookies();
    this.csrf = '';
  }

  /** A request beside the page, by the session that the browser has. Gives {status, json, headers}. */
  async rest(method, path, body, headers = {}) {
    const answer = await this.context.request.fetch(this.url + path, {
      method,
      headers: { 'Accept-Language': 'ru', ...(this.csrf ? { 'X-CSRF-Token': this.csrf } : {}), ...headers },
      ...(body === undefined ? {} : { data: body }),
    });
    const text = await answer.text();
    return { status: answer.status(), headers: answer.headers(), json: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : null };
  }

  /** By the server's administrator, beside the browser. */
  async asAdministrator(method, path, body) {
    const headers = { Authorization: `Bearer ${this.given.adminToken}`, 'Content-Type': 'application/json' };
    const ask = async (how, more = {}, sent) => {
      const answer = await fetch(this.url + path, { method: how, headers: { ...headers, ...more }, body: sent && JSON.stringify(sent) });
      if (!answer.ok) throw new Error(`${how} ${path}: ${answer.status} ${await answer.text()}`);
      return answer;
    };
    if (method === 'GET') return (await ask('GET')).json();
    const etag = (await ask('GET')).headers.get('etag');
    return (await ask(method, etag ? { 'If-Match': etag } : {}, body)).json();
  }
  /** Where the test contour is, in the place of University 2035's own. */
  async testEndpoint(test) {
    await this.asAdministrator('PUT', `/api/v1/organizations/${this.given.organization}/u2035/integrations/bas/endpoints`, { test });
  }

  /** The platform's shell at an address ("#/org/demo/journal"). */
  async open(hash = '') {
    // The same document with another hash is no new load: start from the beginning.
    await this.page.goto('about:blank');
    await this.page.goto(`${this.url}/${hash}`);
    return this.page;
  }

  /** One custom element of the module on an otherwise empty page of this origin. */
  async element(tag, attributes = {}) {
    await this.page.goto(`${this.url}/empty-page`);
    await this.until((name) => Boolean(customElements.get(name)), tag);
    await this.page.evaluate(
      ([name, given]) => {
        document.documentElement.lang = given.language;
        // As a platform would set it up: some room around, and the page's own colour.
        Object.assign(document.body.style, { margin: '0', background: 'var(--u-bg)' });
        Object.assign(document.querySelector('main').style, { maxWidth: '1164px', margin: 'auto', padding: '24px 16px' });
        const element = document.createElement(name);
        for (const [key, value] of Object.entries(given)) element.setAttribute(key, value);
        document.querySelector('main').append(element);
      },
      [tag, { organization: this.given.organization, language: 'ru', ...attributes }],
    );
    return this.page.locator(tag);
  }

  /** Pictures of the state in both sizes and themes, axe in both themes, and nothing that scrolls sideways. */
  async look(state, { axe = true, focus = '' } = {}) {
    const { page } = this;
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      for (const theme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await this.settled();
        await page.evaluate(() => window.scrollTo(0, 0));
        if (focus) await page.locator(focus).first().focus();
        await page.screenshot({ path: join(this.folder, `${this.name}-${state}-${size}-${theme}.png`), fullPage: true });
        // A theme changes colours only.
        if (axe) await this.axe(`${state}, ${size}, ${theme}`, theme === 'dark' ? ['color-contrast'] : null);
      }
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      this.check(beyond <= 0, `${state}: the page scrolls sideways by ${beyond} px at ${viewport.width} px`);
    }
    await page.setViewportSize(sizes.desktop);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await this.settled();
  }

  /** Until the function, run in the page, says yes. (page.waitForFunction needs an eval that the pages' policy forbids.) */
  async until(says, argument, seconds = 15) {
    for (const end = Date.now() + seconds * 1000; ; await new Promise((go) => setTimeout(go, 50))) {
      if (await this.page.evaluate(says, argument)) return;
      if (Date.now() > end) throw new Error(`not in ${seconds} s: ${says} (${JSON.stringify(argument)})`);
    }
  }

  /** What a person does on a page, and looks for. */
  get hands() {
    const { page } = this;
    const main = page.locator('main');
    const button = (name, scope = main) => scope.getByRole('button', { name, exact: true });
    const says = (text, scope = main) => scope.getByText(text).first().waitFor();
    const focusIs = (selector) =>
      page.evaluate((wanted) => {
        let one = document.activeElement;
        while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
        return Boolean(one?.matches(wanted));
      }, selector);
    /** By keyboard alone: on until the focus is there. */
    const tabTo = async (selector, key = 'Tab') => {
      for (let i = 0; i < 80; i += 1) {
        if (await focusIs(selector)) return;
        await page.keyboard.press(key);
      }
      throw new Error(`no way by ${key} to ${selector}`);
    };
    return { main, button, says, focusIs, tabTo };
  }

  /** Two frames later, and the faces are there. */
  async settled() {
    await this.page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))));
  }

  async axe(what, rules = null) {
    if (!(await this.page.evaluate(() => Boolean(window.axe)))) await this.page.evaluate(axeSource);
    const { violations } = await this.page.evaluate(
      (only) => window.axe.run(document, { runOnly: only ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] }),
      rules,
    );
    for (const one of violations)
      this.fails(`axe (${what}): ${one.id}: ${one.help}\n${one.nodes.slice(0, 5).map((node) => `    ${node.target.join(' ')}: ${node.html.slice(0, 200)} ${node.any.map((any) => any.message).join('; ').slice(0, 300)}`).join('\n')}`);
  }

  /** How much of the page's first view came over the wire as script (kB, gzip isn't counted here). */
  async scripts() {
    return this.page.evaluate(() => performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.js')).map((one) => one.name));
  }

  /** Between two parts of a script: what was refused until now was to be refused. */
  noErrors() {
    for (const { status, what } of this.#answers.splice(0))
      if (!this.#allowed.some((one) => one.status === status && one.what.test(what))) this.fails(`the server answered ${status} to ${what}`);
    return this.#wrong.length === 0;
  }

  async breakOff(error) {
    if (this.#ended) return;
    this.#ended = true;
    process.stdout.write(`WRONG ${error.stack ?? error}\n`);
    await this.page.screenshot({ path: join(this.folder, `${this.name}-broken-off.png`) }).catch(() => {});
    this.#wrong.push(String(error));
    await this.end();
  }

  async end() {
    this.#ended = true;
    this.noErrors();
    await this.browser.close().catch(() => {});
    process.stdout.write(this.#wrong.length ? `${this.#wrong.length} wrong\n` : 'all right\n');
    process.exit(this.#wrong.length ? 1 : 0);
  }
}

function html(head) {
  return {
    contentType: 'text/html; charset=utf-8',
    headers: { 'Content-Security-Policy': policy },
    body: `<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${head}</head><body><main></main></body></html>`,
  };
}

function file(folder, name) {
  try {
    return { contentType: `${types[extname(name)] ?? 'application/octet-stream'}; charset=utf-8`, headers: { 'Content-Security-Policy': policy }, body: readFileSync(join(folder, normalize(name))) };
  } catch {
    return null;
  }
}
