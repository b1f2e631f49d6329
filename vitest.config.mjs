import { defineConfig } from 'vitest/config';
import { fileURLToPath } from 'node:url';

export default defineConfig({
  resolve: { alias: { '@kit': fileURLToPath(new URL('./web/kit', import.meta.url)) } },
  esbuild: { target: 'es2021', tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } } },
  test: { environment: 'happy-dom', include: ['web/**/*.test.ts', 'plugin/web/**/*.test.ts', 'host/web/**/*.test.ts'] },
});
