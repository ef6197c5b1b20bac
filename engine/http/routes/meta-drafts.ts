import { Router } from 'express'
import { type Language, refuse } from '../../errors.ts'
import { type Base, templateSource } from '../../model/bases.ts'
import { openFilledChangeset } from '../../model/changesets.ts'
import type { Definition } from '../../model/compiled.ts'
import { exportArchive } from '../../model/export.ts'
import { planImport } from '../../model/import.ts'
import { isRecord, own } from '../../model/pointer.ts'
import { planRestore } from '../../model/restore.ts'
import { loadState } from '../../model/state.ts'
import { loadVersion } from '../../model/versions.ts'
import { type AnsweredArchive, answeredArchive } from '../../templates/answer-archive.ts'
import { carriedTemplates, readCarried } from '../../templates/carried.ts'
import { keptAnswers } from '../../templates/installed.ts'
import { auditCall } from '../audit-calls.ts'
import type { HttpDeps } from '../deps.ts'
import { languageOf } from '../language.ts'
import { assertMayDefine, editorContext, metaContext, parseVersion } from '../meta/meta-context.ts'
import { parseFlag, parseParameters } from '../parameters.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { readJsonBody, readOptionalJsonBody } from '../read-body.ts'
import { sendJson } from '../respond.ts'
import { parseLabel, sendCreated } from './changesets.ts'

const RESTORE_LABEL: { readonly [L in Language]: (version: number) => string } = {
  en: (version) => `Back to version ${version}`,
  'zh-CN': (version) => `恢复到版本 ${version}`,
}
const IMPORT_LABEL: { readonly [L in Language]: string } = { en: 'Import', 'zh-CN': '导入' }

/** Drafts that are not made by hand: from an earlier version, from an archive; and the archive itself. */
export function metaDraftRoutes(deps: HttpDeps): Router {
  const routes = Router()
  const { db, registry } = deps

  routes.post('/api/meta/versions/:version/restore', async (request, response) => {
    const context = await editorContext(deps, request)
    const { model, actor } = context
    noParameters(request)
    await readOptionalJsonBody(request)
    const version = parseVersion(request.params.version)
    const target = await loadVersion(db, model.schema, version)
    const state = await loadState(db, model.schema)
    const latest = await loadVersion(db, model.schema, state.version)
    const items = planRestore(state.definitions, latest, target, registry)
    assertMayDefine(context, items)
    const label = RESTORE_LABEL[languageOf(request, actor.language)](version)
    sendCreated(
      response,
      await openFilledChangeset(
        db,
        model.schema,
        { label, createdBy: actor.id, baseVersion: state.version },
        items,
      ),
    )
  })

  routes.get('/api/meta/export', async (request, response) => {
    const { model, actor } = await metaContext(deps, request, 'export')
    noParameters(request)
    if (actor.viewer !== undefined) throw refuse('AUTH_VIEW_READ_ONLY')
    await auditCall(deps, request, model, actor, { action: 'exported', subject: 'definitions' })
    const archive = exportArchive(model.workspace, model, registry)
    const templates = await carriedTemplates(db, model.schema, archive.definitions, registry)
    const whole = templates.length === 0 ? archive : { ...archive, templates }
    sendJson(response, 200, JSON.stringify(whole), {
      'Content-Disposition': `attachment; filename="${model.workspace}.json"`,
    })
  })

  routes.post('/api/meta/import', async (request, response) => {
    const context = await editorContext(deps, request)
    const { model, actor } = context
    const { whole } = parseParameters(queryOf(request), ['whole'])
    const archive = await readJsonBody(request)
    const state = await loadState(db, model.schema)
    const options = { isWhole: parseFlag(whole, 'whole') }
    const { definitions, template } = await answeredArchive(archive, registry, (name) =>
      keptAnswers(db, model.schema, name),
    )
    const items = planImport(state.definitions, definitions, registry, options)
    assertMayDefine(context, items)
    const label = labelOf(archive, languageOf(request, actor.language))
    const draft = { label, createdBy: actor.id, baseVersion: state.version }
    // What was answered settles with the draft, so that the template's next version is merged with it.
    const carried = readCarried(own(archive, 'templates'), definitions, state.definitions, registry)
    const itself = template === undefined ? [] : [baseOf(template, definitions as readonly Definition[])]
    const brings = [...itself, ...carried]
    const filled = brings.length === 0 ? draft : { ...draft, brings }
    sendCreated(response, await openFilledChangeset(db, model.schema, filled, items))
  })

  return routes
}

function baseOf(
  { name, version, answers }: NonNullable<AnsweredArchive['template']>,
  definitions: readonly Definition[],
): Base {
  return { source: templateSource(name), version, definitions, answers }
}

/** What the archive calls itself, where that is a text. */
function labelOf(archive: unknown, language: Language): string {
  const label = own(own(archive, 'manifest'), 'label')
  const called = isRecord(label) ? (label[language] ?? label.en) : label
  return typeof called === 'string' && called !== '' ? parseLabel(called) : IMPORT_LABEL[language]
}
