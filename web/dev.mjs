// The pages as they are written, before they are built: vite serves them anew at every change and hands /api to a server.
//   LMSD=http://127.0.0.1:8080 node web/dev.mjs [PORT]
// Open /plugin/web/dev.html (the module's elements) or /host/web/dev.html (the shell).
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = process.env.LMSD ?? 'http://127.0.0.1:8080';
// The shell loads a module's pages from where the server has them: here they are the sources.
const moduleScript = {
  name: 'module-script',
  configureServer(dev) {
    dev.middlewares.use('/assets/u2035/u2035.js', (_, answer) => {
      answer.setHeader('Content-Type', 'text/javascript');
      answer.end("import '/plugin/web/src/u2035.ts';");
    });
  },
};
const server = await createServer({
  configFile: false,
  root,
  // Worktrees may share their packages, not what is made of them.
  cacheDir: resolve(root, 'build/vite'),
  plugins: [moduleScript],
  resolve: { alias: { '@kit': resolve(root, 'web/kit') } },
  esbuild: { target: 'es2021', tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } } },
  server: {
    host: '127.0.0.1',
    port: Number(process.argv[2] ?? 0),
    proxy: { '/api': { target, headers: { origin: target } }, '/docs': target },
    // Worktrees share their packages by a link.
    fs: { strict: false },
  },
});
await server.listen();
server.printUrls();
