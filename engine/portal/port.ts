import { refuse } from '../errors.ts'
import { requestContext } from '../records/context.ts'
import type { WebformPort } from '../records/webform-port.ts'
import { assertOpen, judged, storeOrTell } from './receive.ts'
import { webformActor, webformOf } from './webform.ts'

/** Web forms as scenarios send them: the same judging and storing, without the page's ticket and limits. */
export const webformPort: WebformPort = {
  async submit({ model, db, search, now }, name, answers) {
    const form = webformOf(model, name)
    if (form === undefined) throw refuse('WEBFORM_UNKNOWN')
    const context = requestContext({
      model,
      actor: webformActor(model, form),
      db,
      search,
      via: 'webform',
      now,
    })
    assertOpen(form, now())
    const values = await judged(context, form, { answers, consent: true }, {})
    const { record } = await db.transaction((tx) => storeOrTell(context, tx, form, values))
    return { entity: form.entity.name, id: record }
  },
}
