import { type Text, textIn } from '../../metadata/text.ts'
import type { Database, Transaction } from '../db/database.ts'
import { AppError, type Language, type Problem, problem, refuse } from '../errors.ts'
import { isStorableText } from '../fields/parts/formats.ts'
import type { Reading } from '../model/compiled.ts'
import { namedByField } from '../model/webform-fields.ts'
import type { RequestContext } from '../records/context.ts'
import { todayOf } from '../records/parameters.ts'
import type { Vault } from '../registry/vault.ts'
import { type Consent, closeEntry, countTaken, type Entry, isSentTwice, openEntry } from './entries.ts'
import { judgeAnswers, type Values } from './judge-answers.ts'
import { findRecord, type Stored, storeAnswers } from './store-answers.ts'
import { assertUnhurried, readTicket, type Ticket } from './ticket.ts'
import type { Webform } from './webform.ts'
import { webformTexts } from './webform-texts.ts'

/** What a page sends. */
export interface Submission {
  readonly ticket: string
  readonly answers: Values
  readonly consent?: boolean | undefined
  readonly parameters?: Values | undefined
  /** What a person does not see: only machines fill it in. */
  readonly trap?: string | undefined
}

/** What the visitor reads afterwards: the same whatever became of the answers. */
export interface Thanks {
  readonly text: string
  readonly address: string | null
}

export interface Receiving {
  /** Of the form's own actor. */
  readonly context: RequestContext
  readonly form: Webform
  readonly vault: Vault
  readonly language: Language
}

const MINIMUM_SECONDS = 3
/** Characters of a parameter of the address that are kept. */
const PARAMETER_LENGTH = 200

/**
 * Takes in what a visitor sent. The same page sent again, or the same answers sent twice in a row, change nothing.
 * @throws AppError: what is wrong with the answers, by field; WEBFORM_*; never whether somebody is known
 */
export async function receive(receiving: Receiving, submission: Submission): Promise<Thanks> {
  const { context, form, vault } = receiving
  const now = context.now()
  const { definition } = form
  const thanks = thanksOf(definition.thanks, receiving)
  const ticket = readTicket(vault, String(definition.id), submission.ticket, now)
  assertOpen(form, now)
  const entry = entryOf(receiving, submission, ticket)
  if (submission.trap !== undefined && submission.trap !== '') {
    await inEntry(context.db, context.model.schema, entry, (tx) =>
      closeEntry(tx, context.model.schema, entry.id, { outcome: 'trapped' }),
    )
    return thanks
  }
  assertUnhurried(ticket, definition.minimumSeconds ?? MINIMUM_SECONDS, now)
  const whole = await judged(context, form, submission, entry.parameters)
  await inEntry(context.db, context.model.schema, entry, (tx) => take(receiving, tx, entry, whole))
  return thanks
}

/**
 * All values of the record that answers make.
 * @throws AppError: what is wrong with the answers, by field
 */
export async function judged(
  context: RequestContext,
  form: Webform,
  submission: Pick<Submission, 'answers' | 'consent'>,
  parameters: Readonly<Record<string, string>>,
): Promise<Values> {
  const moment = { now: context.now(), today: todayOf(context), timeZone: context.model.settings.timeZone }
  const { values, problems } = judgeAnswers(form, submission.answers, moment)
  const all = [...problems, ...consentProblems(form, submission)].map(within)
  if (all.length > 0) throw new AppError(all)
  return { ...values, ...parameterValues(form, parameters), ...(await fixedValues(context, form)) }
}

/** Runs what follows a page that is sent for the first time, in one transaction with its entry. */
async function inEntry(
  db: Database,
  schema: string,
  entry: Entry,
  work: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await db.transaction(async (tx) => {
    if (await openEntry(tx, schema, entry)) await work(tx)
  })
}

async function take(
  { context, form }: Receiving,
  tx: Transaction,
  entry: Entry,
  values: Values,
): Promise<void> {
  const { schema } = context.model
  if (await isSentTwice(tx, schema, entry)) {
    await closeEntry(tx, schema, entry.id, { outcome: 'repeated' })
    return
  }
  const most = form.definition.open?.most
  if (most !== undefined && (await countTaken(tx, schema, entry.webform, true)) >= most)
    throw refuse('WEBFORM_CLOSED')
  const stored = await storeOrTell(context, tx, form, values)
  await closeEntry(tx, schema, entry.id, { ...stored, entity: form.entity.id })
}

/** @throws AppError as a visitor may be told it */
export async function storeOrTell(
  context: RequestContext,
  tx: Transaction,
  form: Webform,
  values: Values,
): Promise<Stored> {
  try {
    return await storeAnswers(context, tx, form, values)
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error
    throw told(form, error)
  }
}

/** What of a refusal a visitor is told: what is wrong with their own answers, and nothing about records. */
function told({ asked }: Webform, error: AppError): AppError {
  const names = new Set(asked.map(({ field }) => field.name))
  const isTold = ({ code, path }: Problem) => {
    if (code === 'RECORD_VALIDATION_FAILED' && path === '') return true
    const isOwn = code.startsWith('FIELD_') || code === 'RECORD_VALIDATION_FAILED'
    return isOwn && code !== 'FIELD_DENIED' && names.has(path.split('/')[1] ?? '')
  }
  const shown = error.problems.filter(isTold).map(within)
  if (shown.length > 0) return new AppError(shown, { status: 422 })
  return new AppError(problem('WEBFORM_REFUSED'), { cause: error })
}

function within(fault: Problem): Problem {
  return fault.path === '/consent' && fault.code === 'WEBFORM_CONSENT_NEEDED'
    ? fault
    : { ...fault, path: `/answers${fault.path}` }
}

/** @throws AppError WEBFORM_CLOSED before and after the time of the form */
export function assertOpen(form: Webform, now: Date): void {
  if (!isWithinTime(form, now)) throw refuse('WEBFORM_CLOSED')
}

export function isWithinTime({ definition }: Webform, now: Date): boolean {
  const { from, until } = definition.open ?? {}
  if (from !== undefined && now.getTime() < Date.parse(from)) return false
  return until === undefined || now.getTime() < Date.parse(until)
}

function consentProblems(
  { definition }: Webform,
  { consent }: Pick<Submission, 'consent'>,
): readonly Problem[] {
  const isNeeded = definition.consent !== undefined && definition.consent.required !== false
  return isNeeded && consent !== true ? [problem('WEBFORM_CONSENT_NEEDED', '/consent')] : []
}

function entryOf(
  { context, form, vault, language }: Receiving,
  submission: Submission,
  ticket: Ticket,
): Entry {
  const { definition } = form
  const address = context.origin?.address ?? ''
  const said = JSON.stringify([definition.id, address, submission.answers, submission.consent === true])
  return {
    ...{ id: ticket.id, webform: String(definition.id), name: definition.name, at: context.now() },
    digest: vault.blind(said, 'web form answers'),
    consent: consentOf(definition.consent, submission.consent === true, language, context.model.reading),
    parameters: parametersOf(form, submission.parameters ?? {}),
  }
}

function consentOf(
  said: Webform['definition']['consent'],
  isGiven: boolean,
  language: Language,
  reading: Reading | undefined,
): Consent | undefined {
  if (said === undefined || !isGiven) return undefined
  const { version, text, address } = said
  const words = textIn(text, language, '')
  const isRead = reading !== undefined && typeof text === 'object' && text[reading.language] === words
  return {
    version,
    language: isRead ? reading.language : language,
    words,
    ...(address === undefined ? {} : { address }),
  }
}

/** The parameters of the address that the form takes along. */
function parametersOf({ definition }: Webform, sent: Values): Readonly<Record<string, string>> {
  const kept = (definition.parameters ?? []).flatMap(({ name }) => {
    const value = Object.hasOwn(sent, name) ? sent[name] : undefined
    const isText = typeof value === 'string' && value !== '' && isStorableText(value)
    return isText ? [[name, [...value].slice(0, PARAMETER_LENGTH).join('')] as const] : []
  })
  return Object.fromEntries(kept)
}

/** Those of them that a field takes: a link with a typing error must not cost an enquiry. */
function parameterValues({ definition, entity }: Webform, kept: Readonly<Record<string, string>>): Values {
  const values = (definition.parameters ?? []).flatMap(({ name, field }) => {
    const value = kept[name]
    if (field === undefined || value === undefined) return []
    const validate = entity.validator()
    return validate({ [field]: value }) ? [[field, value] as const] : []
  })
  return Object.fromEntries(values)
}

/** What every record of the form gets, the records that it names looked up. One that is not there is left out. */
async function fixedValues(context: RequestContext, { definition, entity }: Webform): Promise<Values> {
  const values: [string, unknown][] = []
  for (const [name, value] of Object.entries(definition.set ?? {})) {
    const relation = entity.fields.get(name)?.relation
    const named = relation?.kind === 'one' ? namedByField(value) : undefined
    if (relation?.kind !== 'one' || named === undefined) values.push([name, value])
    else {
      const id = await findRecord(context, relation.to, named[0], named[1])
      if (id !== undefined) values.push([name, id])
    }
  }
  return Object.fromEntries(values)
}

function thanksOf(
  said: { readonly text?: Text; readonly address?: string } | undefined,
  { context, language }: Receiving,
): Thanks {
  const { thanks } = webformTexts(language, context.words)
  return { text: textIn(said?.text, language, thanks), address: said?.address ?? null }
}
