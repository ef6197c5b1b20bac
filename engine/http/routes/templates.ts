import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Router } from 'express'
import { type Language, refuse } from '../../errors.ts'
import { contentDisposition } from '../../files/file-name.ts'
import { importFile } from '../../imports/import-file.ts'
import { runScenarios } from '../../quality/run-scenarios.ts'
import type { RequestContext } from '../../records/context.ts'
import { answerTemplate } from '../../templates/answer-template.ts'
import { uninstallTemplate, upgradeTemplate } from '../../templates/change-template.ts'
import {
  describeTemplate,
  findTemplate,
  type GalleryTemplate,
  listTemplates,
} from '../../templates/gallery.ts'
import { installTemplate } from '../../templates/install.ts'
import { listInstalled } from '../../templates/installed.ts'
import { previewTemplate } from '../../templates/preview.ts'
import { labelOf } from '../../templates/publish-template.ts'
import { countDemo, MOST_AT_ONCE, removeDemo } from '../../templates/remove-demo.ts'
import { readScreenshot } from '../../templates/screenshots.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { languageOf } from '../language.ts'
import { assertMayDefine, metaContext } from '../meta/meta-context.ts'
import { parseParameters } from '../parameters.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { readOptionalJsonBody } from '../read-body.ts'
import { hasAlready, send, sendData, sendEmpty } from '../respond.ts'
import { sendCreated } from './changesets.ts'

const BASE = '/api/templates'

const UNINSTALL_LABEL: { readonly [L in Language]: (name: string) => string } = {
  en: (name) => `Without the template ${name}`,
  'zh-CN': (name) => `卸载模板 ${name}`,
}

/** The templates that are shipped: looked at, installed, upgraded by a draft, uninstalled by one; for those who publish. */
export function templateRoutes(deps: HttpDeps): Router {
  const routes = Router()
  const { db, registry } = deps
  const { seedsDir } = deps.settings

  routes.get(BASE, async (request, response) => {
    noParameters(request)
    const { model } = await metaContext(deps, request, 'publish')
    const templates = await listTemplates(db, model.schema, seedsDir)
    sendData(response, 200, templates.map(presentTemplate))
  })

  routes.get(`${BASE}/:name`, async (request, response) => {
    noParameters(request)
    const { model, actor } = await metaContext(deps, request, 'publish')
    const template = findTemplate(seedsDir, request.params.name)
    const installed = (await listInstalled(db, model.schema)).find(
      ({ name }) => name === template.manifest.name,
    )
    const language = languageOf(request, actor.language)
    const told = { registry, kept: installed?.answers ?? {}, language }
    const contents = previewTemplate(template, model.definitions, told)
    sendData(response, 200, { ...presentTemplate(describeTemplate(template, installed)), contents })
  })

  routes.get(`${BASE}/:name/screenshots/:file`, async (request, response) => {
    noParameters(request)
    await metaContext(deps, request, 'publish')
    const { folder, manifest } = findTemplate(seedsDir, request.params.name)
    const picture = readScreenshot(folder, manifest, request.params.file)
    if (picture === undefined) throw refuse('HTTP_ROUTE_UNKNOWN')
    const headers = {
      'Content-Disposition': contentDisposition(request.params.file, picture.mediaType),
      'Content-Security-Policy': "default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-cache',
      Vary: 'Authorization, Cookie',
      ETag: `"${createHash('sha256').update(picture.bytes).digest('hex')}"`,
    }
    if (hasAlready(request, headers.ETag)) sendEmpty(response, 304, headers)
    else send(response, 200, picture.mediaType, picture.bytes, headers)
  })

  routes.post(`${BASE}/:name/install`, async (request, response) => {
    noParameters(request)
    const context = await actingContext(deps, request)
    const { data = false, answers } = readShape((await readOptionalJsonBody(request)) ?? {}, {
      data: 'flag?',
      answers: 'object?',
    })
    const template = findTemplate(seedsDir, request.params.name)
    const { manifest } = template
    const known = await listTemplates(db, context.model.schema, seedsDir)
    if (known.some(({ name, installed }) => name === manifest.name && installed !== undefined))
      throw refuse('TEMPLATE_THERE', '', { params: { name: manifest.name } })
    assertMayDefine(context, answerTemplate(template, registry, { given: answers }).definitions)
    const models = deps.models
    const ports = { loadRows: importFile, scenarios: runScenarios, progress: () => undefined }
    const folder = join(seedsDir, request.params.name)
    const { workspace } = context.model
    const outcome = await installTemplate({ db, registry, models, ...ports }, workspace, folder, {
      withDemo: data,
      answers,
    })
    await models.refresh(workspace)
    sendData(response, 200, { version: outcome.version, records: outcome.records })
  })

  routes.post(`${BASE}/:name/upgrade`, async (request, response) => {
    noParameters(request)
    const context = await actingContext(deps, request)
    const { answers } = readShape((await readOptionalJsonBody(request)) ?? {}, { answers: 'object?' })
    const template = findTemplate(seedsDir, request.params.name)
    const target = { db, registry, schema: context.model.schema }
    const draft = draftOf(context, labelOf(template))
    sendCreated(response, await upgradeTemplate(target, template, draft, answers))
  })

  routes.post(`${BASE}/:name/uninstall`, async (request, response) => {
    noParameters(request)
    const context = await actingContext(deps, request)
    await readOptionalJsonBody(request)
    const { name } = request.params
    const target = { db, registry, schema: context.model.schema }
    const label = UNINSTALL_LABEL[languageOf(request, context.actor.language)](name.slice(0, 40))
    const shipped = await listTemplates(db, target.schema, seedsDir)
    sendCreated(response, await uninstallTemplate(target, name, shipped, draftOf(context, label)))
  })

  routes.get('/api/demo', async (request, response) => {
    noParameters(request)
    sendData(response, 200, await countDemo(await metaContext(deps, request, 'publish')))
  })

  routes.delete('/api/demo', async (request, response) => {
    const { limit } = parseParameters(queryOf(request), ['limit'])
    sendData(response, 200, await removeDemo(await actingContext(deps, request), mostOf(limit)))
  })

  return routes
}

/** @throws AppError HTTP_PARAMETER_INVALID where it is no number from one to what goes by one act */
function mostOf(limit: string | undefined): number | undefined {
  if (limit === undefined) return undefined
  const most = Number(limit)
  if (/^\d+$/.test(limit) && most >= 1 && most <= MOST_AT_ONCE) return most
  throw refuse('HTTP_PARAMETER_INVALID', '/limit', { params: { name: 'limit' } })
}

/** As the API tells of it. */
const presentTemplate = ({ hasData, installed, ...one }: GalleryTemplate) => ({
  ...one,
  has_data: hasData,
  installed: installed ?? null,
})

const draftOf = (context: RequestContext, label: string) => ({
  label,
  by: context.actor.id,
  assertMay: (items: Parameters<typeof assertMayDefine>[1]) => assertMayDefine(context, items),
})

async function actingContext(deps: HttpDeps, request: IncomingMessage): Promise<RequestContext> {
  const context = await metaContext(deps, request, 'publish')
  if (context.actor.viewer !== undefined) throw refuse('AUTH_VIEW_READ_ONLY')
  return context
}
