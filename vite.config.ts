import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const ENGINE = process.env.TENON_DEV_API ?? 'http://127.0.0.1:3000'

/** While developing: addresses that a browser opens lead to one of the two pages, as the server does it. */
function pageAddresses(): Plugin {
  return {
    name: 'tenon-page-addresses',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const address = request.url ?? '/'
        const isPage = request.headers.accept?.includes('text/html') && !/\.[a-z0-9]+($|\?)/i.test(address)
        if (isPage)
          request.url = /^\/designer($|[/?])/.test(address)
            ? '/designer/index.html'
            : '/runtime-ui/index.html'
        next()
      })
    },
  }
}

/** Bytes from which a file is worth a compressed twin. */
const WORTH_IT = 1024

/** Beside each file that compresses its gzip twin, which the server sends to who takes it (every browser). */
function compressedTwins(): Plugin {
  return {
    name: 'tenon-compressed-twins',
    apply: 'build',
    writeBundle({ dir = 'dist' }, bundle) {
      for (const name of Object.keys(bundle)) {
        if (!/^assets\/.*\.(js|css|svg|json)$/.test(name)) continue
        const whole = readFileSync(join(dir, name))
        if (whole.length >= WORTH_IT) writeFileSync(join(dir, `${name}.gz`), gzipSync(whole, { level: 9 }))
      }
    },
  }
}

const CONTROL_WORDS = 'virtual:tenon-control-words'
const LANGUAGES = 'languages'
const TAG = /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/

/**
 * The words that packages bring for their controls, of those languages alone that have a folder: as its file names them.
 * @throws Error for a folder that is not called like a language: the account of a person could not keep it
 */
export function controlWords(folder = LANGUAGES): Plugin {
  const wordsOf = (tag: string): readonly string[] => {
    const file = join(folder, tag, 'language.json')
    if (!existsSync(file)) return []
    if (!TAG.test(tag)) throw new Error(`${file}: the folder of a language is called like de or pt-BR`)
    const { controls, calendar } = JSON.parse(readFileSync(file, 'utf8'))
    if (controls === undefined) return []
    const paths = [`antd/locale/${controls}`, ...(calendar === undefined ? [] : [`dayjs/locale/${calendar}`])]
    const imports = paths.map((path) => `import(${JSON.stringify(path)})`).join(', ')
    return [`${JSON.stringify(tag)}: async () => (await Promise.all([${imports}]))[0].default,`]
  }
  const id = `\0${CONTROL_WORDS}`
  return {
    name: 'tenon-control-words',
    resolveId: (wanted) => (wanted === CONTROL_WORDS ? id : undefined),
    load: (wanted) =>
      wanted === id
        ? `export const controls = {${readdirSync(folder).flatMap(wordsOf).join('\n')}}`
        : undefined,
  }
}

const EARLY = 'runtime-ui/early.ts'

/** The entry that asks early stands first in the two pages of signed-in people, and waits for nobody. */
function earlyQuestions(): Plugin {
  return {
    name: 'tenon-early-questions',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { path, bundle }) {
        if (path.includes('webform')) return []
        const chunks = Object.values(bundle ?? {})
        const chunk = chunks.find((one) => one.type === 'chunk' && one.facadeModuleId?.endsWith(EARLY))
        const src = chunk === undefined ? `/${EARLY}` : `/${chunk.fileName}`
        return [{ tag: 'script', attrs: { type: 'module', async: true, src }, injectTo: 'head-prepend' }]
      },
    },
  }
}

/** The entries of the three pages. */
const ENTRIES = {
  pages: 'runtime-ui/main.tsx',
  designer: 'designer/main.tsx',
  webform: 'runtime-ui/webform/main.ts',
} as const

/**
 * Knows what of our own each page needs at once: all that its entry imports, not what it asks for later by `import()`. Not
 * of packages: of one that is imported as a whole the build drops what nobody uses, which the imports do not tell.
 */
function neededAtOnce() {
  const imports = new Map<string, readonly string[]>()
  const known = new Map<string, ReadonlySet<string>>()
  const ownImports = (id: string) => (imports.get(id) ?? []).filter((one) => !one.includes('node_modules'))
  const from = (entry: string): ReadonlySet<string> => {
    const seen = new Set<string>()
    // Not the entry: by it the page tells the browser of the other files.
    const open = [...imports.keys()].filter((id) => id.endsWith(`/${entry}`)).flatMap(ownImports)
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (seen.has(id)) continue
      seen.add(id)
      open.push(...ownImports(id))
    }
    return seen
  }
  const plugin: Plugin = {
    name: 'tenon-needed-at-once',
    apply: 'build',
    moduleParsed({ id, importedIds }) {
      imports.set(id, importedIds)
    },
  }
  return {
    plugin,
    at(page: keyof typeof ENTRIES, id: string): boolean {
      let all = known.get(page)
      if (all === undefined) {
        all = from(ENTRIES[page])
        known.set(page, all)
      }
      return all.has(id)
    },
  }
}

/** What the entry that asks early shares with the pages. */
const SHARED_EARLY =
  /(runtime-ui\/(api\/early|kit\/remembered|i18n\/(found-)?languages)\.ts|languages\/[^/]+\/language\.json)$/

const needed = neededAtOnce()

/**
 * Three pages, built into dist/: `dist/runtime-ui/index.html` (every path that is not the API's or the designer's)
 * `dist/designer/index.html` (/designer and below) and `dist/runtime-ui/webform/index.html` (the public page of a web
 * form, which carries nothing of the others but the rules); their files lie in `dist/assets`, named by content.
 * The server replaces `__CSP_NONCE__` in both pages with a fresh value per answer.
 */
export default defineConfig({
  base: '/',
  publicDir: 'runtime-ui/public',
  html: { cspNonce: '__CSP_NONCE__' },
  plugins: [react(), controlWords(), needed.plugin, pageAddresses(), earlyQuestions(), compressedTwins()],
  build: {
    outDir: 'dist',
    target: 'es2022',
    manifest: true,
    // Inlined assets would be data: URLs, which the content security policy refuses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      input: ['runtime-ui/index.html', 'designer/index.html', 'runtime-ui/webform/index.html', EARLY],
      // What a page needs at once comes in a few files: a hundred small ones cost more in turns than in bytes.
      output: {
        advancedChunks: {
          groups: [
            { name: 'early-shared', test: SHARED_EARLY, priority: 30 },
            { name: 'webform-shared', test: (id) => needed.at('webform', id), priority: 25 },
            {
              name: 'base',
              test: /node_modules\/(react|react-dom|scheduler|react-router|@tanstack|i18next|react-i18next)\//,
              priority: 20,
            },
            {
              name: 'kit',
              test: (id) => needed.at('pages', id) && needed.at('designer', id),
              priority: 16,
            },
            { name: 'pages', test: (id) => needed.at('pages', id), priority: 15 },
            { name: 'designer', test: (id) => needed.at('designer', id), priority: 14 },
            {
              name: 'parts',
              test: /node_modules\/(antd|@rc-component|@ant-design)\/|runtime-ui\/(kit|api|values)\//,
              minShareCount: 34,
              priority: 12,
            },
          ],
        },
      },
    },
  },
  server: {
    // The engine takes writes from its own origin only.
    proxy: { '/api': { target: ENGINE, changeOrigin: true, headers: { origin: ENGINE } } },
  },
})
