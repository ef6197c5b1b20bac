// What `npm test` runs: packages, type-check, lint, pages, all tests. Needs nothing but Node at its beginning.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { arePagesFresh, buildPages, prepare, ROOT } from '../bin/prepare.mjs'

const MOCHA = join('node_modules', 'mocha', 'bin', 'mocha.js')
const FOLDERS = ['unit', 'contract', 'golden', 'api', 'start']

/** In order; each goes on although an earlier one failed, so that one run shows everything. */
const STAGES = [
  {
    name: 'types',
    run: () => node(join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json', '--noEmit'),
  },
  { name: 'lint', run: () => node(join('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', '.') },
  { name: 'pages', run: pages },
  {
    name: 'tests',
    run: () =>
      mocha(['test/architecture.test.ts', ...FOLDERS.flatMap((folder) => testFiles(join('test', folder)))]),
  },
  { name: 'browser tests', run: () => mocha(testFiles(join('test', 'ui'))) },
]

process.chdir(ROOT)
await prepare({ pages: false, dev: true })
const failed = []
for (const { name, run } of STAGES) {
  const begin = Date.now()
  const isGood = await run()
  if (!isGood) failed.push(name)
  console.error(`— ${name}: ${isGood ? 'passed' : 'FAILED'} in ${((Date.now() - begin) / 1000).toFixed(1)} s`)
}
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}`)
  process.exitCode = 1
}

async function pages() {
  if (arePagesFresh()) return true
  try {
    await buildPages()
    return true
  } catch (fault) {
    console.error(fault.message)
    return false
  }
}

/** All *.test.ts below a folder, sorted; plugins bring their own. */
function testFiles(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .sort()
    .map((name) => join(folder, name))
}

function mocha(files) {
  return files.length === 0 ? true : node(MOCHA, ...files)
}

/** @returns whether it ended well */
function node(...args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit' })
    const pass = (signal) => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, pass)
    child.on('close', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, pass)
      resolve(code === 0)
    })
  })
}
