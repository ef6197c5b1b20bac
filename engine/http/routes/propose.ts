import { join } from 'node:path'
import { Router } from 'express'
import { refuse } from '../../errors.ts'
import { safeFileName } from '../../files/file-name.ts'
import { createUploads } from '../../imports/open-upload.ts'
import { type Proposal, proposeEntity } from '../../imports/propose-entity.ts'
import { nameFor, takenNames } from '../../search/name-for.ts'
import type { HttpDeps } from '../deps.ts'
import { editorContext } from '../meta/meta-context.ts'
import { noParameters } from '../query-of.ts'
import { readForm } from '../read-form.ts'
import { sendData } from '../respond.ts'

/** An entity as a spreadsheet would have it: nothing is kept of the file, and nothing is stored. */
export function proposeRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.post('/api/meta/proposals', async (request, response) => {
    noParameters(request)
    const context = await editorContext(deps, request, 'entity')
    const actor = context.actor.id
    if (actor === undefined) throw refuse('AUTH_DENIED')
    const uploads = createUploads(join(deps.settings.dataDir, 'imports', context.model.workspace))
    const { file } = await readForm(request, uploads.receive, uploads.discard)
    if (file === undefined) throw refuse('FILE_MISSING', '/file')
    const { received } = file
    try {
      // Of no entity: no import finds it.
      const upload = await uploads.open(received, { actor, entity: '', name: safeFileName(file.name) })
      const proposal = await proposeEntity(context, deps.registry, upload)
      const label = titleOf(upload.sheet, upload.name)
      sendData(response, 200, { ...present(proposal, label), file: upload.name, label })
    } finally {
      await uploads.discard(received)
    }
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
    name: nameFor(label) ?? 'records',
    fields: fields.map(({ options, ...field }, index) => {
      const takeOption = takenNames()
      return {
        ...field,
        name: take(nameFor(field.header) ?? `field_${index + 1}`),
        ...(options === undefined
          ? {}
          : {
              options: options.map((option, at) => ({
                name: takeOption(nameFor(option) ?? `option_${at + 1}`),
                label: option,
              })),
            }),
      }
    }),
  }
}
