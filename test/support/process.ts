import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { waitUntil } from '../../engine/db/processes.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface EngineProcessOptions {
  readonly dataDir: string
  readonly env?: Readonly<Record<string, string>>
  /** Another user to run as; needs root. */
  readonly user?: { readonly uid: number; readonly gid: number }
  /** Another checkout than this one. */
  readonly root?: string
}

/** A Tenon in a process of its own, as a person starts it. */
export interface EngineProcess {
  readonly pid: number
  /** Resolves with the address of the ready line; rejects with what was said when it ends before. */
  readonly ready: Promise<string>
  /** Everything said so far. */
  stdout(): string
  stderr(): string
  /** Sends a signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<number | null>
  /** Resolves with the exit code, null when a signal ended it. */
  readonly exited: Promise<number | null>
}

/** Starts a Tenon on a free port, with an empty first workspace. It is killed when the test process ends. */
export function spawnEngine(options: EngineProcessOptions): EngineProcess {
  const child = spawn(process.execPath, ['start.mjs'], {
    cwd: options.root ?? ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      TENON_DATA_DIR: options.dataDir,
      TENON_TEMPLATE: 'none',
      TENON_DEMO: '0',
      LOG_LEVEL: 'error',
      ...options.env,
    },
    ...options.user,
  })
  const said = { stdout: collect(child.stdout), stderr: collect(child.stderr) }
  const exited = once(child, 'close').then(([code]) => code as number | null)
  process.once('exit', () => child.kill('SIGKILL'))
  return {
    pid: child.pid ?? 0,
    ready: awaitReady(child, said.stdout, () => `${said.stdout()}${said.stderr()}`),
    stdout: said.stdout,
    stderr: said.stderr,
    exited,
    async end(signal = 'SIGTERM') {
      child.kill(signal)
      return exited
    },
  }
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = ''
  stream?.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  return () => text
}

async function awaitReady(child: ChildProcess, stdout: () => string, all: () => string): Promise<string> {
  const address = (): string | undefined => /^Tenon is ready at (\S+)$/m.exec(stdout())?.[1]
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null
  await waitUntil(() => address() !== undefined || isOver(), 60_000)
  const found = address()
  if (found === undefined) throw new Error(`not ready: ${all()}`)
  return found
}

/** What a command of the shell said, and its exit code. */
export interface CommandOutcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `tenon` with some words, as a person types them. */
export async function spawnCommand(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<CommandOutcome> {
  const child = spawn(process.execPath, [join(ROOT, 'bin', 'tenon.mjs'), ...words], {
    cwd: env.TENON_DATA_DIR ?? ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', ...env },
  })
  const said = { stdout: collect(child.stdout), stderr: collect(child.stderr) }
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout: said.stdout(), stderr: said.stderr() }
}
