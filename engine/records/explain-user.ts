import { accessOf } from '../access/access.ts'
import type { Actor } from '../access/actor.ts'
import type { RequestContext } from './context.ts'
import { roleNamed } from './explain-field.ts'
import { accessOfRole, explainAccess, gives, rightsOn } from './explain-rights.ts'

/**
 * What a person may do, entity by entity: the union over their roles as every call has it, and which of the roles
 * gives each right.
 */
export function explainUser({ model, actor }: RequestContext, subject: Actor) {
  const told = { model, language: actor.language }
  const alone = subject.roles.map((role) => ({ role, access: accessOfRole(model, role) }))
  const entities = explainAccess(told, accessOf(model, subject)).map(({ rights, fields, ...entity }) => {
    const compiled = model.entities.get(entity.name)!
    const ofRoles = alone.map(({ role, access }) => ({ role, rights: rightsOn(told, access, compiled) }))
    const because = Object.fromEntries(
      Object.keys(rights).map((right) => [
        right,
        ofRoles.filter((one) => gives(one.rights[right] ?? false)).map(({ role }) => role),
      ]),
    )
    const limited = fields.filter(({ shows }) => shows !== 'whole')
    return {
      ...entity,
      rights,
      because,
      limited: limited.map(({ name, label, shows }) => ({ name, label, shows })),
    }
  })
  return {
    user: {
      id: subject.id,
      name: subject.name,
      roles: subject.roles.map((role) => roleNamed(model, role, actor.language)),
    },
    administration: [
      ...new Set(subject.roles.flatMap((role) => model.definitions.role.get(role)?.administration ?? [])),
    ],
    entities,
  }
}
