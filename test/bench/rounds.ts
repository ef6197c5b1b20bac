import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Work } from './requests.ts'
import { cpuMs, type RunningTarget, residentMb } from './targets.ts'

const run = promisify(execFile)

/** One short run of one work against one target. */
export interface Measured {
  readonly work: string
  readonly connections: number
  readonly target: string
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly bad: number
  readonly cpuMsPerRequest: number
  readonly residentMb: number
}

export interface RoundSource {
  readonly shared: string
  readonly folder: string
  readonly seconds: number
  readonly targets: Readonly<Record<string, RunningTarget>>
}

/** Runs all targets next to each other: what else the machine does then hits each alike. */
export async function runRound(
  source: RoundSource,
  works: readonly { readonly work: Work; readonly connections: number }[],
  tell: (measured: Measured) => void,
): Promise<readonly Measured[]> {
  const measured: Measured[] = []
  for (const { work, connections } of works) {
    for (const [name, target] of Object.entries(source.targets)) {
      const one = await measure(source, name, target, work, connections)
      tell(one)
      measured.push(one)
    }
  }
  return measured
}

export async function measure(
  source: RoundSource,
  name: string,
  target: RunningTarget,
  work: string,
  connections: number,
): Promise<Measured> {
  const before = cpuMs(target.pid)
  const { stdout } = await run(
    'wrk',
    [
      '-t1',
      `-c${connections}`,
      `-d${source.seconds}s`,
      '--timeout',
      '30s',
      '--latency',
      '-s',
      join(source.shared, 'bench', 'load.lua'),
      target.url,
    ],
    {
      env: {
        ...process.env,
        REQ: join(source.folder, name, `${work}.req`),
        SEED: String(Math.trunc(Math.random() * 1e6)),
      },
    },
  )
  const figures = new Map(
    [...stdout.matchAll(/(\w+)=([\d.]+)/g)].map((match) => [match[1]!, Number(match[2])]),
  )
  const figure = (key: string) => figures.get(key) ?? Number.NaN
  return {
    work,
    connections,
    target: name,
    perSecond: figure('rps'),
    p50Ms: figure('p50'),
    p99Ms: figure('p99'),
    bad: figure('non2xx') + figure('sockerr') + figure('timeout'),
    cpuMsPerRequest: (cpuMs(target.pid) - before) / Math.max(1, figure('reqs')),
    residentMb: residentMb(target.pid),
  }
}
