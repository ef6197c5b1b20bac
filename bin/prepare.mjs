// What a fresh checkout lacks: packages and pages. Runs before anything is installed, so it needs nothing but Node.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** What the built pages depend on. */
const PAGE_SOURCES = [
  ...['runtime-ui', 'designer', 'metadata', 'plugins', 'languages', 'vite.config.ts', 'package-lock.json'],
]
const STAMP = join(ROOT, 'dist', '.sources')
/** What the built engine depends on; its files carry the checkout's own path. */
const ENGINE_SOURCES = ['engine', 'metadata', 'plugins', 'bin/build-engine.mjs', 'package-lock.json']
const ENGINE_FOLDER = join(ROOT, '.build')
const ENGINE_STAMP = join(ENGINE_FOLDER, '.sources')

/** A failure that needs no stack: its message says everything. */
class ExpectedFailure extends Error {
  expected = true
}

const progress = (line) => process.stderr.write(`${line}\n`)

/**
 * Installs packages and builds pages where they are missing or older than their sources. Two starts at once take
 * turns.
 * @param {{ pages: boolean, dev?: boolean }} options whether the pages, and all development tools, are wanted
 */
export async function prepare({ pages, dev = false }) {
  const isReady = () => missingPackages({ dev: dev || (pages && !arePagesFresh()) }).length === 0
  if (!isReady()) {
    await inTurn(async () => {
      if (!isReady()) await install()
    })
  }
  if (pages && !arePagesFresh()) {
    await inTurn(async () => {
      if (!arePagesFresh()) await buildPages()
    })
  }
}

/**
 * Runs a part of the engine in this process, built anew when its sources changed: a second process would cost
 * time, memory and care for signals.
 * @param {'main' | 'tenon'} entry
 */
export async function runEngine(entry) {
  if (!isEngineFresh()) {
    await inTurn(async () => {
      if (!isEngineFresh()) await buildEngine()
    })
  }
  await import(pathToFileURL(join(ENGINE_FOLDER, `${entry}.js`)).href)
}

function isEngineFresh() {
  return existsSync(ENGINE_STAMP) && readFileSync(ENGINE_STAMP, 'utf8') === hashOf(ENGINE_SOURCES)
}

async function buildEngine() {
  const { buildModules } = await import('./build-engine.mjs')
  const hash = hashOf(ENGINE_SOURCES)
  const faults = await buildModules(ROOT, ENGINE_FOLDER)
  if (faults !== undefined) throw new ExpectedFailure(faults)
  writeFileSync(ENGINE_STAMP, hash)
}

/**
 * Packages of the lock file that are not installed in that version. Optional ones are for other machines.
 * @param {{ dev: boolean }} options whether development tools are wanted
 */
export function missingPackages({ dev }) {
  const wanted = readJson(join(ROOT, 'package-lock.json'))?.packages ?? {}
  const installed = readJson(join(ROOT, 'node_modules', '.package-lock.json'))?.packages ?? {}
  return Object.entries(wanted)
    .filter(([path, entry]) => path !== '' && !entry.optional && !entry.devOptional && (dev || !entry.dev))
    .filter(([path, entry]) => installed[path] === undefined || installed[path].version !== entry.version)
    .map(([path]) => path.replace(/^.*node_modules\//, ''))
}

async function install() {
  progress('Installing packages …')
  const begin = Date.now()
  // Install scripts are not needed, and not trusted.
  await runQuietly('npm ci', npmCommand(), [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ])
  dropSourceMaps(join(ROOT, 'node_modules'))
  progress(`Packages installed in ${seconds(begin)} s`)
}

/** Source maps of packages are a sixth of an installation, and nobody steps through packages here. */
export function dropSourceMaps(folder) {
  for (const entry of readDirectory(folder) ?? []) {
    const path = join(folder, entry.name)
    // What is linked lies elsewhere and is not ours to tidy.
    if (entry.isDirectory()) dropSourceMaps(path)
    else if (entry.isFile() && /\.(?:[cm]?js|css|d\.[cm]?ts)\.map$/.test(entry.name)) rmSync(path)
  }
}

export function arePagesFresh() {
  if (!existsSync(join(ROOT, 'vite.config.ts'))) return true
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hashOf(PAGE_SOURCES)
}

export async function buildPages() {
  progress('Building pages …')
  const begin = Date.now()
  const hash = hashOf(PAGE_SOURCES)
  await runQuietly(
    'vite build',
    [process.execPath],
    [join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js'), 'build'],
  )
  mkdirSync(dirname(STAMP), { recursive: true })
  writeFileSync(STAMP, hash)
  progress(`Pages built in ${seconds(begin)} s`)
}

function hashOf(sources) {
  const hash = createHash('sha256').update(`${ROOT}\0`)
  for (const file of sources.flatMap((name) => filesOf(join(ROOT, name)))) {
    hash
      .update(`${relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

/** All files of a folder, or the file itself, sorted; [] where there is none. */
function filesOf(path) {
  if (!existsSync(path)) return []
  const entries = readDirectory(path)
  if (entries === undefined) return [path]
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .filter((entry) => entry.name !== 'node_modules' && entry.name !== 'test')
    .flatMap((entry) => (entry.isDirectory() ? filesOf(join(path, entry.name)) : [join(path, entry.name)]))
}

function readDirectory(path) {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch (fault) {
    if (fault.code === 'ENOTDIR') return undefined
    throw fault
  }
}

/** The npm that started us, else the one on the path. */
function npmCommand() {
  const script = process.env.npm_execpath
  if (script && /npm-cli\.c?js$/.test(script)) return [process.execPath, script]
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm']
}

/** Runs a program and shows what it said only if it failed. */
function runQuietly(what, [program, ...before], rest) {
  return new Promise((resolve, reject) => {
    const said = []
    const child = spawn(program, [...before, ...rest], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.on('data', (part) => said.push(part))
    child.stderr.on('data', (part) => said.push(part))
    child.on('error', (fault) => reject(new ExpectedFailure(`${what} cannot be run: ${fault.message}`)))
    child.on('close', (code, signal) => {
      if (code === 0) return resolve()
      const text = Buffer.concat(said).toString('utf8').trim()
      reject(new ExpectedFailure(`${text}\n${what} failed (${signal ?? `exit code ${code}`})`))
    })
  })
}

/** One of several starts in this checkout at a time; a lock whose process is dead is taken over. */
async function inTurn(work) {
  const name = createHash('sha256').update(ROOT).digest('hex').slice(0, 16)
  const lock = join(tmpdir(), `tenon-prepare-${name}.lock`)
  let told = false
  while (!claim(lock)) {
    if (!told) progress('Waiting for another start that prepares this folder')
    told = true
    await delay(200)
  }
  try {
    await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

/** link(2) makes the file whole or not at all. */
function claim(lock) {
  const draft = `${lock}.${process.pid}`
  writeFileSync(draft, String(process.pid))
  try {
    linkSync(draft, lock)
    return true
  } catch (fault) {
    if (fault.code !== 'EEXIST') throw fault
    if (!isRunning(Number(readFileSync(lock, 'utf8')))) rmSync(lock, { force: true })
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return pid > 0
  } catch (fault) {
    return fault.code === 'EPERM'
  }
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

function seconds(begin) {
  return ((Date.now() - begin) / 1000).toFixed(1)
}
