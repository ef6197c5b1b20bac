/** A team as the tree needs it. */
export interface Team {
  readonly id: string
  readonly name: string
  readonly parent: string | undefined
}

export interface TeamNode<T extends Team = Team> {
  readonly team: T
  readonly children: readonly TeamNode<T>[]
  /** People whose team it is. */
  readonly members: number
  /** The same with the teams below. */
  readonly all: number
}

/**
 * Teams by what they are part of, by name. A team whose parent is not there (out of sight, or deleted) stands at the
 * top, and so does one of each circle: no team is lost.
 * @param members people by the id of their team
 */
export function teamTree<T extends Team>(
  teams: readonly T[],
  members: ReadonlyMap<string, number>,
  collator: Intl.Collator,
): readonly TeamNode<T>[] {
  const known = new Set(teams.map(({ id }) => id))
  const below = new Map<string | undefined, T[]>()
  for (const team of teams) {
    const parent = team.parent !== undefined && known.has(team.parent) ? team.parent : undefined
    below.set(parent, [...(below.get(parent) ?? []), team])
  }
  const placed = new Set<string>()
  const nodesOf = (list: readonly T[]): readonly TeamNode<T>[] =>
    [...list]
      .filter(({ id }) => !placed.has(id))
      .sort((one, other) => collator.compare(one.name, other.name))
      .map((team) => {
        placed.add(team.id)
        const children = nodesOf(below.get(team.id) ?? [])
        const own = members.get(team.id) ?? 0
        return { team, children, members: own, all: children.reduce((sum, child) => sum + child.all, own) }
      })
  const roots = nodesOf(below.get(undefined) ?? [])
  const inCircles: TeamNode<T>[] = []
  for (const team of teams) if (!placed.has(team.id)) inCircles.push(...nodesOf([team]))
  return [...roots, ...inCircles]
}

/** A line of the tree as it is shown: those below a folded team are not. */
export interface TreeLine<T extends Team = Team> {
  readonly node: TeamNode<T>
  readonly depth: number
}

export function linesOf<T extends Team>(
  nodes: readonly TeamNode<T>[],
  folded: ReadonlySet<string>,
  depth = 0,
): readonly TreeLine<T>[] {
  return nodes.flatMap((node) => [
    { node, depth },
    ...(folded.has(node.team.id) ? [] : linesOf(node.children, folded, depth + 1)),
  ])
}

/** The ids of a team and of all below it: where it cannot be moved to. */
export function within<T extends Team>(node: TeamNode<T>): readonly string[] {
  return [node.team.id, ...node.children.flatMap(within)]
}
