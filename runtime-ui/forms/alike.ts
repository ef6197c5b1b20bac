import { ApiProblem, type ProblemItem } from '../api/problem.ts'

const CODES: ReadonlySet<string> = new Set(['DUPLICATE_BLOCKED', 'DUPLICATE_WARNED'])

/** What duplicate rules found, where a write was refused for that alone; else undefined. */
export function alikeIn(error: unknown): readonly ProblemItem[] | undefined {
  if (!(error instanceof ApiProblem) || error.items.length === 0) return undefined
  return error.items.every(({ code }) => CODES.has(code)) ? error.items : undefined
}

/** Whether the person may save all the same. */
export function mayAccept(items: readonly ProblemItem[]): boolean {
  return items.every(({ code }) => code === 'DUPLICATE_WARNED')
}
