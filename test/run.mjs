// What `npm test` runs: packages, type-check, lint, pages, all tests. Needs nothing but Node at its beginning.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { arePagesFresh, buildPages, prepare, ROOT } from '../bin/prepare.mjs'

const MOCHA = join('node_modules', 'mocha', 'bin', 'mocha.js')
const FOLDERS = ['unit', 'contract', 'golden', 'api', 'start', 'ui']

/** Each goes on although an earlier one failed, so that one run shows everything; the tests' summary comes last. */
const STAGES = [
  {
    name: 'types',
    run: () => node(join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json', '--noEmit'),
  },
  { name: 'lint', run: () => node(join('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', '.') },
  { name: 'pages', run: pages },
  { name: 'tests', run: () => node(MOCHA, ...testFiles()) },
]

process.chdir(ROOT)
await prepare({ pages: false, dev: true })
const failed = []
for (const { name, run } of STAGES) {
  const begin = Date.now()
  if (!(await run())) failed.push(name)
  if (name !== 'tests')
    console.error(
      `${name}: ${failed.includes(name) ? 'FAILED' : 'passed'} in ${((Date.now() - begin) / 1000).toFixed(1)} s`,
    )
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

/** The architecture first, the browser last; plugins bring their own. */
function testFiles() {
  const folders = FOLDERS.map((name) => join('test', name))
  return [join('test', 'architecture.test.ts'), ...folders.flatMap(testsIn), ...testsIn('plugins')].filter(
    existsSync,
  )
}

function testsIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .filter((name) => /\.test\.tsx?$/.test(name) && !name.includes('node_modules'))
    .sort()
    .map((name) => join(folder, name))
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
