import type { Answer, Client } from './http.ts'

/** What a plan says about a step. */
export interface PlanStep {
  readonly kind: string
  readonly tag: 'safe' | 'lossy' | 'blocked'
  readonly definition: { readonly kind: string; readonly name: string }
  readonly path: string
  readonly sentence: string
  readonly records?: number
  readonly prepare?: boolean
  readonly conversion?: { readonly values: number; readonly lost: number }
}

export interface PlanAnswer {
  readonly hash: string
  readonly base_version: number
  readonly steps: readonly PlanStep[]
  readonly simulations: readonly object[]
}

export type Written = { readonly kind: string; readonly name: string; readonly [key: string]: unknown }

/** `data` of an answer that must have this status. */
export function dataOf<T>(answer: Answer, status: number): T {
  if (answer.status !== status) throw new Error(`expected ${status}, got ${answer.status}: ${answer.text}`)
  return (answer.body as { readonly data: T }).data
}

/** Opens a draft with these definitions; `undefined` under an address removes it. @returns its id */
export async function openDraft(
  client: Client,
  definitions: readonly Written[],
  removed: readonly string[] = [],
): Promise<string> {
  const { id } = dataOf<{ id: string }>(await client.post('/api/meta/changesets', { label: 'Test' }), 201)
  for (const definition of definitions) {
    const address = `/api/meta/changesets/${id}/definitions/${definition.kind}/${definition.name}`
    dataOf(await client.put(address, definition), 200)
  }
  for (const address of removed) {
    const answer = await client.delete(`/api/meta/changesets/${id}/definitions/${address}`)
    if (answer.status !== 204) throw new Error(`${address}: ${answer.text}`)
  }
  return id
}

export async function planOf(client: Client, id: string): Promise<PlanAnswer> {
  return dataOf(await client.post(`/api/meta/changesets/${id}/plan`), 200)
}

/** @param override why scenarios that fail may be passed over */
export function publish(
  client: Client,
  id: string,
  hash: string,
  override?: { readonly reason: string },
): Promise<Answer> {
  return client.post(`/api/meta/changesets/${id}/publish`, {
    hash,
    ...(override === undefined ? {} : { override }),
  })
}

/** Drafts, plans and publishes in one go. @returns the new version */
export async function publishAll(
  client: Client,
  definitions: readonly Written[],
  removed: readonly string[] = [],
  override?: { readonly reason: string },
): Promise<number> {
  const id = await openDraft(client, definitions, removed)
  const { hash } = await planOf(client, id)
  return dataOf<{ version: number }>(await publish(client, id, hash, override), 200).version
}

/** The definition in force, with its ids. */
export async function inForce<T extends Written>(client: Client, address: string): Promise<T> {
  return dataOf<T>(await client.get(`/api/meta/definitions/${address}`), 200)
}
