import type { RoleDefinition, WebformDefinition } from '../../metadata/types.ts'
import type { CompiledEntity, CompiledModel } from '../model/compiled.ts'
import { namedByField } from '../model/webform-fields.ts'

/** What the role of a form is called. No role of a workspace is: its name holds no colon, so nobody can be given it. */
export const webformRoleName = (form: string): string => `webform:${form}`

/**
 * The role under which what a form takes in is written: new and known records of its entity, in the fields that the form
 * names, and nothing else. Undefined for a name that is no form's.
 */
export function webformRole(model: CompiledModel, name: string): RoleDefinition | undefined {
  const form = name.startsWith('webform:') ? model.definitions.webform.get(name.slice(8)) : undefined
  if (form === undefined) return undefined
  return {
    kind: 'role',
    name,
    default: { read: 'none' },
    entities: {
      ...Object.fromEntries(targetsOf(model, form)),
      [form.entity]: {
        ...{ create: true, read: 'all', update: 'all', bulk: false, import: false },
        fields: only(model.entities.get(form.entity), openFields(form), { read: true, edit: true }),
      },
    },
  }
}

const SHUT = { read: false, edit: false } as const

type Rights = NonNullable<RoleDefinition['default']>

/** The same right on some fields, none on all others; of system fields only what is named is said. */
function only(
  entity: CompiledEntity | undefined,
  open: ReadonlySet<string>,
  right: NonNullable<Rights['fields']>[string],
): NonNullable<Rights['fields']> {
  const fields = [...(entity?.fields.values() ?? [])].filter(({ name, system }) => !system || open.has(name))
  return Object.fromEntries(fields.map(({ name }) => [name, open.has(name) ? right : SHUT]))
}

/** What a form sets may point to records: these are found by the field that names them, and nothing else of them is seen. */
function targetsOf(model: CompiledModel, form: WebformDefinition): readonly (readonly [string, Rights])[] {
  const entity = model.entities.get(form.entity)
  const keys = new Map<string, Set<string>>()
  for (const [name, value] of Object.entries(form.set ?? {})) {
    const relation = entity?.fields.get(name)?.relation
    if (relation?.kind !== 'one' && relation?.kind !== 'many') continue
    const named = namedByField(value)
    const found = keys.get(relation.to) ?? new Set<string>()
    keys.set(relation.to, named === undefined ? found : found.add(named[0]))
  }
  return [...keys].map(([target, names]) => [
    target,
    { read: 'all', fields: only(model.entities.get(target), names, { read: true, edit: false }) },
  ])
}

function openFields({ fields, set, parameters }: WebformDefinition): ReadonlySet<string> {
  return new Set([
    ...fields.map(({ field }) => field),
    ...Object.keys(set ?? {}),
    ...(parameters ?? []).flatMap(({ field }) => field ?? []),
  ])
}
