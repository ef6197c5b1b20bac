import { textIn } from '../../metadata/text.ts'
import type { Language } from '../errors.ts'
import type { RequestContext } from '../records/context.ts'
import { todayOf } from '../records/parameters.ts'
import type { Vault } from '../registry/vault.ts'
import { describeWebform, type WebformPage, webformSchema } from './describe.ts'
import { countTaken } from './entries.ts'
import { isWithinTime } from './receive.ts'
import { issueTicket } from './ticket.ts'
import type { Webform } from './webform.ts'
import { webformTexts } from './webform-texts.ts'

/** Everything that the page of a form needs. */
export interface WebformData extends WebformPage {
  /** Address of the module that checks the answers. */
  readonly validator: string
  /** Why nothing is taken now; null while the form is open. */
  readonly closed: string | null
  readonly ticket: string | null
}

/** A form as it stands now, with a ticket for one submission where it is open. */
export async function webformData(
  context: RequestContext,
  form: Webform,
  vault: Vault,
  language: Language,
): Promise<WebformData> {
  const { model, words } = context
  const { definition } = form
  const isOpen = await isOpenNow(context, form)
  const { $id } = webformSchema(model, form)
  return {
    ...describeWebform(model, form, language, todayOf(context)),
    language: words?.tag ?? model.reading?.language ?? language,
    validator: `/api/webforms/${definition.name}/validator.js?v=${$id}`,
    closed: isOpen ? null : textIn(definition.open?.closed, language, webformTexts(language, words).closed),
    ticket: isOpen ? issueTicket(vault, String(definition.id), context.now()) : null,
  }
}

async function isOpenNow(context: RequestContext, form: Webform): Promise<boolean> {
  if (!isWithinTime(form, context.now())) return false
  const most = form.definition.open?.most
  if (most === undefined) return true
  return (await countTaken(context.db, context.model.schema, String(form.definition.id))) < most
}
