/**
 * What roles give, told the plain way, row by row and cell by cell: the other side of the comparison with what the
 * kernel compiles to SQL. It shares no code with the engine.
 */
export interface NaiveRole {
  readonly name: string
  readonly personal?: Readonly<Record<string, 'hidden' | 'masked' | 'read'>>
  readonly entities: Readonly<Record<string, NaiveRights>>
}
export interface NaiveRights {
  readonly create?: boolean
  readonly read?: NaiveScope
  readonly update?: NaiveScope
  readonly delete?: NaiveScope
  readonly fields?: Readonly<
    Record<string, { read?: boolean | 'masked' | NaiveRule; edit?: boolean | NaiveRule }>
  >
}
export type NaiveRule = Readonly<Record<string, unknown>>
export type NaiveScope = 'none' | 'own' | 'team' | 'team_tree' | 'all' | NaiveRule

export interface NaiveUser {
  readonly id: string
  readonly team: string | null
  readonly language: string | null
}
export interface NaiveTeam {
  readonly id: string
  readonly parent: string | null
  readonly leader: string | null
}
export type NaiveRecord = Readonly<Record<string, unknown>> & { readonly id: string }

export interface NaiveWorld {
  readonly users: readonly NaiveUser[]
  readonly teams: readonly NaiveTeam[]
  /** Records that lookups lead to, by id. */
  readonly related: ReadonlyMap<string, NaiveRecord>
  /** Personal class by field. */
  readonly classes: Readonly<Record<string, string>>
  /** Fields of prose: phone numbers in them follow the class `contact`. */
  readonly prose: ReadonlySet<string>
}

export type Cell = 'whole' | 'masked' | 'none'

export function naiveAccess(
  world: NaiveWorld,
  actor: NaiveUser,
  roles: readonly NaiveRole[],
  entity: string,
) {
  const teamsOf = (user: NaiveUser): readonly string[] => [
    ...(user.team === null ? [] : [user.team]),
    ...world.teams.filter((team) => team.leader === user.id).map((team) => team.id),
  ]
  const isBelow = (team: string, tops: readonly string[]): boolean => {
    if (tops.includes(team)) return true
    const parent = world.teams.find(({ id }) => id === team)?.parent ?? null
    return parent !== null && isBelow(parent, tops)
  }
  const inScope = (scope: NaiveScope | undefined, record: NaiveRecord): boolean => {
    if (scope === undefined || scope === 'none') return false
    if (scope === 'all') return true
    if (typeof scope === 'object') return evaluate(scope, record) === true
    if (record.owner === actor.id) return true
    const owner = world.users.find(({ id }) => id === record.owner)
    if (scope === 'own' || owner === undefined || owner.team === null) return false
    const mine = teamsOf(actor)
    return scope === 'team' ? mine.includes(owner.team) : isBelow(owner.team, mine)
  }
  const value = (path: string, record: NaiveRecord): unknown => {
    if (path === 'actor.id') return actor.id
    if (path === 'actor.teams') return teamsOf(actor)
    if (path === 'actor.language') return actor.language
    const [first = '', ...rest] = path.split('.')
    const found = record[first] ?? null
    if (rest.length === 0 || found === null) return found
    if (first === 'owner') return world.users.find(({ id }) => id === found)?.team ?? null
    return world.related.get(String(found))?.[rest[0]!] ?? null
  }
  function evaluate(rule: unknown, record: NaiveRecord): unknown {
    if (typeof rule !== 'object' || rule === null) return rule
    const [[operator, argument]] = Object.entries(rule) as [[string, unknown]]
    if (operator === 'var') return value(String(argument), record)
    const parts = (Array.isArray(argument) ? argument : [argument]).map((part) => evaluate(part, record))
    const [left, right] = parts
    switch (operator) {
      case '==':
        return left === right
      case '>':
        return left !== null && right !== null && Number(left) > Number(right)
      case 'in':
        return left !== null && Array.isArray(right) && right.includes(left)
      case 'and':
        return parts.every((part) => part === true)
      case 'or':
        return parts.some((part) => part === true)
      case '!':
        return left !== true
      default:
        throw new Error(`no operator "${operator}"`)
    }
  }
  const rightsOf = (role: NaiveRole): NaiveRights => role.entities[entity] ?? {}
  const cellOf = (role: NaiveRole, field: string, record: NaiveRecord): Cell => {
    const cell = plainCellOf(role, field, record)
    const isOpen = role.personal?.contact === 'read' || rightsOf(role).fields?.[field]?.read === true
    if (cell !== 'whole' || isOpen || !world.prose.has(field)) return cell
    return /1[3-9]\d/.test(String(record[field] ?? '')) ? 'masked' : 'whole'
  }
  const plainCellOf = (role: NaiveRole, field: string, record: NaiveRecord): Cell => {
    const said = rightsOf(role).fields?.[field]?.read
    const personal = world.classes[field]
    const byClass = personal === undefined ? 'read' : (role.personal?.[personal] ?? 'hidden')
    if (said === true || said === 'masked') return said === true ? 'whole' : 'masked'
    if (said === false) return 'none'
    if (said !== undefined && evaluate(said, record) === true) return 'whole'
    if (said === undefined && byClass === 'read') return 'whole'
    return byClass === 'masked' ? 'masked' : 'none'
  }
  const isEditable = (role: NaiveRole, field: string, record: NaiveRecord): boolean => {
    const said = rightsOf(role).fields?.[field]?.edit ?? true
    const allows = typeof said === 'boolean' ? said : evaluate(said, record) === true
    return allows && cellOf(role, field, record) === 'whole'
  }
  const sees = (record: NaiveRecord) => roles.some((role) => inScope(rightsOf(role).read, record))
  return {
    sees,
    cell(field: string, record: NaiveRecord): Cell {
      const cells = roles
        .filter((role) => inScope(rightsOf(role).read, record))
        .map((role) => cellOf(role, field, record))
      if (cells.includes('whole')) return 'whole'
      return cells.includes('masked') ? 'masked' : 'none'
    },
    /** What a patch of one field is answered. */
    patch(field: string, record: NaiveRecord): 200 | 403 | 404 {
      if (!sees(record)) return 404
      const granting = roles.filter((role) => inScope(rightsOf(role).update, record))
      return granting.some((role) => isEditable(role, field, record)) ? 200 : 403
    },
  }
}
