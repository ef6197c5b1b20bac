import { describeRule } from '../../metadata/rules/describe-rule.ts'
import type { Language, LocalText } from '../errors.ts'
import type { CompiledEntity, CompiledModel } from '../model/compiled.ts'
import { type NameSource, ruleNames } from '../model/rule-names.ts'
import { type Part, type RowTest, type ScopeName, scopeName } from './row-test.ts'

/** Which records something holds for, as people read it. */
export interface Reach {
  /** A scope's name, or `some` where there is no name for it. */
  readonly scope: ScopeName
  /** In words, without a full stop. */
  readonly sentence: string
}

const WHOLE: { readonly [K in 'none' | 'all']: LocalText } = {
  none: { en: 'no records', 'zh-CN': '没有任何记录' },
  all: { en: 'all records', 'zh-CN': '所有记录' },
}
const STATES = {
  numberless: { en: 'the text holds no phone number', 'zh-CN': '文本中没有电话号码' },
  free: { en: 'no approval holds them', 'zh-CN': '未被审批锁定' },
  unpooled: { en: 'the record lies in no pool that hides it', 'zh-CN': '记录不在隐藏该字段的公海中' },
} satisfies { readonly [K in Part['kind']]?: LocalText }
const ROWS: { readonly [K in Exclude<Part['kind'], 'rule' | keyof typeof STATES>]: LocalText } = {
  own: { en: 'one’s own records', 'zh-CN': '自己的记录' },
  team: { en: 'records of one’s teams', 'zh-CN': '所在团队的记录' },
  team_tree: { en: 'records of one’s teams and of those below', 'zh-CN': '所在团队及下级团队的记录' },
  given: { en: 'records shared with one by hand', 'zh-CN': '他人手动共享给自己的记录' },
  among: { en: 'records shared with people whom one is among', 'zh-CN': '共享给自己所属对象的记录' },
  pooled: { en: 'records in pools', 'zh-CN': '公海中的记录' },
  through: { en: 'records whose parent one reaches', 'zh-CN': '可访问其上级记录的记录' },
  turn: {
    en: 'records that one is to approve, in the fields given for it',
    'zh-CN': '轮到自己审批的记录（限审批可改字段）',
  },
}
const ANY: LocalText = { en: 'records', 'zh-CN': '记录' }
/** `{0}` the records, `{1}` what must hold of them. */
const WHERE: LocalText = { en: '{0} where {1}', 'zh-CN': '满足“{1}”的{0}' }
const BOTH: LocalText = { en: ' and ', 'zh-CN': '，且' }
const OR: LocalText = { en: '; and ', 'zh-CN': '；以及' }

/** What everything is called: who is told of rights may know of every definition. */
function namesOf(model: CompiledModel): NameSource {
  return {
    fields: (name) =>
      new Map(
        [...(model.entities.get(name)?.fields ?? [])].map(
          ([key, { label, relation, options, definition }]) => {
            const to = relation?.kind === 'one' ? relation.to : undefined
            return [key, { name: key, label, to, options, isStage: definition.type === 'stage' }]
          },
        ),
      ),
    lists: (name) => model.entities.get(name)?.inverses ?? [],
  }
}

/** A compiled test in words: the very test that decides, so that what is said is what happens. */
export function reachOf(
  model: CompiledModel,
  entity: CompiledEntity,
  test: RowTest,
  language: Language,
): Reach {
  const scope = scopeName(test)
  if (typeof test === 'string') return { scope, sentence: WHOLE[test][language] }
  const names = ruleNames(namesOf(model), entity.name, language)
  const words = (parts: readonly Part[]): string => {
    const rows = parts.flatMap(({ kind }) => (isRows(kind) ? [ROWS[kind][language]] : []))
    const conditions = parts.flatMap((part) => {
      if (part.kind === 'rule') return [describeRule(part.typed, names, language)]
      const { kind } = part
      return isRows(kind) ? [] : [STATES[kind][language]]
    })
    const whose = rows.length === 0 ? ANY[language] : rows.join(BOTH[language])
    if (conditions.length === 0) return whose
    return WHERE[language].replace(/\{(\d)\}/g, (_, at: string) =>
      at === '0' ? whose : conditions.join(BOTH[language]),
    )
  }
  return { scope, sentence: test.map(words).join(OR[language]) }
}

const isRows = (kind: Part['kind']): kind is keyof typeof ROWS => Object.hasOwn(ROWS, kind)
