import { nearest } from '../../../metadata/nearest.ts'
import schema from '../../../metadata/schema/document.schema.json' with { type: 'json' }
import type { DocumentDefinition } from '../../../metadata/types.ts'
import { didYouMean, type LocalText, type Problem, problem } from '../../errors.ts'
import { isConcealed } from '../../registry/field-type.ts'
import { pointer } from '../pointer.ts'
import { listIn, listsOf } from './document-lists.ts'
import { endOfPath, leadsNowhere } from './follow.ts'
import { defineKind, type ModelContext, type Reference } from './kind-spec.ts'
import { pathReferences } from './mentions.ts'
import type { PlacedText } from './message.ts'
import { nowhere, type ParsedTemplate, parseTemplate, type TemplatePath } from './message-template.ts'
import { bundleSchema } from './schema.ts'
import { entityCalled, sentenceOf } from './sentences.ts'

export const documentKind = defineKind({
  kind: 'document',
  content: true,
  label: { en: 'document', 'zh-CN': '文档' },
  schema: () => bundleSchema(schema),
  lists: [],
  references: (definition, context) => [
    { path: '/entity', to: { kind: 'entity', name: definition.entity } },
    ...documentTexts(definition).flatMap((text) => textReferences(text, definition.entity, context)),
  ],
  check: (definition, context) => [
    ...checkHolder(definition, context),
    ...documentTexts(definition).flatMap((one) => checkText(one, definition.entity, context)),
  ],
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) =>
      language === 'en'
        ? `${name} makes a PDF of a record of ${entityCalled(context, definition.entity, 'en')}.`
        : `${name}把${entityCalled(context, definition.entity, 'zh-CN')}的一条记录生成为 PDF。`,
    ),
})

/** Title and body in each of their languages. */
export function documentTexts(definition: Pick<DocumentDefinition, 'title' | 'body'>): readonly PlacedText[] {
  return (['title', 'body'] as const).flatMap((key) => {
    const text = definition[key]
    if (typeof text === 'string') return [{ at: pointer(key), text }]
    return Object.entries(text).map(([language, one]) => ({ at: pointer(key, language), text: one ?? '' }))
  })
}

/** The body goes through lists; the title is one line. */
function parsedText({ at, text }: PlacedText): ParsedTemplate {
  return parseTemplate(text, { takesLists: at.startsWith('/body') })
}

/** The paths that its texts mention. */
export function documentPaths(definition: Pick<DocumentDefinition, 'title' | 'body'>): readonly string[] {
  return documentTexts(definition).flatMap((one) => parsedText(one).paths.map(({ path }) => path))
}

/** The paths of related records that its texts mention, by the relation. */
export function documentLists(
  definition: Pick<DocumentDefinition, 'title' | 'body'>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const { name, paths } of documentTexts(definition).flatMap((one) => parsedText(one).lists))
    found.set(name, [...new Set([...(found.get(name) ?? []), ...paths.map(({ path }) => path)])])
  return found
}

function textReferences(text: PlacedText, entity: string, context: ModelContext): readonly Reference[] {
  const { paths, lists } = parsedText(text)
  const { at } = text
  return [
    ...paths.flatMap(({ path, offset }) => pathReferences(context, entity, path, { at, offset })),
    ...lists.flatMap((list): readonly Reference[] => {
      const found = listIn(context, entity, list, at)
      if (found === undefined) return []
      const inner = list.paths.flatMap(({ path, offset }) =>
        pathReferences(context, found.from, path, { at, offset }),
      )
      return [...found.references, ...inner]
    }),
  ]
}

/** What is made is kept with the record. */
function checkHolder({ entity }: DocumentDefinition, context: ModelContext): readonly Problem[] {
  const features = context.definitions.entity.get(entity)?.features as readonly string[] | undefined
  if (!context.definitions.entity.has(entity) || features?.includes('files') === true) return []
  return [
    invalid('/entity', {
      en: 'its records keep no files; add the feature “files”',
      'zh-CN': '该实体的记录不保存文件，请为其启用“files”功能',
    }),
  ]
}

/** Unknown fields are told by the check of references; here comes what is wrong with the template, and what is secret. */
function checkText(text: PlacedText, entity: string, context: ModelContext): readonly Problem[] {
  const { paths, lists, faults } = parsedText(text)
  const { at } = text
  return [
    ...faults.map((reason) => invalid(at, reason)),
    ...paths.flatMap((one) => checkPath(one, entity, context, at)),
    ...lists.flatMap((list) => {
      const { name } = list
      const found = listIn(context, entity, list, at)
      if (found !== undefined) return list.paths.flatMap((one) => checkPath(one, found.from, context, at))
      const hint = didYouMean(nearest(name, listsOf(context, entity)))
      const reason = {
        en: `“${name}” is no relation of the record`,
        'zh-CN': `“${name}”不是该记录的关联`,
      }
      return [{ ...invalid(at, reason), ...(hint === undefined ? {} : { hint }) }]
    }),
  ]
}

function checkPath(
  { path }: TemplatePath,
  entity: string,
  context: ModelContext,
  at: string,
): readonly Problem[] {
  if (leadsNowhere(context, entity, path)) return [invalid(at, nowhere(path))]
  const type = endOfPath(context, entity, path)?.type
  if (type === undefined || !isConcealed(type)) return []
  return [
    invalid(at, {
      en: `“${path}” is secret and stands in no document`,
      'zh-CN': `“${path}”须保密，不能写入文档`,
    }),
  ]
}

function invalid(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}
