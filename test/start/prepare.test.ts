import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { scratchFolder } from '../support/scratch.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** A bundler for which TypeScript is what it is here: plain JavaScript in one file. */
const BUNDLER = `import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
export async function build({ absWorkingDir, entryPoints, outdir }) {
  for (const entry of entryPoints) {
    const source = join(absWorkingDir, entry.in)
    if (existsSync(source)) cpSync(source, join(outdir, entry.out + '.js'))
  }
}
`
const BUILDER = `const { cpSync, existsSync } = require('node:fs')
if (existsSync('designer/broken.ts')) { console.log('designer/broken.ts does not build'); process.exit(1) }
cpSync('designer', 'dist', { recursive: true })
`

/** A checkout whose packages are made of paper, so that installing and building take no network and no time. */
function paperCheckout(): string {
  const root = scratchFolder('checkout')
  for (const name of ['bin', 'start.mjs']) cpSync(join(ROOT, name), join(root, name), { recursive: true })
  const files: Record<string, string> = {
    'package.json': JSON.stringify({
      name: 'paper',
      type: 'module',
      dependencies: { esbuild: 'file:paper/esbuild' },
      devDependencies: { vite: 'file:paper/vite' },
    }),
    'paper/esbuild/package.json': JSON.stringify({ name: 'esbuild', version: '1.0.0', exports: './api.mjs' }),
    'paper/esbuild/api.mjs': BUNDLER,
    'paper/vite/package.json': JSON.stringify({ name: 'vite', version: '1.0.0' }),
    'paper/vite/bin/vite.js': BUILDER,
    'vite.config.ts': '',
    'designer/index.html': 'one',
    'engine/main.ts': `console.log('engine runs')`,
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  const locked = spawnSync('npm', ['install', '--package-lock-only', '--offline'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (locked.status !== 0) throw new Error(locked.stderr)
  return root
}

interface Outcome {
  readonly code: number | null
  readonly stdout: string
  /** The lines of the progress, their seconds as N. */
  readonly progress: readonly string[]
}

async function start(root: string, nodeArguments: readonly string[] = []): Promise<Outcome> {
  const child = spawn(process.execPath, [...nodeArguments, 'start.mjs'], { cwd: root })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (part: string) => {
      said[name] += part
    })
  }
  const [code] = (await once(child, 'close')) as [number | null]
  const progress = said.stderr
    .replaceAll(/\d+\.\d s$/gm, 'N s')
    .split('\n')
    .filter((line) => line !== '')
  return { code, stdout: said.stdout, progress }
}

const INSTALLING = ['Installing packages …', 'Packages installed in N s']
const BUILDING = ['Building pages …', 'Pages built in N s']
const RUNNING = { code: 0, stdout: 'engine runs\n' }

describe('a fresh checkout', () => {
  let root: string
  beforeEach(() => {
    root = paperCheckout()
  })

  it('is installed and built by its first start, and left alone by the next', async () => {
    expect(await start(root)).to.deep.equal({ ...RUNNING, progress: [...INSTALLING, ...BUILDING] })
    expect(readFileSync(join(root, 'dist', 'index.html'), 'utf8')).to.equal('one')
    expect(await start(root)).to.deep.equal({ ...RUNNING, progress: [] })
  })

  it('is prepared once when two starts come at once', async () => {
    const outcomes = await Promise.all([start(root), start(root)])
    const lines = outcomes.flatMap(({ progress }) => progress)
    expect(outcomes.map(({ code, stdout }) => ({ code, stdout }))).to.deep.equal([RUNNING, RUNNING])
    expect(lines.filter((line) => line === INSTALLING[0])).to.have.length(1)
    expect(lines.filter((line) => line === BUILDING[0])).to.have.length(1)
  })

  it('is built again when a page changed, and installed again when the packages did', async () => {
    await start(root)
    writeFileSync(join(root, 'designer', 'index.html'), 'two')
    expect(await start(root)).to.deep.equal({ ...RUNNING, progress: BUILDING })
    expect(readFileSync(join(root, 'dist', 'index.html'), 'utf8')).to.equal('two')
    rmSync(join(root, 'node_modules', '.package-lock.json'))
    expect(await start(root)).to.deep.equal({ ...RUNNING, progress: INSTALLING })
  })

  it('says what does not build, without a stack, and starts nothing', async () => {
    writeFileSync(join(root, 'designer', 'broken.ts'), '')
    expect(await start(root)).to.deep.equal({
      code: 1,
      stdout: '',
      progress: [
        ...INSTALLING,
        BUILDING[0],
        'designer/broken.ts does not build',
        'vite build failed (exit code 1)',
      ],
    })
  })

  it('is left alone by a Node that is too old', async () => {
    const older = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'18.20.1'}})`
    const { code, stdout, progress } = await start(root, ['--import', older])
    expect({ code, stdout, installed: existsSync(join(root, 'node_modules')) }).to.deep.equal({
      code: 1,
      stdout: '',
      installed: false,
    })
    expect(progress[0]).to.include('Node 18.20.1 is too old; Tenon needs 20.19 or newer')
    expect(progress[1]).to.include('Node 18.20.1 版本过低')
  })

  it('keeps of packages what runs, without the maps to sources that nobody has here', async () => {
    const { dropSourceMaps } = await import('../../bin/prepare.mjs')
    const folder = scratchFolder('packages')
    const files = [
      'a/index.js',
      'a/index.js.map',
      '@b/c/lib/c.mjs.map',
      '@b/c/world.map',
      'd/d.d.ts.map',
      'd/s.css.map',
    ]
    for (const name of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), '')
    }
    symlinkSync(scratchFolder('elsewhere'), join(folder, 'linked'))
    writeFileSync(join(folder, 'linked', 'own.js.map'), '')
    dropSourceMaps(folder)
    expect(files.filter((name) => existsSync(join(folder, name)))).to.deep.equal([
      'a/index.js',
      '@b/c/world.map',
    ])
    expect(existsSync(join(folder, 'linked', 'own.js.map'))).to.equal(true)
  })
})
