import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect } from 'chai'
import { readSources } from '../support/source-files.ts'

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))
const BUDGET_KB = 450

interface Chunk {
  readonly file: string
  readonly css?: readonly string[]
  readonly assets?: readonly string[]
  readonly imports?: readonly string[]
}
type Manifest = Readonly<Record<string, Chunk>>

/** Everything that an entry loads at once: its chunk and what that imports, with their styles. */
function filesOf(manifest: Manifest, entry: string, seen = new Set<string>()): ReadonlySet<string> {
  const chunk = manifest[entry]
  if (chunk === undefined) throw new Error(`the build has no ${entry}`)
  if (seen.has(chunk.file)) return seen
  for (const file of [chunk.file, ...(chunk.css ?? [])]) seen.add(file)
  for (const imported of chunk.imports ?? []) filesOf(manifest, imported, seen)
  return seen
}

const kilobytes = (file: string): number => gzipSync(readFileSync(join(DIST, file))).length / 1024

describe('the weight of the pages', () => {
  const manifestFile = join(DIST, '.vite', 'manifest.json')
  if (!existsSync(manifestFile)) {
    console.error('      (no build in dist/, run `npm run build`)')
    return
  }
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest

  /** The texts and antd's words of one language come with the page; of the fonts, the Latin one. */
  const first = new Set<string>()
  for (const entry of [
    'runtime-ui/index.html',
    'runtime-ui/i18n/zh-CN.ts',
    'node_modules/antd/locale/zh_CN.js',
  ]) {
    filesOf(manifest, entry, first)
  }

  it(`is at most ${BUDGET_KB} KB gzip before the first list shows`, () => {
    const font = Object.values(manifest)
      .map(({ file }) => file)
      .find((file) => /inter-latin-wght.*woff2$/.test(file))
    const total = [...first, ...(font === undefined ? [] : [font])].reduce(
      (sum, file) => sum + kilobytes(file),
      0,
    )
    console.info(`      ${total.toFixed(0)} KB gzip in ${first.size} files and a font`)
    expect(total).to.be.at.most(BUDGET_KB)
  })

  it('leaves forms and the filter builder for later', () => {
    const heavy = [
      'runtime-ui/screens/form/FormScreen.tsx',
      'runtime-ui/screens/list/FilterPanel.tsx',
      'runtime-ui/screens/record/RecordScreen.tsx',
    ]
    for (const entry of heavy) expect(first.has(manifest[entry]!.file), entry).to.equal(false)
  })

  it('leaves antd’s controls for later: of it the look alone is there at first', () => {
    const sources = new Map(
      readSources(['runtime-ui', 'engine', 'metadata']).map((source) => [source.path, source]),
    )
    const open = ['runtime-ui/main.tsx']
    const seen = new Set(open)
    const taking: string[] = []
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      for (const { target, kind, isOurs } of sources.get(path)?.imports ?? []) {
        if (kind !== 'value') continue
        if (!isOurs && /^(antd|@rc-component)(\/|$)/.test(target)) taking.push(path)
        if (isOurs && !seen.has(target)) open.push(target)
        seen.add(target)
      }
    }
    expect(seen.size).to.be.above(100)
    expect([...new Set(taking)].sort()).to.deep.equal([
      'runtime-ui/kit/ThemeProvider.tsx',
      'runtime-ui/kit/antd-theme.ts',
    ])
  })

  it('compiles nothing in the browser', () => {
    const scripts = Object.values(manifest)
      .map(({ file }) => file)
      .filter((file) => file.endsWith('.js'))
    const guilty = scripts.filter((file) =>
      /\bnew Function\b|\beval\(/.test(readFileSync(join(DIST, file), 'utf8')),
    )
    expect(guilty).to.deep.equal([])
  })

  it('holds no page that is for development alone', () => {
    expect(Object.keys(manifest).filter((name) => name.includes('kit-page'))).to.deep.equal([])
    const files = readdirSync(join(DIST, 'assets')).filter((file) => /\.(js|css)$/.test(file))
    const holding = files.filter((file) =>
      readFileSync(join(DIST, 'assets', file), 'utf8').includes('kit-token'),
    )
    expect(holding).to.deep.equal([])
  })
})
