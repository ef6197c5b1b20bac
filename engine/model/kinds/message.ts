import { nearest } from '../../../metadata/nearest.ts'
import schema from '../../../metadata/schema/message.schema.json' with { type: 'json' }
import type { MessageDefinition } from '../../../metadata/types.ts'
import { didYouMean, type LocalText, type Problem, problem } from '../../errors.ts'
import { isConcealed } from '../../registry/field-type.ts'
import { pointer } from '../pointer.ts'
import { endOfPath, leadsNowhere } from './follow.ts'
import { defineKind, type ModelContext } from './kind-spec.ts'
import { pathReferences } from './mentions.ts'
import { nowhere, parseTemplate, type TemplatePath } from './message-template.ts'
import { bundleSchema } from './schema.ts'
import { entityCalled, sentenceOf } from './sentences.ts'

/** What the engine fills into the messages that it sends by itself. */
export const SYSTEM_PLACES = ['name', 'email', 'link', 'expires_at', 'sender', 'workspace'] as const

/** The messages that the engine sends by itself; a definition of that name takes the place of the built-in text. */
export const SYSTEM_MESSAGES: ReadonlySet<string> = new Set(['invitation', 'password_reset'])

export const messageKind = defineKind({
  kind: 'message',
  content: true,
  label: { en: 'message', 'zh-CN': '消息' },
  schema: () => bundleSchema(schema),
  lists: [],
  references: (definition, context) => {
    const { entity } = definition
    if (entity === undefined) return []
    return [
      { path: '/entity', to: { kind: 'entity', name: entity } },
      ...textsOf(definition).flatMap(({ at, text }) =>
        parseTemplate(text).paths.flatMap(({ path, offset }) =>
          pathReferences(context, entity, path, { at, offset }),
        ),
      ),
    ]
  },
  check: (definition, context) => [
    ...checkOfSystem(definition),
    ...textsOf(definition).flatMap((one) => checkText(one, definition, context)),
  ],
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const { entity } = definition
      if (language === 'en') {
        return `${name} is a message${entity === undefined ? '' : ` about ${entityCalled(context, entity, 'en')}`}.`
      }
      return `${name}是一条消息${entity === undefined ? '' : `，内容取自${entityCalled(context, entity, 'zh-CN')}`}。`
    }),
})

export interface PlacedText {
  /** JSON pointer to the text. */
  readonly at: string
  readonly text: string
}

/** Subject and body in each of their languages. */
export function textsOf(definition: Pick<MessageDefinition, 'subject' | 'body'>): readonly PlacedText[] {
  return (['subject', 'body'] as const).flatMap((key) => {
    const text = definition[key]
    if (typeof text === 'string') return [{ at: pointer(key), text }]
    return Object.entries(text).map(([language, one]) => ({ at: pointer(key, language), text: one ?? '' }))
  })
}

function checkOfSystem({ name, entity }: MessageDefinition): readonly Problem[] {
  if (!SYSTEM_MESSAGES.has(name) || entity === undefined) return []
  return [
    invalid('/entity', {
      en: `“${name}” is sent by the engine and is about no record`,
      'zh-CN': `“${name}”由系统发送，不涉及任何记录`,
    }),
  ]
}

function checkText(
  { at, text }: PlacedText,
  { entity }: MessageDefinition,
  context: ModelContext,
): readonly Problem[] {
  const { paths, faults } = parseTemplate(text)
  return [
    ...faults.map((reason) => invalid(at, reason)),
    ...paths.flatMap((place) =>
      entity === undefined ? checkPlace(place, at) : checkField(place, entity, context, at),
    ),
  ]
}

function checkPlace({ path }: TemplatePath, at: string): readonly Problem[] {
  if ((SYSTEM_PLACES as readonly string[]).includes(path)) return []
  const reason = {
    en: `there is no “${path}” without an entity; there are ${SYSTEM_PLACES.join(', ')}`,
    'zh-CN': `未设置实体时没有“${path}”；可用：${SYSTEM_PLACES.join('、')}`,
  }
  return [{ ...invalid(at, reason), ...hintOf(nearest(path, SYSTEM_PLACES)) }]
}

/** Unknown fields are told by the check of references; here come those that are secret. */
function checkField(
  { path }: TemplatePath,
  entity: string,
  context: ModelContext,
  at: string,
): readonly Problem[] {
  if (leadsNowhere(context, entity, path)) return [invalid(at, nowhere(path))]
  const type = endOfPath(context, entity, path)?.type
  if (type === undefined || !isConcealed(type)) return []
  const reason = {
    en: `“${path}” is secret and never sent: a mail can be read by anybody on its way`,
    'zh-CN': `“${path}”须保密，不能发送：邮件在途中可能被他人读取`,
  }
  return [invalid(at, reason)]
}

function hintOf(name: string | undefined) {
  const hint = didYouMean(name)
  return hint === undefined ? {} : { hint }
}

function invalid(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}
