import type { KeyPlace } from '../keys/keys.ts'

/** What there is help about, in the order in which an address is looked at. */
export const TOPICS = {
  newRecord: { at: /^\/records\/[^/]+\/new$/, keys: ['form'] },
  editRecord: { at: /^\/records\/[^/]+\/[^/]+\/edit$/, keys: ['form'] },
  bin: { at: /^\/records\/[^/]+\/bin$/, keys: [] },
  calls: { at: /^\/records\/[^/]+\/calls$/, keys: [] },
  duplicates: { at: /^\/records\/[^/]+\/duplicates$/, keys: [] },
  record: { at: /^\/records\/[^/]+\/[^/]+$/, keys: ['record'] },
  list: { at: /^\/records\/[^/]+$/, keys: ['list', 'board'] },
  dashboard: { at: /^\/dashboards\//, keys: [] },
  reports: { at: /^\/reports/, keys: [] },
  approvals: { at: /^\/approvals$/, keys: [] },
  notifications: { at: /^\/notifications$/, keys: [] },
  requests: { at: /^\/requests$/, keys: [] },
  account: { at: /^\/account$/, keys: [] },
  audit: { at: /^\/audit$/, keys: [] },
  brand: { at: /^\/brand$/, keys: [] },
  backups: { at: /^\/backups$/, keys: [] },
  whoSees: { at: /^\/who-sees$/, keys: [] },
  designer: { at: /^\/designer/, keys: [] },
  anywhere: { at: /^/, keys: [] },
} as const satisfies Readonly<Record<string, { readonly at: RegExp; readonly keys: readonly KeyPlace[] }>>

export type Topic = keyof typeof TOPICS

/** What the page of an address is about. */
export const topicOf = (pathname: string): Topic =>
  (Object.keys(TOPICS) as Topic[]).find((topic) => TOPICS[topic].at.test(pathname)) ?? 'anywhere'
