import { nearest } from '../../../metadata/nearest.ts'
import schema from '../../../metadata/schema/translation.schema.json' with { type: 'json' }
import { didYouMean, type Problem, problem } from '../../errors.ts'
import type { Kind } from '../compiled.ts'
import { pointer } from '../pointer.ts'
import { defineKind, type ModelContext, type Reference, type Target } from './kind-spec.ts'
import { bundleSchema } from './schema.ts'
import { counted, sentenceOf } from './sentences.ts'

export const translationKind = defineKind({
  kind: 'translation',
  content: false,
  label: { en: 'translation', 'zh-CN': '翻译' },
  schema: () => bundleSchema(schema),
  lists: [],
  references: (definition, context) =>
    Object.keys(definition.texts).flatMap((address) => addressReferences(address, context)),
  check: (definition, context) =>
    Object.keys(definition.texts).flatMap((address) => checkAddress(address, context)),
  sentence: (definition) =>
    sentenceOf(definition, (name, language) => {
      const count = Object.keys(definition.texts).length
      return language === 'en'
        ? `${name} puts ${counted(count, 'text')} into ${definition.language}.`
        : `${name}提供 ${count} 条 ${definition.language} 译文。`
    }),
})

/**
 * Where a text belongs: `entity/account` is a label, `entity/account/phone` a field's, `pipeline/sales/won` a
 * stage's, `entity/lead/source/expo` an option's; `#plural` and `#help` after it are the other texts.
 */
export interface TextAddress {
  readonly target: Target
  readonly text: 'label' | 'plural' | 'help'
}

/** Takes an address apart; undefined when its kind is none. */
export function parseTextAddress(address: string, kinds: ReadonlySet<string>): TextAddress | undefined {
  const [path = '', text = 'label'] = address.split('#')
  const [kind = '', name = '', ...item] = path.split('/')
  if (!kinds.has(kind)) return undefined
  const target: Target = { kind: kind as Kind, name, ...(item.length === 0 ? {} : { item: item.join('/') }) }
  return { target, text: text as TextAddress['text'] }
}

function kindsOf(context: ModelContext): ReadonlySet<string> {
  return new Set(Object.keys(context.definitions))
}

/** One mention of the definition and one of each item on the way: the names lie between the slashes. */
function addressReferences(address: string, context: ModelContext): readonly Reference[] {
  const parsed = parseTextAddress(address, kindsOf(context))
  if (parsed === undefined) return []
  const { kind, name, item } = parsed.target
  const path = pointer('texts', address)
  const nameAt = kind.length + 1
  const itemAt = nameAt + name.length + 1
  const definition: Reference = { path, inKey: true, to: { kind, name }, span: [nameAt, itemAt - 1] }
  if (item === undefined) return [definition]
  return [definition, ...itemReferences({ kind, name }, item, itemAt, path)]
}

/** Sections and tabs are one item with their prefix; an option is mentioned together with its field. */
function itemReferences(to: Target, item: string, itemAt: number, path: string): readonly Reference[] {
  if (to.kind === 'app') return navReferences(to, item, itemAt, path)
  const slash = item.indexOf('/')
  const last: Reference = {
    path,
    inKey: true,
    to: { ...to, item },
    span: [itemAt + slash + 1, itemAt + item.length],
  }
  if (slash < 0 || (to.kind !== 'entity' && to.kind !== 'pipeline')) return [last]
  const field: Reference = {
    path,
    inKey: true,
    to: { ...to, item: item.slice(0, slash) },
    span: [itemAt, itemAt + slash],
  }
  return [field, last]
}

/** A navigation item is known by where it leads, so a rename of that renames it. */
function navReferences(app: Target, item: string, itemAt: number, path: string): readonly Reference[] {
  const place = /^(dashboard|report):(.*)$/.exec(item)
  if (place !== null) {
    const nameAt = itemAt + place[1]!.length + 1
    const to: Target = { kind: place[1] as 'dashboard' | 'report', name: place[2]! }
    return [
      { path, inKey: true, to: { ...app, item }, byOtherName: true },
      { path, inKey: true, to, span: [nameAt, itemAt + item.length] },
    ]
  }
  const [entity = '', view] = item.split('/')
  const at = { path, inKey: true } as const
  const viewAt = itemAt + entity.length + 1
  return [
    { ...at, to: { ...app, item }, byOtherName: true },
    { ...at, to: { kind: 'entity', name: entity }, span: [itemAt, itemAt + entity.length] },
    ...(view === undefined
      ? []
      : [
          { ...at, to: { kind: 'view', name: view } as const, span: [viewAt, viewAt + view.length] as const },
        ]),
  ]
}

function checkAddress(address: string, context: ModelContext): readonly Problem[] {
  const kinds = kindsOf(context)
  const path = pointer('texts', address)
  const parsed = parseTextAddress(address, kinds)
  if (parsed === undefined) {
    const kind = address.split('/')[0] ?? ''
    const hint = didYouMean(nearest(kind, kinds))
    return [
      problem('META_REFERENCE_UNKNOWN', path, { params: { kind: KIND, name: kind }, ...(hint && { hint }) }),
    ]
  }
  const { target, text } = parsed
  const isField = target.kind === 'entity' && target.item !== undefined && !target.item.includes('/')
  if (text === 'plural' && (target.kind !== 'entity' || target.item !== undefined))
    return [wrongText(path, PLURAL)]
  if (text === 'help' && !isField) return [wrongText(path, HELP)]
  return []
}

const KIND = { en: 'kind', 'zh-CN': '定义种类' }
const PLURAL = { en: 'only an entity has a plural', 'zh-CN': '只有实体才有复数名' }
const HELP = { en: 'only a field has a help text', 'zh-CN': '只有字段才有帮助说明' }

function wrongText(path: string, reason: typeof PLURAL): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}
