import type { Transaction } from '../../db/database.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { newId } from '../../model/uuid.ts'
import { bulkRecords } from '../../records/bulk.ts'
import { flowContext } from '../flows/deps.ts'
import { noticeOf } from './deliver.ts'
import type { TellDeps } from './deps.ts'
import { insertListed, type Told } from './told-store.ts'

/** Something that a person is told by their list alone. */
export type InListNote = Omit<Told, 'id'> & { readonly run: string | undefined }

/** Puts notes into the lists of people: all notifications in one statement a flow, and what is known of them in another. */
export async function putAllIntoLists(
  deps: TellDeps,
  model: CompiledModel,
  tx: Transaction,
  notes: readonly InListNote[],
): Promise<void> {
  if (notes.length === 0) return
  const listed: (InListNote & { readonly id: string; readonly notification: string })[] = []
  for (const flow of new Set(notes.map((note) => note.flow))) {
    const own = notes.filter((note) => note.flow === flow)
    const context = flowContext(deps, model, { name: flow })
    const answer = await bulkRecords(context, 'notification', { create: own.map(noticeOf) }, { runner: tx })
    const { data } = JSON.parse(answer.body) as { readonly data: readonly { readonly id: string }[] }
    listed.push(...own.map((note, index) => ({ ...note, id: newId(), notification: data[index]!.id })))
  }
  await insertListed(tx, model.schema, listed, deps.now())
}
