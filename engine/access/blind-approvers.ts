import { textIn } from '../../metadata/text.ts'
import { type LocalText, type Problem, problem } from '../errors.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { isOpenApproval } from '../model/kinds/approval.ts'
import { placedPeople } from '../model/kinds/people.ts'
import { pointer } from '../model/pointer.ts'
import { accessOfRoles } from './access.ts'

/**
 * Levels of approvals that name a role which reads no record of the entity: nobody decides about what they do not see, so
 * by that role alone nothing could be submitted.
 */
export function blindApprovers(model: CompiledModel): readonly Problem[] {
  const { definitions } = model
  return [...definitions.approval.values()].filter(isOpenApproval).flatMap((approval) => {
    const entity = definitions.entity.get(approval.entity)
    if (entity === undefined) return []
    return approval.levels.flatMap((level, index) =>
      placedPeople(level.by, pointer('approval', approval.name, 'levels', index, 'by')).flatMap(
        ({ people, at }) => {
          const role = people.role === undefined ? undefined : definitions.role.get(people.role)
          if (role === undefined || accessOfRoles(model, [role]).entity(entity.name).read !== 'none')
            return []
          const params = { role: called(role), entity: called(entity), level: called(level) }
          return [problem('META_APPROVER_BLIND', `${at}/role`, { params })]
        },
      ),
    )
  })
}

interface Named {
  readonly name: string
  readonly label?: Parameters<typeof textIn>[0]
}

function called({ label, name }: Named): LocalText {
  return { en: textIn(label, 'en', name), 'zh-CN': textIn(label, 'zh-CN', name) }
}
