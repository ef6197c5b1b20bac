import type { Me } from '../../api/types.ts'

/**
 * A spreadsheet whose rows are still to come: an entity is made of it in the designer, and once that is published its rows
 * are imported on a page of another document, maybe the next morning. Until then the browser keeps the file, for the
 * person and the workspace that it was handed over in.
 */
export interface KeptFile {
  readonly entity: string
  readonly file: File
  readonly rows: number
  /** The heading of a column → the field that was made of it. */
  readonly fields: Readonly<Record<string, string>>
}

/** Whose it is: nobody else is offered it, and in no other workspace. */
export type Keeper = Pick<Me, 'workspace'> & { readonly user: Pick<Me['user'], 'id'> }

interface Stored extends KeptFile {
  readonly key: string
  readonly person: string
  readonly workspace: string
  /** Milliseconds since 1970. */
  readonly keptAt: number
}

const KEPT_MS = 24 * 60 * 60 * 1000
const NAME = 'tenon-files'
const FILES = 'files'

/**
 * Keeps a file for a day.
 * @returns false where the browser keeps nothing, as some private windows do: the file is asked for then
 */
export async function keepFile(keeper: Keeper, kept: KeptFile): Promise<boolean> {
  const stored: Stored = {
    ...kept,
    key: keyOf(keeper, kept.entity),
    person: keeper.user.id,
    workspace: keeper.workspace,
    keptAt: Date.now(),
  }
  return (await inStore('readwrite', (files) => files.put(stored))) !== undefined
}

/** What is kept for a person here, the latest first. What is older than a day, or somebody else's, goes. */
export async function keptFiles(keeper: Keeper): Promise<readonly KeptFile[]> {
  const all = (await inStore('readonly', (files) => files.getAll() as IDBRequest<Stored[]>)) ?? []
  const isOver = ({ keptAt, person }: Stored): boolean =>
    person !== keeper.user.id || Date.now() - keptAt > KEPT_MS
  for (const { key } of all.filter(isOver)) await inStore('readwrite', (files) => files.delete(key))
  return all
    .filter((one) => !isOver(one) && one.workspace === keeper.workspace)
    .sort((one, other) => other.keptAt - one.keptAt)
}

/** The file that is kept for an entity. */
export async function keptFile(keeper: Keeper, entity: string): Promise<KeptFile | undefined> {
  return (await keptFiles(keeper)).find((one) => one.entity === entity)
}

/** The entity of a file has another name now. */
export async function moveFile(keeper: Keeper, from: string, to: string): Promise<void> {
  const kept = await keptFile(keeper, from)
  if (kept === undefined || from === to) return
  await inStore('readwrite', (files) => files.put({ ...kept, key: keyOf(keeper, to), entity: to }))
  await forgetFile(keeper, from)
}

/** Lets go of the file of an entity: its rows are there, or another file was chosen. */
export async function forgetFile(keeper: Keeper, entity: string): Promise<void> {
  await inStore('readwrite', (files) => files.delete(keyOf(keeper, entity)))
}

/** Lets go of all: whoever signs out leaves nothing behind. */
export async function forgetFiles(): Promise<void> {
  await inStore('readwrite', (files) => files.clear())
}

const keyOf = ({ workspace, user }: Keeper, entity: string): string => `${workspace}/${user.id}/${entity}`

/** @returns the answer, or undefined where the browser lets nothing be kept */
async function inStore<T>(
  mode: IDBTransactionMode,
  act: (files: IDBObjectStore) => IDBRequest<T>,
): Promise<T | undefined> {
  const database = await open()
  if (database === undefined) return undefined
  return new Promise<T | undefined>((resolve) => {
    const transaction = database.transaction(FILES, mode)
    const asked = act(transaction.objectStore(FILES))
    // Not before all is written: the next page may be opened at once.
    transaction.oncomplete = () => resolve(asked.result)
    // The disk is full, or the window may keep nothing: then the file is asked for again.
    transaction.onabort = () => resolve(undefined)
  }).finally(() => database.close())
}

function open(): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    try {
      const opening = indexedDB.open(NAME, 1)
      opening.onupgradeneeded = () => opening.result.createObjectStore(FILES, { keyPath: 'key' })
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => resolve(undefined)
    } catch {
      resolve(undefined) // browsers that keep nothing throw at once
    }
  })
}
