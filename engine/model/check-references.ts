import { nearest } from '../../metadata/nearest.ts'
import { didYouMean, type LocalText, type Problem, problem } from '../errors.ts'
import type { Definition } from './compiled.ts'
import { fieldsOf } from './kinds/follow.ts'
import { addressOf } from './kinds/items.ts'
import type { ItemNoun, ModelContext, Target } from './kinds/kind-spec.ts'
import { itemsOf, KINDS, referencesOf } from './kinds/kinds.ts'

/** What an item of a kind is called in a problem. */
const NOUNS: { readonly [N in ItemNoun]: LocalText } = {
  field: { en: 'field', 'zh-CN': '字段' },
  option: { en: 'option', 'zh-CN': '选项' },
  milestone: { en: 'milestone', 'zh-CN': '里程碑' },
  stage: { en: 'stage', 'zh-CN': '阶段' },
  section: { en: 'section', 'zh-CN': '分组' },
  tab: { en: 'tab', 'zh-CN': '标签页' },
  nav_item: { en: 'navigation item', 'zh-CN': '导航项' },
  step: { en: 'step', 'zh-CN': '步骤' },
  rule: { en: 'rule', 'zh-CN': '规则' },
  level: { en: 'level', 'zh-CN': '层级' },
}

/**
 * Mentions of what does not exist, with a guess at what was meant; paths relative to the definition. Mentions
 * in rules are left to the rules' own check, and a mention inside of something unknown to that problem.
 * @param unsure addresses that exist in a definition of a wrong shape
 */
export function checkReferences(
  definition: Definition,
  context: ModelContext,
  unsure: ReadonlySet<string>,
): readonly Problem[] {
  return referencesOf(definition, context).flatMap(({ path, to, inRule }) => {
    if (inRule || unsure.has(addressOf(to.kind, to.name)) || unsure.has(addressOf(to.kind, to.name, to.item)))
      return []
    if (resolves(to, context)) return []
    if (to.item !== undefined && !resolves({ kind: to.kind, name: to.name }, context)) return []
    return [unknown(to, path, context)]
  })
}

/** Whether the definition or item exists; system fields do in every entity. */
export function resolves({ kind, name, item }: Target, context: ModelContext): boolean {
  const definition = context.definitions[kind].get(name)
  if (definition === undefined || item === undefined) return definition !== undefined
  return keysOf(definition).has(item) || (kind === 'entity' && fieldsOf(context, name).has(item))
}

const keyCache = new WeakMap<Definition, ReadonlySet<string>>()

function keysOf(definition: Definition): ReadonlySet<string> {
  const known = keyCache.get(definition)
  if (known !== undefined) return known
  const keys = new Set(itemsOf(definition.kind, definition).map((item) => item.key))
  keyCache.set(definition, keys)
  return keys
}

function unknown(to: Target, path: string, context: ModelContext): Problem {
  const { kind, name } = namedThing(to)
  const hint = didYouMean(nearest(name, candidates(to, context)))
  return problem('META_REFERENCE_UNKNOWN', path, { params: { kind, name }, ...(hint && { hint }) })
}

/** What is missing, in words: a field, an option, an entity … */
function namedThing({ kind, name, item }: Target): { readonly kind: LocalText; readonly name: string } {
  if (item === undefined) return { kind: KINDS[kind].label, name }
  const list = KINDS[kind].lists.find((one) => one.prefix === undefined || item.startsWith(`${one.prefix}/`))
  const last = item.slice(item.lastIndexOf('/') + 1)
  const isNested = list?.nested !== undefined && item.includes('/')
  return { kind: NOUNS[isNested ? 'option' : (list?.noun ?? 'field')], name: kind === 'app' ? item : last }
}

/** Names that could have been meant, in the form in which the unknown one is compared. */
function candidates({ kind, name, item }: Target, context: ModelContext): Iterable<string> {
  if (item === undefined) return context.definitions[kind].keys()
  const definition = context.definitions[kind].get(name)
  if (definition === undefined) return []
  const prefix = kind === 'app' ? '' : item.slice(0, item.lastIndexOf('/') + 1)
  const keys = [...keysOf(definition)]
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
  const flat = kind === 'app' ? keys : keys.filter((key) => !key.includes('/'))
  return kind === 'entity' && prefix === '' ? [...flat, ...fieldsOf(context, name).keys()] : flat
}
