import { createContext, type ReactNode, useContext } from 'react'
import type { Fault } from '../api.ts'
import type { Json, Path } from '../store/json-value.ts'
import type { Schema } from './schema.ts'

/** The definition that an inspector edits. */
export interface Inspected {
  readonly kind: string
  readonly name: string
  readonly root: Schema
  readonly definition: Json
  /** As it is in force; undefined for what is new. */
  readonly inForce: Json | undefined
  readonly problems: readonly Fault[]
  readonly readOnly: boolean
  set(path: Path, to: unknown): void
  /** Draws the properties of a part: controls of lists and groups hold properties again. */
  drawPart(part: Part): ReactNode
}

/** An object within a definition. */
export interface Part {
  readonly path: Path
  readonly schema: Schema
  readonly value: unknown
}

const InspectedContext = createContext<Inspected | undefined>(undefined)

export const InspectedProvider = InspectedContext.Provider

export function useInspected(): Inspected {
  const inspected = useContext(InspectedContext)
  if (inspected === undefined) throw new Error('useInspected is called outside an inspector')
  return inspected
}

/** The id of the control of a place, for its label. */
export const controlId = (path: Path): string => `at-${path.join('-')}`

/** The problems of one definition, their paths beginning within it; without what is told quietly. */
export const problemsOf = (problems: readonly Fault[], kind: string, name: string): readonly Fault[] =>
  toldOf(problems, kind, name).filter(({ isQuiet }) => isQuiet !== true)

/** The same with what nobody has come to yet. */
export function toldOf(problems: readonly Fault[], kind: string, name: string): readonly Fault[] {
  const own = `/${kind}/${name}`
  return problems
    .filter(({ path }) => path === own || path.startsWith(`${own}/`))
    .map((problem) => ({ ...problem, path: problem.path.slice(own.length) }))
}
