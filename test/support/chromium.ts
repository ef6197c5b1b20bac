import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A browser that can be started, and the environment that it needs. */
export interface Chromium {
  readonly path: string
  readonly env: Readonly<Record<string, string>>
}

const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url))
const PACKAGE = join(MODULES, '@sparticuz', 'chromium', 'package.json')

/**
 * Chromium of CHROME_PATH, else the one that the package @sparticuz/chromium holds, unpacked once into
 * node_modules. Its own place, /tmp/chromium, may be half-written or another user's.
 */
export async function findChromium(): Promise<Chromium> {
  const chosen = process.env.CHROME_PATH
  if (chosen) return { path: chosen, env: {} }
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string }
  const home = join(MODULES, '.cache', `chromium-${version}`)
  if (!existsSync(home)) await unpack(home)
  const path = join(home, 'chromium')
  return {
    path,
    env: {
      // The package's fonts have no Chinese: they are for machines without any.
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(home, 'fonts') }),
      // A machine with nothing but Node lacks what desktops have; where it is there, the machine's own is better.
      ...(lacksLibraries(path) ? { LD_LIBRARY_PATH: join(home, 'al2023', 'lib') } : {}),
    },
  }
}

async function unpack(home: string): Promise<void> {
  mkdirSync(dirname(home), { recursive: true })
  const unfinished = mkdtempSync(`${home}.`)
  // The package unpacks to the folder for temporary files, and its libraries only where it thinks to be on Lambda.
  const settings = { TMPDIR: unfinished, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' }
  const before = Object.fromEntries(Object.keys(settings).map((name) => [name, process.env[name]]))
  const libraries = {
    LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH,
    FONTCONFIG_PATH: process.env.FONTCONFIG_PATH,
  }
  try {
    Object.assign(process.env, settings)
    const { default: packed } = await import('@sparticuz/chromium')
    await packed.executablePath()
    if (!existsSync(home)) renameSync(unfinished, home)
  } finally {
    restore({ ...before, ...libraries })
    rmSync(unfinished, { recursive: true, force: true })
  }
}

function restore(settings: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(settings)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
}

function lacksLibraries(path: string): boolean {
  try {
    return execFileSync('ldd', [path], { encoding: 'utf8' }).includes('not found')
  } catch {
    return true // no ldd: musl or something as small
  }
}
