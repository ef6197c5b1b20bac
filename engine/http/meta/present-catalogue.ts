import { OPERATORS } from '../../../metadata/rules/catalogue.ts'
import { SETTINGS_SCOPE } from '../../../metadata/rules/scopes.ts'
import { AMBIENT_WORDS } from '../../../metadata/rules/sentence-words.ts'
import { signatureText, textName } from '../../../metadata/rules/signature-text.ts'
import { pathText, printRule } from '../../../metadata/rules/text/print-rule.ts'
import { AMBIENT, type AmbientName, type RuleScope } from '../../../metadata/rules/types.ts'
import { textIn } from '../../../metadata/text.ts'
import type { Language } from '../../errors.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { type NameSource, ruleNames } from '../../model/rule-names.ts'
import type { RequestContext } from '../../records/context.ts'
import { engineScope, sightNames } from '../../records/rule-sight.ts'

/** What an editor of rules offers: every operator, and the names that the actor may use over an entity. */
export function presentCatalogue(
  context: RequestContext,
  entity: CompiledEntity | undefined,
  language: Language,
): object {
  const operators = [...OPERATORS.values()].map((operator) => ({
    name: operator.name,
    family: operator.family,
    text: textName(operator),
    signature: signatureText(operator, language),
    label: operator.label[language],
    description: operator.description[language],
    nulls: operator.nullBehaviour[language],
    database: operator.engineOnly === undefined,
    examples: operator.examples.map(({ rule, value }) => ({ rule, text: printRule(rule), value })),
  }))
  if (entity === undefined) return { operators, fields: [] }
  return { operators, fields: fieldsOf(context, entity, language) }
}

interface NamedPath {
  readonly path: string
  readonly text: string
  readonly label: string
  readonly type: string
  readonly options?: readonly string[]
}

function fieldsOf(context: RequestContext, entity: CompiledEntity, language: Language): readonly object[] {
  const scope = engineScope(context, entity)
  const names = sightNames(context)
  const called = ruleNames(names, entity.name, language)
  const at = (path: string, label: string): readonly NamedPath[] => {
    const entry = scope.resolve(path)
    if (entry === undefined) return []
    const options = entry.options === undefined ? {} : { options: entry.options }
    return [{ path, text: pathText(path), label, type: entry.type, ...options }]
  }
  const own = [...scope.names()].filter((name) => !PREFIXES.has(name))
  const related = lookupsOf(names, entity.name).flatMap((lookup) =>
    [...scope.names(lookup)].map((name) => `${lookup}.${name}`),
  )
  const below = (prefix: string) => [...scope.names(prefix)].map((name) => `${prefix}.${name}`)
  return [
    ...[...own, ...related].flatMap((path) => {
      const label = called.field(path.split('.'))
      return at(path, label).map((found) => withItems(found, scope, names, entity.name, language))
    }),
    ...below('before').flatMap((path) => at(path, called.field(path.split('.').slice(1)))),
    ...below('actor').flatMap((path) => at(path, called.of!('actor')!.field(path.split('.').slice(1)))),
    ...[...SETTINGS_SCOPE.names()].flatMap((name) =>
      at(`settings.${name}`, called.of!('settings')!.field([name])),
    ),
    ...(Object.keys(AMBIENT) as AmbientName[]).map((name) => ({
      path: name,
      text: name,
      label: AMBIENT_WORDS[name][language],
      type: AMBIENT[name],
    })),
  ]
}

const PREFIXES: ReadonlySet<string> = new Set(['before', 'actor', 'settings'])

function lookupsOf(names: NameSource, entity: string): readonly string[] {
  return [...names.fields(entity).values()]
    .filter((field) => field.to !== undefined)
    .map((field) => field.name)
}

/** A list of records with the fields that can be named within it. */
function withItems(
  found: NamedPath,
  scope: RuleScope,
  names: NameSource,
  entity: string,
  language: Language,
): object {
  const items = scope.resolve(found.path)?.items
  if (items === undefined) return found
  const list = names.lists(entity).find((one) => one.name === found.path)
  const fields = [...items.names()].flatMap((name) => {
    const entry = items.resolve(name)
    const label = textIn(list && names.fields(list.from).get(name)?.label, language, name)
    return entry === undefined ? [] : [{ path: name, text: pathText(name), label, type: entry.type }]
  })
  return { ...found, items: fields }
}
