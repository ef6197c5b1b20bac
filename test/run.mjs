// What `npm test` runs: packages, pages, then two lanes side by side: the tests of the engine, of starting and in a
// browser, several files at once; type-check, linter and attacks. Needs nothing but Node at its beginning.
// Of the tests that need a database or a browser it takes those of test/first.json, which run nearly all of the engine’s code
// that all of them run (test/choose.mjs); `npm test -- --all` takes all, `npm run test:deep` all in their full depth.
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { arePagesFresh, buildPages, prepare, ROOT } from '../bin/prepare.mjs'
import { firstTests, heavyTests, testsIn } from './files.mjs'

const MOCHA = join('node_modules', 'mocha', 'bin', 'mocha.js')

/** In a network where every IPv4 address of the world leads back here. */
const ALONE = 'ip link set lo up && ip route add local 0.0.0.0/0 dev lo'

/** Test files that run at once: some are always waiting for a browser, a database or a process. */
const AT_ONCE = 4

const IS_WHOLE = process.argv.includes('--all') || process.env.TENON_TEST_DEEP === '1'

/** Those of a folder that need a database or a browser, as far as they are run. */
function runIn(folder) {
  const first = IS_WHOLE ? undefined : firstTests()
  return testsIn(join('test', folder)).filter((file) => first?.has(file) !== false)
}

/**
 * The architecture first, what is short last. Browsers are spread over the run: several at once would wait for one
 * another.
 */
function allTests() {
  const browsers = runIn('ui')
  const long = ['api', 'contract', 'start'].flatMap(runIn)
  const spread = long.map((file, index) => [(index + 1) / (long.length + 1), file])
  const between = browsers.map((file, index) => [(index + 0.5) / browsers.length, file])
  return [
    join('test', 'architecture.test.ts'),
    ...[...spread, ...between].sort(([one], [other]) => one - other).map(([, file]) => file),
    ...testsIn('plugins'),
    ...testsIn(join('test', 'unit')),
  ]
}

/** Each stage goes on although an earlier one failed, so that one run shows everything. */
const LANES = [
  [
    {
      name: 'tests',
      run: (lane) => node(lane, MOCHA, '--parallel', '--jobs', String(AT_ONCE), ...allTests()),
    },
  ],
  [
    {
      name: 'types',
      run: (lane) =>
        node(lane, join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.json', '--noEmit'),
    },
    {
      name: 'lint',
      run: (lane) => node(lane, join('node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'check', '.'),
    },
    { name: 'attacks', run: attacks },
  ],
]

process.chdir(ROOT)
await prepare({ pages: false, dev: true })
const failed = []
const counts = { passed: 0, failed: 0 }
if (!(await pages())) failed.push('pages')
const outputs = LANES.map(() => outlet())
outputs[0].open()
await Promise.all(LANES.map((stages, index) => runLane(stages, outputs[index])))
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}`)
  process.exitCode = 1
}
console.log(`${counts.passed} passed, ${counts.failed} failed`)
if (!IS_WHOLE) {
  const [run, all] = [firstTests().size, heavyTests().length]
  console.log(`${run} of ${all} files with a database or a browser; \`npm test -- --all\` runs all of them`)
}

async function runLane(stages, lane) {
  for (const { name, run } of stages) {
    const begin = Date.now()
    const isWell = await run(lane)
    if (!isWell) failed.push(name)
    lane.write(`${name}: ${isWell ? 'passed' : 'FAILED'} in ${((Date.now() - begin) / 1000).toFixed(1)} s\n`)
  }
  // What was held back while the first lane spoke comes now, and from here on as it is said.
  for (const output of outputs) output.open()
}

/** Where a lane speaks: held back until it is opened, so that two lanes do not talk across each other. */
function outlet() {
  let held = []
  return {
    write: (text) => (held === undefined ? process.stdout.write(text) : held.push(text)),
    open() {
      for (const text of held ?? []) process.stdout.write(text)
      held = undefined
    },
  }
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
async function attacks(lane) {
  const mocha = [process.execPath, MOCHA, ...runIn('attack')]
  // Root needs no namespace of users, in which the database could not change to another one.
  const unshare = process.getuid?.() === 0 ? ['--net'] : ['--map-current-user', '--keep-caps', '--net']
  const isAllowed = spawnSync('unshare', [...unshare, 'sh', '-c', ALONE], { stdio: 'ignore' }).status === 0
  if (isAllowed)
    return run(lane, ['unshare', ...unshare, 'sh', '-c', `${ALONE} && exec "$@"`, 'sh', ...mocha], {
      TENON_TEST_ALONE: '1',
    })
  lane.write(
    'attacks: no network namespace is permitted here; they run in the open, watched in the process\n',
  )
  return run(lane, mocha)
}

/** @returns whether it ended well */
function node(lane, ...args) {
  return run(lane, [process.execPath, ...args])
}

function run(lane, [command, ...args], env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...(IS_WHOLE ? { TENON_TEST_ALL: '1' } : {}), ...env },
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (chunk) => {
        text = (text + chunk).slice(-100_000)
        lane.write(chunk)
      })
    }
    const pass = (signal) => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, pass)
    child.on('close', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, pass)
      count(stripVTControlCharacters(text))
      resolve(code === 0)
    })
  })
}

/** Adds what the runner says at its end. */
function count(text) {
  counts.passed += Number(/^ +(\d+) passing/m.exec(text)?.[1] ?? 0)
  counts.failed += Number(/^ +(\d+) failing/m.exec(text)?.[1] ?? 0)
}
