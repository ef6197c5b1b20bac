import { ApiProblem, type ProblemItem } from '../api/problem.ts'
import type { FormDescription } from '../api/types.ts'
import { type FormData, same } from './form-data.ts'

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

/** What is asked about a record that is being filled in; undefined until one of the lists that can be compared is there. */
export function askedOf(alike: FormDescription['alike'], data: FormData): FormData | undefined {
  if (alike === undefined) return undefined
  const isThere = (name: string): boolean => {
    const value = data[name]
    return typeof value === 'string' ? value.trim() !== '' : value !== undefined && value !== null
  }
  if (!alike.match.some((names) => names.every(isThere))) return undefined
  return Object.fromEntries(alike.fields.flatMap((name) => (isThere(name) ? [[name, data[name]]] : [])))
}

/** The same of a record that is changed: what is changed of that, once it moves a list that can be compared. */
export function askedOfChange(alike: FormDescription['alike'], base: FormData, data: FormData) {
  if (askedOf(alike, data) === undefined) return undefined
  const moved = (alike?.fields ?? []).filter((name) => !same(base[name], data[name]))
  if (!moved.some((name) => alike?.match.some((names) => names.includes(name)))) return undefined
  return Object.fromEntries(moved.map((name) => [name, data[name] ?? null]))
}

/** Each record once, by what weighs most: several rules may have found it. */
export function oncePerRecord(items: readonly ProblemItem[]): readonly ProblemItem[] {
  return items.filter(
    ({ record }, index) => index === items.findIndex((other) => other.record?.id === record?.id),
  )
}
