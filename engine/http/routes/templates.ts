import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Router } from 'express'
import { type Language, refuse } from '../../errors.ts'
import { importFile } from '../../imports/import-file.ts'
import { runScenarios } from '../../quality/run-scenarios.ts'
import type { RequestContext } from '../../records/context.ts'
import { uninstallTemplate, upgradeTemplate } from '../../templates/change-template.ts'
import { findTemplate, listTemplates } from '../../templates/gallery.ts'
import { installTemplate } from '../../templates/install.ts'
import { labelOf } from '../../templates/publish-template.ts'
import { removeDemo } from '../../templates/remove-demo.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { languageOf } from '../language.ts'
import { assertMayDefine, metaContext } from '../meta/meta-context.ts'
import { noParameters } from '../query-of.ts'
import { readOptionalJsonBody } from '../read-body.ts'
import { sendData } from '../respond.ts'
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
    sendData(
      response,
      200,
      templates.map(({ hasData, installed, ...one }) => ({
        ...one,
        has_data: hasData,
        installed: installed ?? null,
      })),
    )
  })

  routes.post(`${BASE}/:name/install`, async (request, response) => {
    noParameters(request)
    const context = await actingContext(deps, request)
    const { data = false } = readShape((await readOptionalJsonBody(request)) ?? {}, { data: 'flag?' })
    const { manifest, definitions } = findTemplate(seedsDir, request.params.name)
    const known = await listTemplates(db, context.model.schema, seedsDir)
    if (known.some(({ name, installed }) => name === manifest.name && installed !== undefined))
      throw refuse('TEMPLATE_THERE', '', { params: { name: manifest.name } })
    assertMayDefine(context, definitions)
    const models = deps.models
    const ports = { loadRows: importFile, scenarios: runScenarios, progress: () => undefined }
    const folder = join(seedsDir, request.params.name)
    const { workspace } = context.model
    const outcome = await installTemplate({ db, registry, models, ...ports }, workspace, folder, {
      withDemo: data,
    })
    await models.refresh(workspace)
    sendData(response, 200, { version: outcome.version, records: outcome.records })
  })

  routes.post(`${BASE}/:name/upgrade`, async (request, response) => {
    noParameters(request)
    const context = await actingContext(deps, request)
    await readOptionalJsonBody(request)
    const template = findTemplate(seedsDir, request.params.name)
    const target = { db, registry, schema: context.model.schema }
    sendCreated(response, await upgradeTemplate(target, template, draftOf(context, labelOf(template))))
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

  routes.delete('/api/demo', async (request, response) => {
    noParameters(request)
    sendData(response, 200, await removeDemo(await actingContext(deps, request)))
  })

  return routes
}

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
