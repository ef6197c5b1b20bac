import schema from '../../../metadata/schema/role.schema.json' with { type: 'json' }
import type { Rights } from '../../../metadata/types.ts'
import { type Problem, problem } from '../../errors.ts'
import { pointer } from '../pointer.ts'
import { defineKind } from './kind-spec.ts'
import { bundleSchema } from './schema.ts'
import { counted, sentenceOf } from './sentences.ts'

/** Scopes from the narrowest to the widest. */
const WIDTH: { readonly [S in NonNullable<Rights['read']>]: number } = { none: 0, own: 1, all: 2 }

export const roleKind = defineKind({
  kind: 'role',
  content: false,
  label: { en: 'role', 'zh-CN': '角色' },
  schema: () => bundleSchema(schema),
  lists: [],
  references: (definition) =>
    Object.keys(definition.entities ?? {}).map((name) => ({
      path: pointer('entities', name),
      to: { kind: 'entity', name },
      inKey: true,
    })),
  check: (definition) => [
    ...checkRights(definition.default ?? {}, '/default'),
    ...Object.entries(definition.entities ?? {}).flatMap(([name, rights]) =>
      checkRights(rights, pointer('entities', name)),
    ),
  ],
  sentence: (definition) =>
    sentenceOf(definition, (name, language) => {
      const count = Object.keys(definition.entities ?? {}).length
      const administers = (definition.administration ?? []).length > 0
      return language === 'en'
        ? `${name} has rights of its own on ${counted(count, 'entity', 'entities')}${administers ? ' and administers the workspace' : ''}.`
        : `${name}对 ${count} 个实体设有专门权限${administers ? '，并可管理工作区' : ''}。`
    }),
})

/** What cannot be read cannot be changed: a right that reaches further than reading promises nothing. */
function checkRights(rights: Rights, at: string): readonly Problem[] {
  const { read } = rights
  if (read === undefined) return []
  return (['update', 'delete'] as const).flatMap((right) => {
    const scope = rights[right]
    if (scope === undefined || WIDTH[scope] <= WIDTH[read]) return []
    const reason = {
      en: `“${right}” reaches further than “read” (${scope} over ${read})`,
      'zh-CN': `“${right}”的范围（${scope}）大于“read”的范围（${read}）`,
    }
    return [problem('META_VALUE_INVALID', at + pointer(right), { params: { reason } })]
  })
}
