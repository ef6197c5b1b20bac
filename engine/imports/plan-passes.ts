/** What one row says of others of its file: its own name, and the name of the row that it points to. */
export interface RowLink {
  readonly index: number
  readonly name: string
  /** '' where it points to none. */
  readonly parent: string
}

/**
 * In which pass over the file each row can be stored, so that the row that it points to is there before it.
 * Rows that are missing from `later` belong to the first pass, 0.
 */
export interface Passes {
  readonly count: number
  readonly later: ReadonlyMap<number, number>
  /** Rows that wait for each other in a circle. */
  readonly circular: ReadonlySet<number>
  /** Names of rows of the file to which other rows point. */
  readonly named: ReadonlySet<string>
}

export const ONE_PASS: Passes = { count: 1, later: new Map(), circular: new Set(), named: new Set() }

/**
 * Plans the passes from the rows that point to a row of the same file. Memory grows with the rows that point and
 * are pointed to, not with the file.
 * @param links a function that reads all rows anew; it is called twice
 */
export async function planPasses(links: () => AsyncIterable<RowLink>): Promise<Passes> {
  const parents = new Set<string>()
  for await (const link of links()) if (link.parent !== '') parents.add(link.parent)
  if (parents.size === 0) return ONE_PASS
  const places = new Map<string, number>()
  const pointing = new Map<number, string>()
  for await (const link of links()) {
    if (parents.has(link.name) && !places.has(link.name)) places.set(link.name, link.index)
    if (link.parent !== '') pointing.set(link.index, link.parent)
  }
  return passesOf(pointing, places)
}

function passesOf(pointing: ReadonlyMap<number, string>, places: ReadonlyMap<string, number>): Passes {
  const known = new Map<number, number>()
  const circular = new Set<number>()
  for (const start of pointing.keys()) {
    // Upwards until a row whose pass is known or that points to nobody in the file, then down again.
    const path: number[] = []
    const onPath = new Set<number>()
    let at: number | undefined = start
    while (at !== undefined && !known.has(at) && !onPath.has(at)) {
      path.push(at)
      onPath.add(at)
      at = places.get(pointing.get(at) ?? '')
    }
    if (at !== undefined && onPath.has(at)) markCircle(path, at, circular, known)
    for (const index of path.reverse()) {
      if (known.has(index)) continue
      const parent = places.get(pointing.get(index) ?? '')
      known.set(index, parent === undefined ? 0 : (known.get(parent) ?? 0) + (parent > index ? 1 : 0))
    }
  }
  const later = new Map([...known].filter(([, pass]) => pass > 0))
  const count = later.size === 0 ? 1 : Math.max(...new Set(later.values())) + 1
  return { count, later, circular, named: new Set(places.keys()) }
}

function markCircle(
  path: readonly number[],
  from: number,
  circular: Set<number>,
  known: Map<number, number>,
): void {
  for (const index of path.slice(path.indexOf(from))) {
    circular.add(index)
    known.set(index, 0)
  }
}
