import { Router } from 'express'
import type { DocumentDefinition } from '../../../metadata/types.ts'
import { AppError, type Language, refuse } from '../../errors.ts'
import { layOver } from '../../model/candidate.ts'
import { checkCandidate } from '../../model/check.ts'
import { documentLists, documentPaths } from '../../model/kinds/document.ts'
import { pointer } from '../../model/pointer.ts'
import { type Composed, composeDocument } from '../../notify/documents/compose.ts'
import { printableLogo } from '../../notify/documents/logo.ts'
import { pageOf } from '../../notify/documents/page.ts'
import { printPage } from '../../notify/documents/print.ts'
import { sampleLists, samplePlaces } from '../../notify/record-places.ts'
import { filledDocument } from '../../process/flows/document.ts'
import { entityFor, type RequestContext } from '../../records/context.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { editorContext } from '../meta/meta-context.ts'
import { noParameters } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData } from '../respond.ts'

/** Documents as they will look. */
export function documentRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.post('/api/meta/documents/preview', async (request, response) => {
    const context = await editorContext(deps, request)
    noParameters(request)
    const body = readShape(await readJsonBody(request), {
      name: 'text?',
      document: 'object?',
      language: 'text?',
      record: 'text?',
      pdf: 'flag?',
    })
    const document =
      body.document === undefined
        ? knownDocument(context, body.name ?? '')
        : checkedDocument(deps, context, body.document)
    const language = languageIn(body.language, context)
    const composed =
      body.record === undefined
        ? sampleOf(context, document, language)
        : await filledDocument(context, document, body.record, language)
    const { title, blocks, logo: on } = composed
    sendData(response, 200, {
      title,
      blocks,
      logo: on === 'none' ? null : (printableLogo(context.model.settings) ?? null),
      pdf: body.pdf === true ? await printed(context, composed) : null,
    })
  })

  return routes
}

async function printed(context: RequestContext, composed: Composed): Promise<string> {
  const logo = printableLogo(context.model.settings)
  return Buffer.from(await printPage(pageOf(composed, context.now(), logo))).toString('base64')
}

/** With the fields' labels in place of values. */
function sampleOf({ model }: RequestContext, document: DocumentDefinition, language: Language): Composed {
  const entity = model.entities.get(document.entity)
  if (entity === undefined) throw refuse('ENTITY_UNKNOWN', '', { params: { name: document.entity } })
  return composeDocument(document, language, {
    ...samplePlaces(model, documentPaths(document), entity, language),
    ...sampleLists(model, documentLists(document), entity, language),
  })
}

function languageIn(written: string | undefined, { actor }: RequestContext): Language {
  if (written === undefined) return actor.language
  if (written === 'en' || written === 'zh-CN') return written
  throw refuse('FIELD_OPTION_UNKNOWN', '/language', { params: { value: written.slice(0, 40) } })
}

/** @throws AppError META_DEFINITION_UNKNOWN */
function knownDocument(context: RequestContext, name: string): DocumentDefinition {
  const document = context.model.definitions.document.get(name)
  if (document === undefined)
    throw refuse('META_DEFINITION_UNKNOWN', '/name', {
      params: { kind: 'document', name: name.slice(0, 40).toWellFormed() },
    })
  entityFor(context, document.entity)
  return document
}

/** A document in the making. @throws AppError with every problem, paths below `/document` */
function checkedDocument(
  { registry }: HttpDeps,
  context: RequestContext,
  written: Readonly<Record<string, unknown>>,
): DocumentDefinition {
  const name = typeof written.name === 'string' ? written.name : 'preview'
  const definition = { ...written, kind: 'document', name }
  const { definitions, changed } = layOver(context.model.definitions, [
    { kind: 'document', name, definition },
  ])
  const own = pointer('document', name)
  const problems = checkCandidate(definitions, registry, changed)
    .filter(({ path }) => path === own || path.startsWith(`${own}/`))
    .map((fault) => ({ ...fault, path: `/document${fault.path.slice(own.length)}` }))
  if (problems.length > 0) throw new AppError(problems)
  const document = definition as unknown as DocumentDefinition
  entityFor(context, document.entity)
  return document
}
