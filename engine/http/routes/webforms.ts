import { Router } from 'express'
import { validatorModule } from '../../forms/validator.ts'
import { webformSchema } from '../../portal/describe.ts'
import { listEntries, listWebforms } from '../../portal/list-webforms.ts'
import { webformData } from '../../portal/page-data.ts'
import { addressKey, createQuota } from '../../portal/quota.ts'
import { receive } from '../../portal/receive.ts'
import { getRecord, recordId } from '../../records/get.ts'
import { openContext } from '../authenticate.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { editorContext } from '../meta/meta-context.ts'
import { checkOrigin, clientAddress } from '../origin.ts'
import { parseParameters } from '../parameters.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { send, sendData } from '../respond.ts'
import { openWebform, readWebform, webformContext, webformVault } from '../webform-context.ts'

/** Bytes of what a page sends: long texts fit, files do not. */
const SUBMISSION_BYTES = 64 * 1024
const PER_HOUR = { address: 30, form: 2000 } as const
/** Web forms: for strangers the form and what they send; for those who edit definitions how they fare. */
export function webformRoutes(deps: HttpDeps): Router {
  const routes = Router()
  const quota = createQuota()

  routes.get('/api/webforms', async (request, response) => {
    const context = await editorContext(deps, request, 'webform')
    noParameters(request)
    const { model, actor } = context
    sendData(response, 200, await listWebforms(deps.db, model, actor.language, context.now()))
  })

  routes.get('/api/webforms/:form', async (request, response) => {
    const { language: asked } = parseParameters(queryOf(request), ['language'])
    const read = await readWebform(deps, request, request.params.form, asked)
    const vault = await webformVault(deps, read.model)
    const context = webformContext(deps, request, read)
    sendData(response, 200, await webformData(context, read.form, vault, read.language))
  })

  routes.get('/api/webforms/:form/validator.js', async (request, response) => {
    const { v } = parseParameters(queryOf(request), ['v'])
    const { model, form } = await openWebform(deps, request, request.params.form)
    const schema = webformSchema(model, form)
    const lifetime = v === schema.$id ? 'public, max-age=31536000, immutable' : 'no-cache'
    const headers = { 'Cache-Control': lifetime }
    send(response, 200, 'text/javascript; charset=utf-8', validatorModule(schema), headers)
  })

  routes.post('/api/webforms/:form/submissions', async (request, response) => {
    checkOrigin(request, deps.trusts)
    noParameters(request)
    const read = await readWebform(deps, request, request.params.form)
    const { model, form, language } = read
    const { name, perHour } = form.definition
    const key = `${model.workspace} ${name}`
    quota.take([
      { key, perHour: perHour?.form ?? PER_HOUR.form },
      {
        key: addressKey(key, clientAddress(request, deps.trusts)),
        perHour: perHour?.address ?? PER_HOUR.address,
      },
    ])
    const body = readShape(await readJsonBody(request, SUBMISSION_BYTES), {
      ...{ ticket: 'text', answers: 'object?', consent: 'flag?', parameters: 'object?', trap: 'text?' },
    } as const)
    const context = webformContext(deps, request, read)
    const vault = await webformVault(deps, model)
    const thanks = await receive({ context, form, vault, language }, { ...body, answers: body.answers ?? {} })
    sendData(response, 201, thanks)
  })

  routes.get('/api/submissions/:entity/:id', async (request, response) => {
    const context = await openContext(deps, request)
    noParameters(request)
    const id = recordId(request.params.id)
    // Who reads the record reads how it came in.
    await getRecord(context, request.params.entity, id, { fields: 'id' })
    sendData(response, 200, await listEntries(deps.db, context.model, id, context.actor.language))
  })

  return routes
}
