const RECORD = /^\/records\/([a-z0-9_]+)\/([0-9a-f]{8}-[0-9a-f-]{27})(?:\/edit)?(?:[?#]|$)/i

/** The record that a page shows, by its address; undefined where it shows none. */
export function recordIn(page: string): { readonly entity: string; readonly id: string } | undefined {
  const [, entity, id] = RECORD.exec(page) ?? []
  return entity === undefined || id === undefined ? undefined : { entity, id }
}
