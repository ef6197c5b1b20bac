import type { IncomingMessage } from 'node:http'
import { Router } from 'express'
import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { describeRule } from '../../../metadata/rules/describe-rule.ts'
import { pathsOf } from '../../../metadata/rules/paths-of.ts'
import { printRule, RuleNotPrintable } from '../../../metadata/rules/text/print-rule.ts'
import { AppError, type Language, type Problem, problem, refuse } from '../../errors.ts'
import { evaluateClassic } from '../../model/classic-rule.ts'
import { ruleNames, textNames } from '../../model/rule-names.ts'
import { readRuleText, requireRuleText, spanOf } from '../../model/rule-text.ts'
import { sightScope } from '../../records/cells.ts'
import { entityFor, type RequestContext, requestContext } from '../../records/context.ts'
import { evaluateRule } from '../../records/evaluate-rule.ts'
import { engineScope, sightNames } from '../../records/rule-sight.ts'
import { fieldPathsOf } from '../../records/typed-values.ts'
import { openContext } from '../authenticate.ts'
import type { HttpDeps } from '../deps.ts'
import { languageOf } from '../language.ts'
import { modelOfDraft } from '../meta/draft-model.ts'
import { presentCatalogue } from '../meta/present-catalogue.ts'
import { presentFault } from '../meta/present-meta.ts'
import { parseParameters } from '../parameters.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { readJsonBody } from '../read-body.ts'
import { sendData } from '../respond.ts'

/** Bytes of a rule with its data: time spent on one stays within what a request may take. */
const MAX_BODY_BYTES = 512 * 1024

/** The rule language as a service: what an editor and a test bench need. Everybody sees what their rights let them see. */
export function ruleRoutes(deps: HttpDeps): Router {
  const routes = Router()
  const base = '/api/meta/rules'

  routes.post(`${base}/evaluate`, async (request, response) => {
    noParameters(request)
    const { context, body } = await open(deps, request, ['rule', 'data', 'entity', 'id', 'values'])
    const isClassic = Object.hasOwn(body, 'data')
    const isTyped = Object.hasOwn(body, 'values')
    requireKeys(body, isClassic ? ['rule'] : ['rule', 'entity', isTyped ? 'values' : 'id'])
    if (isClassic) {
      sendData(
        response,
        200,
        unprocessable(() => evaluateClassic(body.rule, body.data)),
      )
      return
    }
    const entity = textAt(body, 'entity')
    const rule = ruleOf(context, body, entity, 422)
    const subject = isTyped ? { values: body.values } : { id: textAt(body, 'id') }
    sendData(response, 200, await evaluateRule(context, { rule, entity }, subject))
  })

  routes.post(`${base}/check`, async (request, response) => {
    const { changeset } = parseParameters(queryOf(request), ['changeset'])
    const { context: inForce, body } = await open(deps, request, ['rule', 'entity'])
    requireKeys(body, ['rule', 'entity'])
    const context = changeset === undefined ? inForce : await inDraft(deps, inForce, changeset)
    sendData(response, 200, check(context, body.rule, textAt(body, 'entity')))
  })

  routes.post(`${base}/parse`, async (request, response) => {
    noParameters(request)
    const { context, body } = await open(deps, request, ['text', 'entity'])
    requireKeys(body, ['text'])
    const entity = optionalText(body, 'entity')
    const names =
      entity === undefined ? undefined : textNames(sightNames(context), entityFor(context, entity).name)
    const rule = unprocessable(() => requireRuleText(textAt(body, 'text'), names, '/text'))
    sendData(response, 200, { rule })
  })

  routes.post(`${base}/print`, async (request, response) => {
    noParameters(request)
    const { context, body } = await open(deps, request, ['rule', 'entity', 'language'])
    requireKeys(body, ['rule', 'entity'])
    const written = optionalText(body, 'language')
    if (written !== undefined && written !== 'en' && written !== 'zh-CN') {
      throw refuse('FIELD_TYPE_WRONG', '/language', { params: { expected: 'en, zh-CN' } })
    }
    const language = written ?? languageFor(request, context)
    sendData(response, 200, print(context, body, language))
  })

  routes.get(`${base}/catalogue`, async (request, response) => {
    const { entity } = parseParameters(queryOf(request), ['entity'])
    const context = await openContext(deps, request)
    const found = entity === undefined ? undefined : entityFor(context, entity)
    sendData(response, 200, presentCatalogue(context, found, languageFor(request, context)))
  })

  return routes
}

type Body = Readonly<Record<string, unknown>>

async function open(
  deps: HttpDeps,
  request: IncomingMessage,
  keys: readonly string[],
): Promise<{ readonly context: RequestContext; readonly body: Body }> {
  const context = await openContext(deps, request)
  const body = await readJsonBody(request, MAX_BODY_BYTES)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refuse('HTTP_BODY_NOT_OBJECT')
  const unknown = Object.keys(body).filter((key) => !keys.includes(key))
  if (unknown.length > 0) {
    const faults = unknown
      .slice(0, 100)
      .map((name) => problem('FIELD_UNKNOWN', pointerTo(name), { params: { name } }))
    throw new AppError(faults)
  }
  return { context, body: body as Body }
}

/**
 * The same with what a draft holds that is not in force, for those who edit definitions.
 * @throws AppError AUTH_DENIED; META_CHANGESET_UNKNOWN, META_CHANGESET_CLOSED, META_BASE_MOVED
 */
async function inDraft(deps: HttpDeps, context: RequestContext, changeset: string): Promise<RequestContext> {
  if (!context.access.edits()) throw refuse('AUTH_DENIED')
  return requestContext({ ...context, model: await modelOfDraft(deps, context, changeset) })
}

function pointerTo(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** A rule may be null and data may be anything, so being there is what counts. @throws AppError FIELD_REQUIRED */
function requireKeys(body: Body, keys: readonly string[]): void {
  const missing = keys.filter((key) => !Object.hasOwn(body, key))
  if (missing.length > 0) throw new AppError(missing.map((key) => problem('FIELD_REQUIRED', `/${key}`)))
}

function textAt(body: Body, key: string): string {
  const value = body[key]
  if (typeof value === 'string') return value
  const expected = { en: 'text', 'zh-CN': '文本' }
  throw refuse('FIELD_TYPE_WRONG', `/${key}`, { params: { expected } })
}

function optionalText(body: Body, key: string): string | undefined {
  return body[key] === undefined || body[key] === null ? undefined : textAt(body, key)
}

function languageFor(request: IncomingMessage, context: RequestContext): Language {
  return languageOf(request, context.actor.language)
}

/** A rule, read from its text form where it is one. @throws AppError RULE_TEXT_INVALID */
function ruleOf(context: RequestContext, body: Body, entity: string, status: number): unknown {
  if (typeof body.rule !== 'string') return body.rule
  const names = textNames(sightNames(context), entityFor(context, entity).name)
  const read = readRuleText(body.rule, names, '/rule')
  if ('problem' in read) throw new AppError(read.problem, { status })
  return read.rule
}

/** What is wrong with a rule is wrong with what was sent: 422, where a filter in an address would be a 400. */
function unprocessable<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof AppError) throw new AppError(error.problems, { status: 422, cause: error })
    throw error
  }
}

function check(context: RequestContext, written: unknown, name: string): object {
  const { language } = context.actor
  const entity = entityFor(context, name)
  const names = sightNames(context)
  const spans = new Map<string, readonly [number, number]>()
  let rule = written
  if (typeof written === 'string') {
    const read = readRuleText(written, textNames(names, entity.name), '/rule', spans)
    if ('problem' in read) return { valid: false, problems: [presentFault(read.problem, context)] }
    rule = read.rule
  }
  const { typed, problems } = checkRule(rule, engineScope(context, entity), 'any', { runner: 'engine' })
  const faults = (found: readonly Problem[]) =>
    found.map((fault) => {
      const span = typeof written === 'string' ? spanOf(spans, fault.path) : undefined
      return presentFault({ ...fault, path: `/rule${fault.path}`, ...(span && { span }) }, context)
    })
  if (typed === undefined) return { valid: false, rule, problems: faults(problems) }
  const reads = pathsOf(typed)
  const forDatabase = checkRule(rule, sightScope(context, entity), 'any')
  return {
    valid: true,
    type: typed.type,
    rule,
    text: printRule(rule),
    sentence: describeRule(typed, ruleNames(names, entity.name, language), language),
    reads: { fields: fieldPathsOf(reads), lists: [...reads.lists.keys()] },
    problems: [],
    // What stands in the way of a filter or a list, which the database answers.
    database: faults(forDatabase.problems),
  }
}

function print(context: RequestContext, body: Body, language: Language): object {
  const entity = entityFor(context, textAt(body, 'entity'))
  const rule = ruleOf(context, body, entity.name, 422)
  const { typed, problems } = checkRule(rule, engineScope(context, entity), 'any', { runner: 'engine' })
  if (typed === undefined) {
    throw new AppError(
      problems.map((fault) => ({ ...fault, path: `/rule${fault.path}` })),
      { status: 422 },
    )
  }
  try {
    const sentence = describeRule(typed, ruleNames(sightNames(context), entity.name, language), language)
    return { text: printRule(rule), sentence }
  } catch (error) {
    if (error instanceof RuleNotPrintable) throw refuse('RULE_SHAPE_INVALID', '/rule')
    throw error
  }
}
