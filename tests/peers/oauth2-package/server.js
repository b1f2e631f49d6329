// University 2035's sign-in as seed 003, 1.2, describes it, judged by @node-oauth/oauth2-server: codes serve once,
// redirect_uri and client are compared, tokens are asked for by a form. `POST /control` is the test's: who is signed in,
// who cancels, what is slow, expired or no JSON.
const express = require('express');
const fs = require('fs');
const OAuth2Server = require('@node-oauth/oauth2-server');

const [clientsFile, portFile] = process.argv.slice(2);
const clients = JSON.parse(fs.readFileSync(clientsFile));
const codes = new Map();
const tokens = new Map();
const fresh = () => ({ user: null, cancel: false, slow: '', expired: false, html: '', status: 0 });
let control = fresh();
let asked = [];
let held = [];

const model = {
  getClient: (id, secret) => {
    const client = clients[id];
    if (!client || (secret && secret !== client.secret)) return null;
    return { id, grants: ['authorization_code'], redirectUris: [client.redirectUri] };
  },
  saveAuthorizationCode: (code, client, user) => {
    const saved = { ...code, client: { id: client.id }, user };
    codes.set(code.authorizationCode, saved);
    return saved;
  },
  getAuthorizationCode: (code) => codes.get(code),
  revokeAuthorizationCode: (code) => codes.delete(code.authorizationCode),
  saveToken: (token, client, user) => {
    const saved = { ...token, client: { id: client.id }, user };
    tokens.set(token.accessToken, saved);
    return saved;
  },
  getAccessToken: (token) => {
    const saved = tokens.get(token);
    return saved && control.expired ? { ...saved, accessTokenExpiresAt: new Date(Date.now() - 1000) } : saved;
  },
};
const server = new OAuth2Server({ model, requireClientAuthentication: { authorization_code: true } });
const app = express();
app.use(express.json({ limit: '64kb', type: 'application/json' }));
app.use(express.urlencoded({ extended: false }));

app.post('/control', (request, response) => {
  if (request.body.reset) {
    control = fresh();
    asked = [];
  }
  control = { ...control, ...request.body };
  if (!control.slow) held.splice(0).forEach((go) => go());
  response.json({ asked });
});

app.use(async (request, response, next) => {
  asked.push({ method: request.method, path: request.path, query: Object.keys(request.query),
               type: request.headers['content-type'] || '' });
  if (control.slow === request.path) await new Promise((go) => held.push(go));
  if (control.html === request.path) return response.status(control.status || 200).type('html').send('<html>Вход</html>');
  return next();
});

const refuse = (response, error) => response.status(error.code || 500)
  .json({ error: error.name, error_description: error.message });

app.get('/oauth2/authorize', async (request, response) => {
  const oauthRequest = new OAuth2Server.Request(request);
  const oauthResponse = new OAuth2Server.Response(response);
  if (control.cancel) oauthRequest.query.allowed = 'false';
  try {
    await server.authorize(oauthRequest, oauthResponse,
      { authenticateHandler: { handle: () => control.user } });
    response.redirect(oauthResponse.headers.location);
  } catch (error) {
    if (oauthResponse.headers.location) response.redirect(oauthResponse.headers.location);
    else refuse(response, error);
  }
});

app.post('/oauth2/access_token', async (request, response) => {
  try {
    const token = await server.token(new OAuth2Server.Request(request), new OAuth2Server.Response(response));
    response.json({ access_token: token.accessToken, refresh_token: token.refreshToken, token_type: 'Bearer',
                    expires_in: 3600 });
  } catch (error) {
    refuse(response, error);
  }
});

app.get('/users/me', async (request, response) => {
  try {
    const token = await server.authenticate(new OAuth2Server.Request(request), new OAuth2Server.Response(response));
    response.json(token.user);
  } catch (error) {
    refuse(response, error);
  }
});

const listener = app.listen(0, '127.0.0.1', () => fs.writeFileSync(portFile, String(listener.address().port)));
