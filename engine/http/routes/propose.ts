import { Router } from 'express'
import { takenNames } from '../../../metadata/name-for.ts'
import { type Proposal, proposeEntity } from '../../imports/propose-entity.ts'
import { nameOf } from '../../search/name-for.ts'
import type { HttpDeps } from '../deps.ts'
import { editorContext } from '../meta/meta-context.ts'
import { noParameters } from '../query-of.ts'
import { withSentSheet } from '../read-sheet.ts'
import { sendData } from '../respond.ts'

/** An entity as a spreadsheet would have it: nothing is kept of the file, and nothing is stored. */
export function proposeRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.post('/api/meta/proposals', async (request, response) => {
    noParameters(request)
    const context = await editorContext(deps, request, 'entity')
    const proposed = await withSentSheet(deps, request, context, async (upload) => {
      const proposal = await proposeEntity(context, deps.registry, upload)
      const label = titleOf(upload.sheet, upload.name)
      return { ...present(proposal, label), file: upload.name, label }
    })
    sendData(response, 200, proposed)
  })

  return routes
}

/** Sheets are mostly called by nobody; files are. */
function titleOf(sheet: string | undefined, file: string): string {
  const isNamed = sheet !== undefined && !/^(?:sheet|工作表|表)\s*\d*$/i.test(sheet)
  return (isNamed ? sheet : file.replace(/\.[^.]*$/, '')).slice(0, 60).toWellFormed()
}

function present({ fields, ...proposal }: Proposal, label: string) {
  const take = takenNames()
  return {
    ...proposal,
    name: nameOf(label) ?? 'records',
    fields: fields.map(({ options, ...field }, index) => {
      const takeOption = takenNames()
      return {
        ...field,
        name: take(nameOf(field.header) ?? `field_${index + 1}`),
        ...(options === undefined
          ? {}
          : {
              options: options.map((option, at) => ({
                name: takeOption(nameOf(option) ?? `option_${at + 1}`),
                label: option,
              })),
            }),
      }
    }),
  }
}
