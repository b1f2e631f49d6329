// Builds the pages: host/web/dist is embedded in lmsd, plugin/web/dist in u2035.so. The built files are committed, so
// that a server is built without Node; the same sources give the same bytes (tests/web checks it).
//   node web/build.mjs [host|plugin] [--out FOLDER]
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
const outAt = args.indexOf('--out');
const out = outAt < 0 ? null : resolve(args[outAt + 1]);
const asked = args.filter((_, i) => outAt < 0 || (i !== outAt && i !== outAt + 1));

const rooms = {
  host: { folder: 'host/web', input: { shell: 'host/web/src/shell.ts' }, base: '/assets/' },
  plugin: { folder: 'plugin/web', input: { u2035: 'plugin/web/src/u2035.ts' }, base: '/assets/u2035/' },
};

for (const [name, room] of Object.entries(rooms)) {
  if (asked.length && !asked.includes(name)) continue;
  const outDir = out ? resolve(out, name) : resolve(root, room.folder, 'dist');
  rmSync(outDir, { recursive: true, force: true });
  await build({
    configFile: false,
    root,
    // Chunks are found beside the script that asks for them, wherever a platform serves or proxies it.
    base: './',
    logLevel: 'warn',
    publicDir: name === 'host' ? resolve(root, 'host/web/public') : false,
    resolve: { alias: { '@kit': resolve(root, 'web/kit') } },
    esbuild: {
      target: 'es2021',
      // Lit's licence asks for its notice wherever it goes.
      legalComments: 'eof',
      tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
    },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2021',
      modulePreload: false,
      cssCodeSplit: false,
      reportCompressedSize: false,
      rollupOptions: {
        input: Object.fromEntries(Object.entries(room.input).map(([entry, file]) => [entry, resolve(root, file)])),
        preserveEntrySignatures: 'allow-extension',
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: `${name}-[name].js`, assetFileNames: '[name][extname]' },
      },
    },
  });
}
