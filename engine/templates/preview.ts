import { textIn } from '../../metadata/text.ts'
import type { TemplateParameter, Text } from '../../metadata/types.ts'
import type { Language, LocalText } from '../errors.ts'
import { buildCandidate, toSound } from '../model/candidate.ts'
import type { Definition, DefinitionSet, Kind } from '../model/compiled.ts'
import { findDefinition } from '../model/definition-set.ts'
import { planImport } from '../model/import.ts'
import { specOf } from '../model/kinds/kinds.ts'
import type { Registry } from '../registry/registry.ts'
import { answerTemplate } from './answer-template.ts'
import { type Answers, answerFault } from './answers.ts'
import type { Template } from './read-template.ts'

/** One definition of a template, as it would be told of here. */
export interface PreviewedDefinition {
  readonly kind: Kind
  readonly name: string
  readonly label: Text
  readonly sentence: LocalText
}

/**
 * What a template holds, in words, before anything of it is installed. What is not answered yet is told by what is asked.
 * @param inForce the definitions of the workspace, on which others of a template may build
 * @throws AppError with every problem of its definitions
 */
export function previewTemplate(
  template: Template,
  inForce: DefinitionSet,
  { registry, kept, language }: { registry: Registry; kept: Answers; language: Language },
): readonly PreviewedDefinition[] {
  const given = Object.fromEntries(
    (template.manifest.parameters ?? []).flatMap((one): [string, unknown][] =>
      Object.hasOwn(kept, one.name) || one.default !== undefined
        ? []
        : [[one.name, standInOf(one, language)]],
    ),
  )
  const { definitions } = answerTemplate(template, registry, { given, kept })
  const written = definitions.map(({ definition }) => definition)
  const items = planImport(inForce, written, registry, { isWhole: false })
  const context = { definitions: toSound(buildCandidate(inForce, items, registry).definitions), registry }
  return definitions.flatMap(({ kind, name }): readonly PreviewedDefinition[] => {
    const definition = findDefinition(context.definitions, kind, name)
    if (definition === undefined) return []
    return [
      {
        kind,
        name,
        label: labelOf(definition),
        sentence: specOf<Kind>(definition).sentence(definition, context),
      },
    ]
  })
}

const labelOf = (definition: Definition): Text =>
  ('label' in definition ? definition.label : undefined) ?? definition.name

/** Something that could be answered; null where the default, or nothing, does. */
function standInOf(parameter: TemplateParameter, language: Language): unknown {
  const { type, options = [], min = 0, label, name } = parameter
  const text = textIn(label, language, name)
  const asked: { readonly [T in TemplateParameter['type']]: unknown } = {
    ...{ text, integer: min, select: options[0]?.name, boolean: false },
    ...{
      list: Array.from({ length: Math.max(1, min) }, (_one, at) => (at === 0 ? text : `${text} ${at + 1}`)),
    },
    color: '#808080',
  }
  return answerFault(parameter, asked[type]) === undefined ? asked[type] : plainOf(parameter)
}

/** Where what is asked is no answer itself, as for its length. */
const plainOf = ({ type, min = 1 }: TemplateParameter): unknown =>
  type === 'list' ? Array.from({ length: Math.max(1, min) }, (_one, at) => `${at + 1}`) : '1'
