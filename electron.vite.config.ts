import { join } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

/** While developing in a browser the page comes from Vite, and everything else from the browser face behind it. */
const studio = process.env['UNDERSTUDY_DEV_PORT']
const behind = `127.0.0.1:${studio ?? ''}`
const proxy = {
  '/socket': { target: `ws://${behind}`, ws: true },
  '/media': `http://${behind}`,
  '/upload': `http://${behind}`,
}

/** Plain JavaScript that every command needs: one file of what is used of it is read faster than hundreds. */
const inlined = [
  'zod',
  'conf',
  'jose',
  'hono',
  '@hono/node-server',
  'commander',
  'ulid',
  'icc',
  'lru-cache',
  'eventsource-parser',
]

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: { exclude: inlined },
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          cli: 'src/main/cli/index.ts',
          web: 'src/main/web/index.ts',
          // Started as a thread of its own, by its path.
          'image-heic-worker': 'src/main/media/image/heic-worker.ts',
          'offset-worker': 'src/main/media/offset/offset-worker.ts',
          'picture-worker': 'src/main/pictures/picture-worker.ts',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload can load neither ES modules nor packages: one CommonJS file, everything inside.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    server: { host: '127.0.0.1', ...(studio !== undefined && { proxy }) },
    build: {
      outDir: 'out/renderer',
      rolldownOptions: { input: join(import.meta.dirname, 'src/renderer/index.html') },
    },
    plugins: [react(), tailwindcss()],
  },
})
