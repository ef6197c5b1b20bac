import type { Measured } from './rounds.ts'

/** One line of docs/performance.md's table. */
export interface ReportRow {
  readonly label: string
  readonly tenon: number
  readonly floor: number
  /** Median over the rounds of Tenon's requests a second to the floor's in the same round. */
  readonly ratio: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly bad: number
  readonly cpuTenonMs: number
  readonly cpuFloorMs: number
}

export function median(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return Number.NaN
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** @param rounds the measurements of each round */
export function summarize(rounds: readonly (readonly Measured[])[]): readonly ReportRow[] {
  const keys = [...new Set(rounds.flat().map((one) => `${one.work} ${one.connections}`))]
  return keys.map((key) => {
    const of = (target: string) =>
      rounds.map(
        (round) => round.find((one) => one.target === target && `${one.work} ${one.connections}` === key)!,
      )
    const [tenon, floor] = [of('tenon'), of('floor')]
    const [work, connections] = key.split(' ')
    return {
      label: connections === '32' ? work! : `${work} at ${connections}`,
      tenon: median(tenon.map((one) => one.perSecond)),
      floor: median(floor.map((one) => one.perSecond)),
      ratio: median(tenon.map((one, index) => one.perSecond / floor[index]!.perSecond)),
      p50Ms: median(tenon.map((one) => one.p50Ms)),
      p99Ms: median(tenon.map((one) => one.p99Ms)),
      bad: tenon.reduce((sum, one) => sum + one.bad, 0),
      cpuTenonMs: median(tenon.map((one) => one.cpuMsPerRequest)),
      cpuFloorMs: median(floor.map((one) => one.cpuMsPerRequest)),
    }
  })
}

export function printReport(rows: readonly ReportRow[]): string {
  const head =
    '| work | Tenon req/s | floor req/s | ratio × | p50/p99 ms | bad | CPU ms a request: Tenon, floor |\n|---|---|---|---|---|---|---|'
  const lines = rows.map(
    (row) =>
      `| ${row.label} | ${Math.round(row.tenon)} | ${Math.round(row.floor)} | ${row.ratio.toFixed(2)}× | ` +
      `${row.p50Ms.toFixed(0)}/${row.p99Ms.toFixed(0)} | ${row.bad} | ${row.cpuTenonMs.toFixed(2)}, ${row.cpuFloorMs.toFixed(2)} |`,
  )
  return [head, ...lines].join('\n')
}
