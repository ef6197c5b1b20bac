import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/**
 * Two pages, built into dist/: `dist/runtime-ui/index.html` (every path that is not the API's or the designer's)
 * and `dist/designer/index.html` (/designer and below); their files lie in `dist/assets`, named by content.
 * The server replaces `__CSP_NONCE__` in both pages with a fresh value per answer.
 */
export default defineConfig({
  base: '/',
  publicDir: false,
  html: { cspNonce: '__CSP_NONCE__' },
  plugins: [react()],
  build: {
    outDir: 'dist',
    target: 'es2022',
    manifest: true,
    // Inlined assets would be data: URLs, which the content security policy refuses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    rolldownOptions: { input: ['runtime-ui/index.html', 'designer/index.html'] },
  },
  server: {
    proxy: { '/api': process.env.TENON_DEV_API ?? 'http://127.0.0.1:3000' },
  },
})
