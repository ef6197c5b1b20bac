import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { findCycles, parseImports, readSources, type SourceFile } from './support/source-files.ts'

const ROOT = join(import.meta.dirname, '..')

/** The engine's layers from top to bottom, as docs and DESIGN tell them; a folder imports what stands below it. */
const LAYERS: readonly (readonly string[])[] = [
  ['main.ts', 'cli', 'app.ts', 'background.ts', 'begin-database.ts', 'core.ts', 'observer.ts'],
  ['http'],
  ['process'],
  ['quality', 'reports', 'search', 'portal', 'templates', 'sandboxes', 'ops'],
  ['imports'],
  ['records'],
  ['forms', 'notify', 'files'],
  ['audit'],
  ['access'],
  ['model'],
  ['events', 'jobs'],
  ['db'],
  ['fields', 'actions', 'strategies', 'connectors'],
  ['registry'],
  [
    ...['config.ts', 'allowed-hosts.ts', 'setting-fault.ts', 'environment.ts', 'shutdown.ts', 'errors.ts'],
    ...['problems', 'observe.ts', 'pause.ts', 'lazy-package.ts'],
  ],
]
/** The entries know one another, and so do the engine's plainest parts. */
const FRIENDS = new Set([0, LAYERS.length - 1])

/** What each part of the house may import besides itself. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  metadata: [],
  engine: ['metadata'],
  'runtime-ui': ['metadata'],
  designer: ['runtime-ui', 'metadata'],
}
/** What a plugin may import besides its own files; its ui.tsx also runtime-ui. */
const PLUGIN_DOORS = /^(engine\/registry|metadata)\//

/** Tools that run on a developer's machine only. */
const TOOLS = new Set(['metadata/generate-types.ts'])
const GENERATED = new Set(['metadata/types.ts'])

const sources = readSources(['metadata', 'engine', 'runtime-ui', 'designer', 'plugins'])
const tests = readSources(['test'])

function layerOf(path: string): number {
  const [, folder = ''] = path.split('/')
  return LAYERS.findIndex((layer) => layer.includes(folder))
}

function partOf(path: string): string {
  return path.split('/')[0] ?? ''
}

/** `a → b` for each import of ours for which the test fails. */
function arrows(files: readonly SourceFile[], isWrong: (from: string, to: string) => boolean): string[] {
  return files.flatMap(({ path, imports }) =>
    imports
      .filter(({ isOurs, target }) => isOurs && isWrong(path, target))
      .map(({ target }) => `${path} → ${target}`),
  )
}

describe('the architecture', () => {
  it('has a layer for everything in engine/', () => {
    const homeless = sources.filter(({ path }) => partOf(path) === 'engine' && layerOf(path) === -1)
    expect(homeless.map(({ path }) => path)).to.deep.equal([])
  })

  it('imports only downwards in engine/, and never a neighbour', () => {
    const engine = sources.filter(({ path }) => partOf(path) === 'engine')
    const wrong = arrows(engine, (from, to) => {
      if (partOf(to) !== 'engine' || from.split('/')[1] === to.split('/')[1]) return false
      const [above, below] = [layerOf(from), layerOf(to)]
      return above === below ? !FRIENDS.has(above) : above > below
    })
    expect(wrong).to.deep.equal([])
  })

  it('keeps its parts apart: HTTP is the wall between pages and engine', () => {
    const parts = sources.filter(({ path }) => partOf(path) in PARTS && !TOOLS.has(path))
    const wrong = arrows(parts, (from, to) => {
      const [own, other] = [partOf(from), partOf(to)]
      // JSON of a template or a language is data, not code: the address widget reads the regions that are there once.
      const isData = ['seeds', 'languages'].includes(other) && to.endsWith('.json')
      return own !== other && !isData && !PARTS[own]?.includes(other)
    })
    expect(wrong).to.deep.equal([])
  })

  it('lets plugins in by the registry only', () => {
    const plugins = sources.filter(({ path }) => partOf(path) === 'plugins' && !path.includes('/test/'))
    const wrong = arrows(plugins, (from, to) => {
      const own = from.split('/').slice(0, 2).join('/')
      const isPage = from.endsWith('.tsx')
      return !to.startsWith(`${own}/`) && !PLUGIN_DOORS.test(to) && !(isPage && to.startsWith('runtime-ui/'))
    })
    expect(wrong).to.deep.equal([])
  })

  it('keeps packages where they belong', () => {
    const homes: [RegExp, RegExp][] = [
      [/^express$/, /^engine\/http\//],
      [/^(pg|pg-.*)$/, /^engine\/(db|jobs)\//],
      [/^node:/, /^(engine|plugins)\//],
      [/^(react|react-dom|antd|@rjsf\/.*|@tanstack\/.*)$/, /^(runtime-ui|designer|plugins)\//],
    ]
    const wrong = sources
      .filter(({ path }) => !TOOLS.has(path))
      .flatMap(({ path, imports }) =>
        imports
          .filter(
            ({ isOurs, target }) =>
              !isOurs && homes.some(([name, home]) => name.test(target) && !home.test(path)),
          )
          .map(({ target }) => `${path} → ${target}`),
      )
    expect(wrong).to.deep.equal([])
  })

  it('has no cycle of imports', () => {
    const graph = new Map(
      sources.map(({ path, imports }) => [
        path,
        imports.filter(({ isOurs, kind }) => isOurs && kind === 'value').map(({ target }) => target),
      ]),
    )
    expect(findCycles(graph)).to.deep.equal([])
  })

  it('puts no text into a page as markup: what a label holds is text', () => {
    const writes =
      /dangerouslySetInnerHTML|insertAdjacentHTML|document\.write|\.(?:innerHTML|outerHTML)\s*=[^=]/
    const pages = sources.filter(({ path }) => /^(?:designer|runtime-ui|plugins)\//.test(path))
    expect(pages.filter(({ text }) => writes.test(text)).map(({ path }) => path)).to.deep.equal([])
  })

  it('has no barrels: whoever wants a name imports it from where it is', () => {
    const barrels = sources
      .filter(({ imports }) => imports.some(({ isReExport, kind }) => isReExport && kind === 'value'))
      .map(({ path }) => path)
    expect(barrels).to.deep.equal([])
  })

  it('has style names of their own in the designer and in the pages, which lie in one document in either order', () => {
    const namesIn = (folder: string): ReadonlySet<string> => {
      const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      const styles = files.filter((file) => file.endsWith('.css'))
      const text = styles.map((file) => readFileSync(join(ROOT, folder, file), 'utf8')).join('\n')
      const selectors = [...text.replace(/\/\*.*?\*\//gs, '').matchAll(/([^{}]+)\{/g)]
        .flatMap(([, list = '']) => list.split(','))
        .flatMap((selector) => /^\.([a-z][\w-]*)(:[\w-]+)*$/.exec(selector.trim())?.[1] ?? [])
      return new Set(selectors)
    }
    const pages = namesIn('runtime-ui')
    expect([...namesIn('designer')].filter((name) => pages.has(name))).to.deep.equal([])
    expect(pages.size).to.be.greaterThan(400)
  })

  it('has files that can be read at a sitting', () => {
    const long = [...sources, ...tests]
      .filter(({ path, lines }) => !GENERATED.has(path) && lines > (/(^|\/)test\//.test(path) ? 600 : 400))
      .map(({ path, lines }) => `${path}: ${lines}`)
    expect(long).to.deep.equal([])
  })
})

describe('its reader', () => {
  const cases = [
    { text: `import { a } from './a.ts'`, gives: [{ target: './a.ts', kind: 'value', isReExport: false }] },
    {
      text: `import type { A } from './a.ts'`,
      gives: [{ target: './a.ts', kind: 'type', isReExport: false }],
    },
    {
      text: `import {\n  type A,\n  b,\n} from './a.ts'`,
      gives: [{ target: './a.ts', kind: 'value', isReExport: false }],
    },
    {
      text: `import { type A, type B } from './a.ts'`,
      gives: [{ target: './a.ts', kind: 'type', isReExport: false }],
    },
    { text: `import a, * as b from 'b'`, gives: [{ target: 'b', kind: 'value', isReExport: false }] },
    { text: `import './a.css'`, gives: [{ target: './a.css', kind: 'value', isReExport: false }] },
    {
      text: `const a = await import('./a.ts')`,
      gives: [{ target: './a.ts', kind: 'lazy', isReExport: false }],
    },
    { text: `export * from './a.ts'`, gives: [{ target: './a.ts', kind: 'value', isReExport: true }] },
    { text: `export const a = 'from'\nconst b = "x from 'y'"`, gives: [] },
    { text: `/**\nimport { a } from './a.ts'\n*/`, gives: [] },
  ]
  for (const { text, gives } of cases) {
    it(`reads ${JSON.stringify(text)}`, () => expect(parseImports(text)).to.deep.equal(gives))
  }

  const graphs: { graph: Record<string, string[]>; cycles: string[][] }[] = [
    { graph: { a: ['b'], b: ['c'], c: [] }, cycles: [] },
    { graph: { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, cycles: [] },
    { graph: { a: ['a'] }, cycles: [['a']] },
    {
      graph: { a: ['b'], b: ['c'], c: ['a', 'd'], d: ['e'], e: ['d'] },
      cycles: [
        ['d', 'e'],
        ['a', 'b', 'c'],
      ],
    },
  ]
  for (const { graph, cycles } of graphs) {
    it(`finds ${JSON.stringify(cycles)} in ${JSON.stringify(graph)}`, () => {
      expect(findCycles(new Map(Object.entries(graph)))).to.deep.equal(cycles)
    })
  }
})
