import type { CompiledModel } from '../../model/compiled.ts'
import type { FlowDeps } from '../flows/deps.ts'

/** The model in force with these runs; one that is too old to know them is loaded anew. */
export async function modelWith(
  deps: Pick<FlowDeps, 'modelOf'>,
  workspace: string,
  runs: readonly { readonly id: string }[],
): Promise<CompiledModel | undefined> {
  const model = await deps.modelOf(workspace)
  const isKnown = runs.every(({ id }) => model?.silent.some((run) => run.id === id))
  return isKnown ? model : await deps.modelOf(workspace, true)
}
