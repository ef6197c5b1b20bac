import { Router } from 'express'
import type { MessageDefinition } from '../../../metadata/types.ts'
import { findActor } from '../../access/find-actor.ts'
import { AppError, type Language, refuse } from '../../errors.ts'
import { layOver } from '../../model/candidate.ts'
import { checkCandidate } from '../../model/check.ts'
import { type SYSTEM_PLACES, textsOf } from '../../model/kinds/message.ts'
import { parseTemplate } from '../../model/kinds/message-template.ts'
import { pointer } from '../../model/pointer.ts'
import { type Places, placeOf } from '../../notify/places.ts'
import { type RecordData, recordPlaces, samplePlaces } from '../../notify/record-places.ts'
import { type RenderedMessage, renderMessage } from '../../notify/render.ts'
import { findMessage } from '../../notify/system-messages.ts'
import { placesFor } from '../../process/flows/notify.ts'
import { entityFor, type RequestContext } from '../../records/context.ts'
import { getRecord } from '../../records/get.ts'
import { assertAdministers } from '../administers.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { editorContext } from '../meta/meta-context.ts'
import { noParameters } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData } from '../respond.ts'

/** Messages as they will look. */
export function messageRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.post('/api/meta/messages/preview', async (request, response) => {
    const context = await editorContext(deps, request)
    noParameters(request)
    const body = readShape(await readJsonBody(request), {
      name: 'text?',
      message: 'object?',
      language: 'text?',
      record: 'text?',
      receiver: 'text?',
    })
    const message =
      body.message === undefined
        ? knownMessage(context, body.name ?? '')
        : checkedMessage(deps, context, body.message)
    const language = languageIn(body.language, context)
    const { receiver, record } = body
    const isSeen = receiver !== undefined && record !== undefined && message.entity !== undefined
    sendData(
      response,
      200,
      isSeen
        ? await previewFor(context, message, { receiver, record, language })
        : await preview(context, message, language, record),
    )
  })

  return routes
}

/**
 * What a person would be told, of the record what they may see of it: for those who may see as they do.
 * @throws AppError RECORD_NOT_FOUND, AUTH_DENIED, AUTH_BEYOND_OWN
 */
async function previewFor(
  context: RequestContext,
  message: MessageDefinition,
  {
    receiver,
    record,
    language,
  }: { readonly receiver: string; readonly record: string; readonly language: Language },
): Promise<RenderedMessage> {
  await assertAdministers(context, receiver)
  const actor = await findActor(context.db, context.model, receiver)
  if (actor === undefined) throw refuse('RECORD_NOT_FOUND')
  const about = { entity: message.entity ?? '', id: record }
  return renderMessage(message, language, await placesFor(context, { ...actor, language }, message, about))
}

function languageIn(written: string | undefined, { actor }: RequestContext): Language {
  if (written === undefined) return actor.language
  if (written === 'en' || written === 'zh-CN') return written
  throw refuse('FIELD_OPTION_UNKNOWN', '/language', { params: { value: written.slice(0, 40) } })
}

/** @throws AppError META_DEFINITION_UNKNOWN */
function knownMessage({ model }: RequestContext, name: string): MessageDefinition {
  const message = findMessage(model, name)
  if (message !== undefined) return message
  throw refuse('META_DEFINITION_UNKNOWN', '/name', { params: { kind: 'message', name: name.slice(0, 40) } })
}

/** A message in the making. @throws AppError with every problem, paths below `/message` */
function checkedMessage(
  { registry }: HttpDeps,
  { model }: RequestContext,
  written: Readonly<Record<string, unknown>>,
): MessageDefinition {
  const name = typeof written.name === 'string' ? written.name : 'preview'
  const definition = { ...written, kind: 'message', name }
  const { definitions, changed } = layOver(model.definitions, [{ kind: 'message', name, definition }])
  const own = pointer('message', name)
  const problems = checkCandidate(definitions, registry, changed)
    .filter(({ path }) => path === own || path.startsWith(`${own}/`))
    .map((fault) => ({ ...fault, path: `/message${fault.path.slice(own.length)}` }))
  if (problems.length > 0) throw new AppError(problems)
  return definition as unknown as MessageDefinition
}

async function preview(
  context: RequestContext,
  message: MessageDefinition,
  language: Language,
  record: string | undefined,
): Promise<RenderedMessage> {
  if (message.entity === undefined) return renderMessage(message, language, systemSamples(language))
  const entity = entityFor(context, message.entity)
  const paths = textsOf(message).flatMap(({ text }) => parseTemplate(text).paths.map(({ path }) => path))
  const places =
    record === undefined
      ? samplePlaces(context.model, paths, entity, language)
      : recordPlaces(context.model, entity, await readFor(context, entity.name, record, paths), language)
  return renderMessage(message, language, places)
}

/** The record as the asking person sees it, with all that the message mentions. */
async function readFor(
  context: RequestContext,
  entity: string,
  id: string,
  paths: readonly string[],
): Promise<RecordData> {
  const model = context.model.entities.get(entity)
  const firsts = [...new Set(paths.map((path) => path.split('.')[0] ?? ''))]
  const lookups = firsts.filter((name) => model?.fields.get(name)?.relation !== undefined)
  const deeper = paths.flatMap((path) =>
    path.split('.').length > 2 ? [path.split('.').slice(0, 2).join('.')] : [],
  )
  const answer = await getRecord(context, entity, id, {
    ...(paths.length === 0 ? {} : { fields: paths.join(',') }),
    ...(lookups.length === 0 ? {} : { expand: [...new Set([...lookups, ...deeper])].join(',') }),
  })
  return (JSON.parse(answer.body) as { readonly data: RecordData }).data
}

const SYSTEM_SAMPLES: Readonly<Record<(typeof SYSTEM_PLACES)[number], Readonly<Record<Language, string>>>> = {
  name: { en: 'Lily Chen', 'zh-CN': '陈丽' },
  email: { en: 'lily@example.com', 'zh-CN': 'lily@example.com' },
  link: {
    en: 'https://crm.example.com/set-password#sample',
    'zh-CN': 'https://crm.example.com/set-password#sample',
  },
  expires_at: { en: 'March 2, 2026 at 9:00 AM', 'zh-CN': '2026年3月2日 09:00' },
  sender: { en: 'Tom Wang', 'zh-CN': '王涛' },
  workspace: { en: 'default', 'zh-CN': 'default' },
}

function systemSamples(language: Language): Places {
  return Object.fromEntries(
    Object.entries(SYSTEM_SAMPLES).map(([name, texts]) => [name, placeOf(texts[language])]),
  )
}
