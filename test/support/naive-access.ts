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
  readonly share?: NaiveScope
  readonly fields?: Readonly<
    Record<string, { read?: boolean | 'masked' | NaiveRule; edit?: boolean | NaiveRule }>
  >
}
export type NaiveRule = Readonly<Record<string, unknown>>
export type NaiveScope = 'none' | 'own' | 'team' | 'team_tree' | 'all' | NaiveRule

/** One share by hand. */
export interface NaiveShare {
  readonly record: string
  /** A user's or team's id, a role's name. */
  readonly holder: string
  readonly edits: boolean
  readonly isOver: boolean
}
export interface NaiveSharing {
  readonly entity: string
  readonly access: 'read' | 'edit'
  readonly when?: NaiveRule
  readonly with?: readonly { readonly role?: string; readonly team?: string; readonly user?: string }[]
  readonly through?: string
}

export interface NaiveUser {
  readonly id: string
  readonly email: string
  readonly team: string | null
  readonly language: string | null
}
export interface NaiveTeam {
  readonly id: string
  readonly name: string
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
  /** The entity that each lookup leads to. */
  readonly lookups: Readonly<Record<string, string>>
  readonly shares: readonly NaiveShare[]
  readonly sharings: readonly NaiveSharing[]
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
  const given = (of: string, record: NaiveRecord, action: 'read' | 'update'): boolean => {
    const isOpen = roles.some((role) => (role.entities[of]?.share ?? 'none') !== 'none')
    const mine = [actor.id, ...teamsOf(actor), ...roles.map((role) => role.name)]
    return (
      isOpen &&
      world.shares.some(({ record: id, holder, edits, isOver }) => {
        return id === record.id && mine.includes(holder) && !isOver && (action === 'read' || edits)
      })
    )
  }
  const isAmong = (holders: NaiveSharing['with']): boolean => {
    const teams = world.teams.filter(({ id }) => teamsOf(actor).includes(id)).map(({ name }) => name)
    return (holders ?? []).some(({ role, team, user }) => {
      if (role !== undefined) return roles.some(({ name }) => name === role)
      return team === undefined ? user?.toLowerCase() === actor.email.toLowerCase() : teams.includes(team)
    })
  }
  const byDefinition = (one: NaiveSharing, record: NaiveRecord, action: 'read' | 'update'): boolean => {
    if (action === 'update' && one.access !== 'edit') return false
    if (one.through === undefined)
      return isAmong(one.with) && (one.when === undefined || evaluate(one.when, record) === true)
    const parent = world.related.get(String(record[one.through]))
    const to = world.lookups[one.through]!
    if (parent === undefined || !roles.some((role) => reaches(role, to, parent, 'read'))) return false
    return action === 'read' || roles.some((role) => reaches(role, to, parent, 'update'))
  }
  const isShared = (of: string, record: NaiveRecord, action: 'read' | 'update'): boolean =>
    given(of, record, action) ||
    world.sharings.some((one) => one.entity === of && byDefinition(one, record, action))
  /** A share widens what a role reaches; of what it does not reach at all it gives nothing. */
  function reaches(role: NaiveRole, of: string, record: NaiveRecord, action: 'read' | 'update'): boolean {
    const rights = role.entities[of] ?? {}
    const scope = rights[action] ?? 'none'
    if (scope === 'none' || inScope(scope, record)) return scope !== 'none'
    return (rights.read ?? 'none') !== 'none' && isShared(of, record, action)
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
  const sees = (record: NaiveRecord) => roles.some((role) => reaches(role, entity, record, 'read'))
  const isShareable =
    world.sharings.some((one) => one.entity === entity) ||
    roles.some((role) => (rightsOf(role).share ?? 'none') !== 'none')
  return {
    sees,
    /** Whether a record of another entity is in sight. */
    seesOther: (of: string, record: NaiveRecord) => roles.some((role) => reaches(role, of, record, 'read')),
    cell(field: string, record: NaiveRecord): Cell {
      const cells = roles
        .filter((role) => reaches(role, entity, record, 'read'))
        .map((role) => cellOf(role, field, record))
      if (cells.includes('whole')) return 'whole'
      return cells.includes('masked') ? 'masked' : 'none'
    },
    /** What a patch of one field is answered. */
    patch(field: string, record: NaiveRecord): 200 | 403 | 404 {
      if (!sees(record)) return 404
      const granting = roles.filter((role) => reaches(role, entity, record, 'update'))
      return granting.some((role) => isEditable(role, field, record)) ? 200 : 403
    },
    /** What giving the record to another owner is answered: what is merely shared is not given away. */
    transfer(record: NaiveRecord): 200 | 403 | 404 {
      if (!sees(record)) return 404
      const granting = roles.filter((role) =>
        isShareable ? inScope(rightsOf(role).update, record) : reaches(role, entity, record, 'update'),
      )
      return granting.some((role) => isEditable(role, 'owner', record)) ? 200 : 403
    },
    /** What a delete is answered; no share gives it. */
    remove(record: NaiveRecord): 200 | 403 | 404 {
      if (!sees(record)) return 404
      return roles.some((role) => inScope(rightsOf(role).delete, record)) ? 200 : 403
    },
  }
}
