import { checkRule } from '../../../metadata/rules/check-rule.ts'
import schema from '../../../metadata/schema/sharing.schema.json' with { type: 'json' }
import type { Holder, SharingDefinition } from '../../../metadata/types.ts'
import { type Language, type LocalText, type Problem, problem } from '../../errors.ts'
import { asName, own, pointer } from '../pointer.ts'
import { fieldOf, relationOf, targetsOf } from './follow.ts'
import { defineKind, type ModelContext, type Reference } from './kind-spec.ts'
import { ruleReferences } from './rule-mentions.ts'
import { actorScope } from './rule-scope.ts'
import { bundleSchema } from './schema.ts'
import { called, entityCalled, sentenceOf } from './sentences.ts'

/** Everybody sees these: to follow them would share everything. */
const NO_PARENTS: ReadonlySet<string> = new Set(['user', 'team', 'file'])

export const sharingKind = defineKind({
  kind: 'sharing',
  content: false,
  label: { en: 'sharing', 'zh-CN': '共享' },
  schema: () => bundleSchema(schema),
  lists: [],
  rules: (definition) => [{ at: ['when'], entity: asName(own(definition, 'entity')) }],
  references: (definition, context) => [
    { path: '/entity', to: { kind: 'entity', name: definition.entity } },
    ...throughReference(definition, context),
    ...placedHolders(definition).flatMap(({ holder, at }): readonly Reference[] =>
      holder.role === undefined ? [] : [{ path: `${at}/role`, to: { kind: 'role', name: holder.role } }],
    ),
    ...ruleReferences(context, definition.entity, definition.when, '/when'),
  ],
  check: (definition, context) => [
    ...checkForm(definition),
    ...checkWhen(definition, context),
    ...checkThrough(definition, context),
  ],
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const entity = entityCalled(context, definition.entity, language)
      const { through, when } = definition
      const edits = definition.access === 'edit'
      if (through !== undefined) {
        const field = called(
          fieldOf(context, definition.entity, through)?.definition ?? { name: through },
          language,
        )
        return language === 'en'
          ? `${name} lets whoever may read${edits ? ' or change' : ''} the record in ${field} do the same with ${entity}.`
          : `${name}：可查看${edits ? '或修改' : ''}${field}所指记录的人，对${entity}有同样的权限。`
      }
      const people = holderNames(context, definition, language)
      return language === 'en'
        ? `${name} lets ${people} ${edits ? 'change' : 'read'} ${when === undefined ? 'every' : 'the'} ${entity}${when === undefined ? '' : ' for which its rule holds'}.`
        : `${name}：${people}可${edits ? '修改' : '查看'}${when === undefined ? '全部' : '满足条件的'}${entity}记录。`
    }),
})

interface PlacedHolder {
  readonly holder: Holder
  readonly at: string
}

function placedHolders({ with: holders }: SharingDefinition): readonly PlacedHolder[] {
  if (holders === undefined) return []
  if (!Array.isArray(holders)) return [{ holder: holders as Holder, at: '/with' }]
  return holders.map((holder, index) => ({ holder, at: pointer('with', index) }))
}

function holderNames(context: ModelContext, definition: SharingDefinition, language: Language): string {
  const names = placedHolders(definition).map(({ holder: { role, team, user } }) => {
    if (role !== undefined) return called(context.definitions.role.get(role) ?? { name: role }, language)
    return called({ name: team ?? user ?? '' }, language)
  })
  return names.join(language === 'en' ? ', ' : '、')
}

/** System lookups (`owner`, `created_by`) are nobody's definition. */
function throughReference(
  { entity, through }: SharingDefinition,
  context: ModelContext,
): readonly Reference[] {
  if (through === undefined || fieldOf(context, entity, through)?.system === true) return []
  return [{ path: '/through', to: { kind: 'entity', name: entity, item: through } }]
}

/** Either through a parent, or to somebody named. */
function checkForm({ through, when, with: holders }: SharingDefinition): readonly Problem[] {
  if (through === undefined) {
    if (holders !== undefined) return []
    return [
      invalid('', {
        en: 'it says neither “with” whom records are shared nor “through” which parent',
        'zh-CN': '既没有用“with”指明共享给谁，也没有用“through”指明随哪个上级记录',
      }),
    ]
  }
  return Object.entries({ when, with: holders }).flatMap(([key, said]) =>
    said === undefined
      ? []
      : [
          invalid(pointer(key), {
            en: `“${key}” does not go with “through”: whoever reaches the parent reaches the record`,
            'zh-CN': `“${key}”不能与“through”同时使用：可访问上级记录的人即可访问此记录`,
          }),
        ],
  )
}

function checkWhen({ entity, when }: SharingDefinition, context: ModelContext): readonly Problem[] {
  if (when === undefined || !context.definitions.entity.has(entity)) return []
  const { problems } = checkRule(when, actorScope(context, entity), 'condition')
  return problems.map((fault) => ({ ...fault, path: `/when${fault.path}` }))
}

function checkThrough(definition: SharingDefinition, context: ModelContext): readonly Problem[] {
  const { entity, through } = definition
  const place = through === undefined ? undefined : fieldOf(context, entity, through)
  if (through === undefined || place === undefined) return []
  const relation = relationOf(place)
  if (relation?.kind !== 'one' && relation?.kind !== 'dynamic') {
    return [
      invalid('/through', {
        en: `“${through}” is no lookup to a record`,
        'zh-CN': `“${through}”不是查找字段`,
      }),
    ]
  }
  const parents = targetsOf(context, place)
  if (parents.some((name) => NO_PARENTS.has(name))) {
    return [
      invalid('/through', {
        en: `“${through}” leads to people, teams or files, whom nearly everybody sees`,
        'zh-CN': `“${through}”指向人员、团队或文件，几乎所有人都能看到它们`,
      }),
    ]
  }
  const circle = circleFrom(entity, through, context)
  return circle === undefined
    ? []
    : [problem('META_SHARING_CYCLE', '/through', { params: { way: circle.join(' → ') } })]
}

/** The entities by which sharing through this lookup comes back to where it began. */
function circleFrom(entity: string, through: string, context: ModelContext): readonly string[] | undefined {
  const seen = new Set<string>()
  const waiting = parentsOf(context, entity, through).map((name) => [entity, name])
  for (let way = waiting.pop(); way !== undefined; way = waiting.pop()) {
    const last = way.at(-1)!
    if (last === entity) return way
    if (seen.has(last)) continue
    seen.add(last)
    for (const other of context.definitions.sharing.values()) {
      if (other.entity !== last || other.through === undefined) continue
      for (const parent of parentsOf(context, last, other.through)) waiting.push([...way, parent])
    }
  }
  return undefined
}

function parentsOf(context: ModelContext, entity: string, field: string): readonly string[] {
  const place = fieldOf(context, entity, field)
  return place === undefined ? [] : targetsOf(context, place)
}

function invalid(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}
