import { Router } from 'express'
import { textIn } from '../../../metadata/text.ts'
import type { Language } from '../../errors.ts'
import { validatorModule } from '../../forms/validator.ts'
import { describeWebform, webformSchema } from '../../portal/describe.ts'
import { countTaken } from '../../portal/entries.ts'
import { listEntries, listWebforms } from '../../portal/list-webforms.ts'
import { addressKey, createQuota } from '../../portal/quota.ts'
import { isWithinTime, receive } from '../../portal/receive.ts'
import { issueTicket } from '../../portal/ticket.ts'
import type { Webform } from '../../portal/webform.ts'
import type { RequestContext } from '../../records/context.ts'
import { getRecord, recordId } from '../../records/get.ts'
import { todayOf } from '../../records/parameters.ts'
import { openContext } from '../authenticate.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { languageOf } from '../language.ts'
import { editorContext } from '../meta/meta-context.ts'
import { checkOrigin, clientAddress } from '../origin.ts'
import { parseParameters } from '../parameters.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { send, sendData } from '../respond.ts'
import { openWebform, webformContext, webformVault } from '../webform-context.ts'

/** Bytes of what a page sends: long texts fit, files do not. */
const SUBMISSION_BYTES = 64 * 1024
const PER_HOUR = { address: 30, form: 2000 } as const
const CLOSED: Readonly<Record<Language, string>> = {
  en: 'This form is closed.',
  'zh-CN': '此表单已关闭。',
}

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
    const opened = await openWebform(deps, request, request.params.form)
    const { model, form } = opened
    const context = webformContext(deps, request, opened)
    const language =
      asked === 'en' || asked === 'zh-CN' ? asked : languageOf(request, model.settings.language)
    const { $id } = webformSchema(model, form)
    const isOpen = await isOpenNow(context, form)
    const { closed } = form.definition.open ?? {}
    sendData(response, 200, {
      ...describeWebform(model, form, language, todayOf(context)),
      validator: `/api/webforms/${form.definition.name}/validator.js?v=${$id}`,
      closed: isOpen ? null : textIn(closed, language, CLOSED[language]),
      ticket: isOpen
        ? issueTicket(await webformVault(deps, model), String(form.definition.id), context.now())
        : null,
    })
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
    const opened = await openWebform(deps, request, request.params.form)
    const { model, form } = opened
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
    const context = webformContext(deps, request, opened)
    const vault = await webformVault(deps, model)
    const language = languageOf(request, model.settings.language)
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

async function isOpenNow(context: RequestContext, form: Webform): Promise<boolean> {
  if (!isWithinTime(form, context.now())) return false
  const most = form.definition.open?.most
  if (most === undefined) return true
  return (await countTaken(context.db, context.model.schema, String(form.definition.id))) < most
}
