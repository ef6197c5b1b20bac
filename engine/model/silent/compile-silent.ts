import type { Registry } from '../../registry/registry.ts'
import { type CompileSource, compileModel } from '../compile.ts'
import type { RunningSilent } from '../compiled.ts'
import { runnable } from './settle.ts'
import type { StoredSilentRun } from './silent-run.ts'

/**
 * A draft compiled beside what is in force, to be asked and never acted by.
 * @throws AppError where it no longer checks
 */
export function compileSilent(
  source: CompileSource,
  { id, changeset, items, begunAt }: StoredSilentRun,
  registry: Registry,
): RunningSilent {
  const { definitions, watched } = runnable(source.definitions, items, registry)
  return Object.freeze({ id, changeset, begunAt, watched, model: compileModel({ ...source, definitions }) })
}
