import { boardOf, type Named, roleOf } from '../begin/first-steps.ts'
import type { Json } from '../store/json-value.ts'
import type { Wanted } from '../store/store.tsx'
import { definitionsOf, type Making } from './proposal.ts'

/** Stands for an app or a role that is made along with the entity: no definition can be called so. */
export const NEW = '+'

/** Where an entity that is made of a file is found, by whom, and whether it has a board. */
export interface Places {
  /** An app, `NEW`, or undefined for none. */
  readonly app: string | undefined
  /** Roles, `NEW` among them for one of its own. */
  readonly people: readonly string[]
  /** The choice that the cards of its board stand under; undefined for no board. */
  readonly board: string | undefined
}

/** What the people who work with it may do to begin with; the roles say more. */
const RIGHTS: Json = { read: 'all', create: true, update: 'all', import: true }

/** All that lands in the draft: the entity with its list and form, and what was chosen beside them. */
export function placed(making: Making, { app, people, board }: Places): readonly Wanted[] {
  const made = definitionsOf(making)
  const entity = made[0]! as Json & Named
  const view = made.find(({ kind }) => kind === 'view')!.name
  const role = people.includes(NEW) ? withRights(roleOf(entity), making.name) : undefined
  const place = { entity: making.name, view }
  const created = [
    ...made,
    ...(board === undefined ? [] : boardOf(entity, board)),
    ...(role === undefined ? [] : [role]),
    ...(app === NEW ? [appOf(making, place)] : []),
  ].map((definition): Wanted => {
    const { kind, name } = definition
    return { of: { kind, name }, change: () => ({ kind: 'create', definition }) }
  })
  const changed = people
    .filter((name) => name !== NEW)
    .map((name): Wanted => {
      const change = () => ({ kind: 'set', path: ['entities', making.name], to: RIGHTS }) as const
      return { of: { kind: 'role', name }, change }
    })
  if (app === undefined || app === NEW) return [...created, ...changed]
  const change = (now: Json | undefined) =>
    ({ kind: 'set', path: ['nav'], to: [...listOf(now?.nav), place] }) as const
  return [...created, ...changed, { of: { kind: 'app', name: app }, change }]
}

/** The app that has nothing but this entity yet: it takes what is made next. */
const appOf = ({ name, label }: Making, place: Json): Json & Named => ({
  ...{ kind: 'app', name, label },
  nav: [place],
})

const withRights = (role: Json & Named, entity: string): Json & Named => ({
  ...role,
  entities: { ...(role.entities as Json), [entity]: RIGHTS },
})

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
