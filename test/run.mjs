// What `npm test` runs: packages, type-check, lint, pages, all tests. Needs nothing but Node at its beginning.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { arePagesFresh, buildPages, prepare, ROOT } from '../bin/prepare.mjs'

const MOCHA = join('node_modules', 'mocha', 'bin', 'mocha.js')
const FOLDERS = ['unit', 'contract', 'golden', 'api', 'start', 'ui']

/** In a network where every IPv4 address of the world leads back here. */
const ALONE = 'ip link set lo up && ip route add local 0.0.0.0/0 dev lo'

/** Each goes on although an earlier one failed, so that one run shows everything; the tests' summary comes last. */
const STAGES = [
  {
    name: 'types',
    run: () => node(join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json', '--noEmit'),
  },
  { name: 'lint', run: () => node(join('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', '.') },
  { name: 'pages', run: pages },
  { name: 'attacks', run: attacks },
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

/** The hostile suite names foreign addresses: it runs where none can be reached, and a listener hears who tries. */
async function attacks() {
  const mocha = [process.execPath, MOCHA, ...testsIn(join('test', 'attack'))]
  // Root needs no namespace of users, in which the database could not change to another one.
  const unshare = process.getuid?.() === 0 ? ['--net'] : ['--map-current-user', '--keep-caps', '--net']
  const isAllowed = spawnSync('unshare', [...unshare, 'sh', '-c', ALONE], { stdio: 'ignore' }).status === 0
  if (isAllowed)
    return run(['unshare', ...unshare, 'sh', '-c', `${ALONE} && exec "$@"`, 'sh', ...mocha], {
      TENON_TEST_ALONE: '1',
    })
  console.error(
    'attacks: no network namespace is permitted here; they run in the open, watched in the process',
  )
  return run(mocha)
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
  return run([process.execPath, ...args])
}

function run([command, ...args], env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
    const pass = (signal) => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, pass)
    child.on('close', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, pass)
      resolve(code === 0)
    })
  })
}
