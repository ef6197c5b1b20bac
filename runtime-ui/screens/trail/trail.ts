/** The list from which records are opened, as far as it was loaded: its address and their order. */
export interface Trail {
  readonly entity: string
  /** With its question mark; empty for the plain list. */
  readonly search: string
  readonly ids: readonly string[]
}

const KEY = 'tenon.trail'
/** More than anybody goes through one by one. */
const MOST = 2000

/** Keeps where one came from, for this window alone. */
export function keepTrail({ ids, ...rest }: Trail): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...rest, ids: ids.slice(0, MOST) }))
  } catch {
    // Nothing is kept then: records are opened without their neighbours.
  }
}

/** The list from which records of an entity were opened; undefined where it was another, or none. */
export function readTrail(text: string | null, entity: string): Trail | undefined {
  try {
    const kept = JSON.parse(text ?? '{}') as Partial<Record<keyof Trail, unknown>>
    const isWhole =
      kept.entity === entity &&
      typeof kept.search === 'string' &&
      Array.isArray(kept.ids) &&
      kept.ids.every((id) => typeof id === 'string')
    return isWhole ? (kept as Trail) : undefined
  } catch {
    return undefined // anybody may have written there
  }
}

export const keptTrail = (entity: string): Trail | undefined => {
  try {
    return readTrail(sessionStorage.getItem(KEY), entity)
  } catch {
    return undefined // storage is refused in some private windows
  }
}

/** Where a record stands in the list, and who is before and behind it. */
export function placeIn(
  { ids }: Trail,
  id: string,
):
  | { readonly at: number; readonly total: number; readonly before?: string; readonly after?: string }
  | undefined {
  const index = ids.indexOf(id)
  if (index < 0) return undefined
  const [before, after] = [ids[index - 1], ids[index + 1]]
  return {
    ...{ at: index + 1, total: ids.length },
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  }
}
