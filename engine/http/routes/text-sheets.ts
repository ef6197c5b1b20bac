import { Router } from 'express'
import { loadChangeset } from '../../model/changesets.ts'
import { todayOf } from '../../records/parameters.ts'
import type { HttpDeps } from '../deps.ts'
import { languageOf } from '../language.ts'
import { editorContext } from '../meta/meta-context.ts'
import { readTextRows, TEXT_SHEET_HEADER, TEXT_SHEET_WIDTHS, textRows } from '../meta/text-sheet.ts'
import { parseParameters } from '../parameters.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { withSentSheet } from '../read-sheet.ts'
import { answerHeaders, sendData } from '../respond.ts'
import { SHEET_TYPES, xlsxSheet } from './report-export.ts'

/** All texts as a workbook, for who translates outside; read back, nothing is stored: what it says goes into a draft. */
export function textSheetRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/api/meta/texts/sheet', async (request, response) => {
    const { changeset } = parseParameters(queryOf(request), ['changeset'])
    const context = await editorContext(deps, request)
    const { model, actor } = context
    const language = languageOf(request, actor.language)
    const draft = changeset === undefined ? [] : (await loadChangeset(deps.db, model.schema, changeset)).items
    const rows = textRows({ definitions: model.definitions, registry: deps.registry }, draft, language)
    const headers = { 'Content-Disposition': `attachment; filename="texts-${todayOf(context)}.xlsx"` }
    response.writeHead(200, answerHeaders(SHEET_TYPES.xlsx, headers))
    const sheet = await xlsxSheet(response, 'texts', TEXT_SHEET_WIDTHS)
    await sheet.row(TEXT_SHEET_HEADER)
    for (const row of rows) await sheet.row(row)
    await sheet.end()
  })

  routes.post('/api/meta/texts/sheet', async (request, response) => {
    noParameters(request)
    const context = await editorContext(deps, request)
    const rows = await withSentSheet(deps, request, context, readTextRows)
    sendData(response, 200, { rows })
  })

  return routes
}
