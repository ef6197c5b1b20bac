import { nearest } from '../../../metadata/nearest.ts'
import schema from '../../../metadata/schema/app.schema.json' with { type: 'json' }
import type { NavItem } from '../../../metadata/types.ts'
import { didYouMean, type Problem, problem } from '../../errors.ts'
import { own, pointer } from '../pointer.ts'
import { defineKind, type ModelContext } from './kind-spec.ts'
import { whoReferences } from './mentions.ts'
import { bundleSchema } from './schema.ts'
import { counted, forWhom, sentenceOf } from './sentences.ts'

export const appKind = defineKind({
  kind: 'app',
  content: false,
  label: { en: 'app', 'zh-CN': '应用' },
  schema: () => bundleSchema(schema),
  lists: [{ at: ['nav'], noun: 'nav_item', nameOf: navName }],
  references: (definition) => [
    ...whoReferences(definition.for, '/for'),
    ...definition.nav.flatMap(({ entity, view }, index) => [
      { path: pointer('nav', index, 'entity'), to: { kind: 'entity' as const, name: entity } },
      ...(view === undefined
        ? []
        : [{ path: pointer('nav', index, 'view'), to: { kind: 'view' as const, name: view } }]),
    ]),
  ],
  check: (definition, context) =>
    definition.nav.flatMap((item, index) => checkView(item, context, pointer('nav', index, 'view'))),
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const people = forWhom(context, definition.for, language)
      const count = definition.nav.length
      return language === 'en'
        ? `${name} has ${counted(count, 'entry', 'entries')} in its navigation${people}.`
        : `${name}的导航有 ${count} 项${people}。`
    }),
})

/** An entry is known by where it leads. */
function navName(item: unknown): string | undefined {
  const [entity, view] = [own(item, 'entity'), own(item, 'view')]
  if (typeof entity !== 'string') return undefined
  return typeof view === 'string' ? `${entity}/${view}` : entity
}

function checkView(
  { entity, view }: NavItem,
  { definitions }: ModelContext,
  path: string,
): readonly Problem[] {
  const definition = view === undefined ? undefined : definitions.view.get(view)
  if (view === undefined || definition === undefined || definition.entity === entity) return []
  const reason = {
    en: `“${view}” is a view of “${definition.entity}”, not of “${entity}”`,
    'zh-CN': `“${view}”是“${definition.entity}”的视图，不属于“${entity}”`,
  }
  const fitting = [...definitions.view.values()].filter((other) => other.entity === entity)
  const hint = didYouMean(
    nearest(
      view,
      fitting.map((other) => other.name),
    ),
  )
  return [problem('META_VALUE_INVALID', path, { params: { reason }, ...(hint && { hint }) })]
}
