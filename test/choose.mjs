// Chooses what `npm test` runs of the tests that need a database or a browser, and writes it into test/first.json. In a
// browser that are the walks of people's main tasks: what a page shows is not told by the code that it runs. Of the others each
// file runs alone, which tells how long it takes and what code of the engine it runs; then, again and again, the one is taken
// that adds most code for its time, until the time is up, of each kind of test one at least: the greedy choice for a budgeted
// maximum coverage (Khuller, Moss, Naor 1999). What was measured is kept in node_modules/.cache, so that a run that was cut goes
// on; the whole takes an hour.
//   node test/choose.mjs [seconds]
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { prepare, ROOT } from '../bin/prepare.mjs'
import { FIRST, heavyTests } from './files.mjs'

/** Signing in, records and lists, a workspace built from nothing, a draft to its publish, roles, reports. */
const WALKS = [
  'sign-in',
  'records',
  'list',
  'first-hour',
  'walk-trial-lesson',
  'workbench',
  'rights',
  'reports',
].map((name) => join('test', 'ui', `${name}.test.ts`))
/** Seconds that the others take at most, beside what every run starts once. */
const BUDGET = Number(process.argv[2] ?? 460)
const CACHE = join(ROOT, 'node_modules', '.cache', 'tenon-test-choice')
/** Characters of code that count as one place. */
const PLACE = 24

const isWalk = (file) => file.startsWith(join('test', 'ui'))
/** How many bits are 1. */
const count = (bits) => bits.reduce((sum, bit) => sum + bit, 0)

process.chdir(ROOT)
await prepare({ pages: false, dev: true })
mkdirSync(CACHE, { recursive: true })
const measured = []
for (const file of heavyTests()) if (!isWalk(file)) measured.push(await measure(file))
const choice = choose(measured)
writeFileSync(FIRST, `${JSON.stringify(choice, null, 2)}\n`)
console.log(
  `${choice.files.length} of ${measured.length} files run ${choice.covers} of the engine’s code that all run`,
)

/** @returns {Promise<{file: string, seconds: number, code: Record<string, number[]>}>} places of code from, to, from, to … */
async function measure(file) {
  const kept = join(CACHE, `${file.replaceAll(/[\\/]/g, '_')}.json`)
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'))
  const folder = join(CACHE, 'raw')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const begin = performance.now()
  const code = await run(file, folder)
  if (code !== 0) throw new Error(`${file} fails: only what passes is measured`)
  const one = { file, seconds: (performance.now() - begin) / 1000, code: placesIn(folder) }
  writeFileSync(kept, JSON.stringify(one))
  console.log(`${file} ${one.seconds.toFixed(1)} s`)
  return one
}

function run(file, folder) {
  const args = [join('node_modules', 'mocha', 'bin', 'mocha.js'), '--no-parallel', file]
  const env = { ...process.env, NODE_V8_COVERAGE: folder }
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], env })
  return new Promise((resolve) => child.on('close', resolve))
}

/** What V8 has counted of the engine's code. */
function placesIn(folder) {
  const files = new Map()
  for (const name of readdirSync(folder)) {
    for (const { url, functions } of JSON.parse(readFileSync(join(folder, name), 'utf8')).result) {
      const key = keyOf(url)
      if (key === undefined) continue
      const ranges = functions.flatMap((one) => one.ranges)
      const end = ranges.reduce((most, { endOffset }) => Math.max(most, endOffset), 0)
      const ran = new Uint8Array(Math.ceil(end / PLACE) + 1)
      // The outer before the inner: what lies within says more.
      ranges.sort((one, other) => one.startOffset - other.startOffset || other.endOffset - one.endOffset)
      for (const { startOffset, endOffset, count } of ranges)
        ran.fill(count > 0 ? 1 : 0, Math.ceil(startOffset / PLACE), Math.floor(endOffset / PLACE) + 1)
      const known = files.get(key)
      if (known === undefined) files.set(key, ran)
      else for (let at = 0; at < Math.min(known.length, ran.length); at++) known[at] |= ran[at]
    }
  }
  return Object.fromEntries([...files].map(([key, ran]) => [key, runsOf(ran)]))
}

function keyOf(url) {
  return /^file:\/\/.*?\/((?:engine|metadata|plugins)\/[^?]*)/.exec(url)?.[1]
}

function runsOf(ran) {
  const runs = []
  let begun = -1
  for (let at = 0; at <= ran.length; at++) {
    if (ran[at] === 1 && begun < 0) begun = at
    if (ran[at] !== 1 && begun >= 0) {
      runs.push(begun, at)
      begun = -1
    }
  }
  return runs
}

/** @returns {{covers: number, files: string[]}} */
function choose(all) {
  const places = placing(all)
  const start = Math.min(...all.map(({ seconds }) => seconds)) - 1
  const cost = ({ seconds }) => Math.max(1, seconds - start)
  const seen = new Uint8Array(places.size)
  const left = new Map(all.map((one) => [one, places.of(one)]))
  const files = []
  let spent = 0
  const take = (isMeant) => {
    const [best] = [...left]
      .filter(([{ file }]) => isMeant(file))
      .map(([one, ran]) => ({ one, ran, worth: news(ran, seen) / cost(one) }))
      .sort((one, other) => other.worth - one.worth)
    if (best === undefined || best.worth === 0) return false
    left.delete(best.one)
    if (spent + cost(best.one) > BUDGET) return true
    spent += cost(best.one)
    files.push(best.one.file)
    for (let at = 0; at < seen.length; at++) seen[at] |= best.ran[at]
    return true
  }
  for (const kind of new Set(
    all.map(({ file }) => dirname(file)).filter((folder) => folder.split(sep).length === 2),
  ))
    take((file) => file.startsWith(kind + sep))
  while (take(() => true));
  const whole = all.map((one) => places.of(one)).reduce((sum, ran) => sum.map((bit, at) => bit | ran[at]))
  return {
    covers: Math.round((1000 * count(seen)) / count(whole)) / 1000,
    files: [...files, ...WALKS].sort(),
  }
}

/** Gives every place of every file of code a number. */
function placing(all) {
  const lengths = new Map()
  for (const { code } of all)
    for (const [key, runs] of Object.entries(code))
      lengths.set(key, Math.max(lengths.get(key) ?? 0, runs.at(-1) ?? 0))
  const begins = new Map()
  let size = 0
  for (const [key, length] of lengths) {
    begins.set(key, size)
    size += length
  }
  return {
    size,
    of({ code }) {
      const ran = new Uint8Array(size)
      for (const [key, runs] of Object.entries(code))
        for (let at = 0; at < runs.length; at += 2)
          ran.fill(1, begins.get(key) + runs[at], begins.get(key) + runs[at + 1])
      return ran
    },
  }
}

function news(ran, seen) {
  let sum = 0
  for (let at = 0; at < ran.length; at++) if (ran[at] === 1 && seen[at] === 0) sum++
  return sum
}
