import { Router } from 'express'
import { nearest } from '../../../metadata/nearest.ts'
import { AppError, didYouMean, type Language, problem, refuse } from '../../errors.ts'
import { toSound } from '../../model/candidate.ts'
import type { DefinitionSet } from '../../model/compiled.ts'
import { checkDraft } from '../../model/plan.ts'
import { failingAlready } from '../../model/prove.ts'
import type { PublishDeps } from '../../model/publish.ts'
import { rebaseDraft } from '../../model/rebase.ts'
import { requirementsOf } from '../../model/requirements.ts'
import { loadScenarioRun, saveScenarioRun } from '../../model/scenario-runs.ts'
import { runScenarios } from '../../quality/run-scenarios.ts'
import type { RequestContext } from '../../records/context.ts'
import { readShape } from '../body-shape.ts'
import type { HttpDeps } from '../deps.ts'
import { languageOf } from '../language.ts'
import { editorContext, workspaceDeps } from '../meta/meta-context.ts'
import { presentScenario, presentTried } from '../meta/present-meta.ts'
import { type Register, SHEETS, type SheetType, sheetHeaders, sheetOf } from '../meta/requirement-sheet.ts'
import { parseParameters } from '../parameters.ts'
import { noParameters, queryOf } from '../query-of.ts'
import { readOptionalJsonBody } from '../read-body.ts'
import { send, sendData } from '../respond.ts'

/** The register of requirements, its sheets for print, and the scenarios of what is in force. */
export function requirementRoutes(deps: HttpDeps): Router {
  const routes = Router()

  routes.get('/api/meta/requirements', async (request, response) => {
    const context = await editorContext(deps, request)
    noParameters(request)
    const language = languageOf(request, context.actor.language)
    sendData(response, 200, presentRegister(await registerOf(context), language))
  })

  routes.get('/api/meta/requirements/sheet', async (request, response) => {
    const context = await editorContext(deps, request)
    const { type, language } = parseParameters(queryOf(request), ['type', 'language'])
    const sheet = oneOf<SheetType>(type, 'type', SHEETS, 'confirmation')
    const shown = oneOf<Language>(
      language,
      'language',
      ['en', 'zh-CN'],
      languageOf(request, context.actor.language),
    )
    const html = sheetOf(sheet, await registerOf(context), shown)
    send(response, 200, 'text/html; charset=utf-8', html, sheetHeaders)
  })

  routes.post('/api/meta/scenarios/run', async (request, response) => {
    const context = await editorContext(deps, request)
    noParameters(request)
    if (context.actor.viewer !== undefined) throw refuse('AUTH_VIEW_READ_ONLY')
    const { names, changeset } = readShape((await readOptionalJsonBody(request)) ?? {}, RUN)
    const { db, registry } = deps
    const { workspace, settings, schema, version } = context.model
    const { definitions, failing } =
      changeset === undefined
        ? { definitions: context.model.definitions, failing: new Set<string>() }
        : await candidateOf(workspaceDeps(deps, context), changeset)
    const only = names === undefined ? undefined : knownNames(names, definitions)
    const results = await runScenarios({ db, registry, workspace, settings, definitions, only })
    // What a draft's say is the draft's alone: the register tells of what is in force.
    if (changeset === undefined) await saveScenarioRun(db, schema, version, results)
    const language = languageOf(request, context.actor.language)
    sendData(
      response,
      200,
      results.map((result) => presentTried(result, failing, language)),
    )
  })

  return routes
}

async function registerOf({ db, model }: RequestContext): Promise<Register> {
  const run = await loadScenarioRun(db, model.schema)
  const isCurrent = run?.version === model.version
  const results = isCurrent ? run.results : []
  return {
    workspace: model.workspace,
    version: model.version,
    ranAt: isCurrent ? run.ranAt : undefined,
    timeZone: model.settings.timeZone,
    requirements: requirementsOf(model.translated, results),
    results,
  }
}

function presentRegister({ version, ranAt, requirements, results }: Register, language: Language): object {
  const byName = new Map(results.map((result) => [result.name, result]))
  return {
    version,
    ran_at: ranAt ?? null,
    requirements: requirements.map(({ requirement, priority, satisfiedBy, provedBy }) => ({
      requirement,
      priority,
      satisfied_by: satisfiedBy.map((one) => ({ ...one, label: one.label[language] })),
      proved_by: provedBy.map(({ name, label, passed }) => {
        const result = byName.get(name)
        const { story } = result === undefined ? { story: [] } : presentScenario(result, language)
        return { name, label: label[language], passed, story }
      }),
    })),
  }
}

/** Which scenarios are run, and whether on a draft. */
const RUN = { names: 'texts?', changeset: 'text?' } as const

/**
 * What a draft would put in force, and the scenarios of it that fail already.
 * @throws AppError META_CHANGESET_*, and with every problem of the check
 */
async function candidateOf(workspace: PublishDeps, changesetId: string): Promise<Candidate> {
  const { changeset, state } = await rebaseDraft(workspace, changesetId)
  const { problems, definitions } = checkDraft(state.definitions, changeset, workspace.registry)
  if (problems.length > 0) throw new AppError(problems)
  const candidate = toSound(definitions)
  const failing = await failingAlready(workspace.db, workspace.schema, state, candidate)
  return { definitions: candidate, failing }
}

interface Candidate {
  readonly definitions: DefinitionSet
  /** By name. */
  readonly failing: ReadonlySet<string>
}

/** @throws AppError META_SCENARIO_UNKNOWN for each name that no scenario has */
function knownNames(names: readonly string[], { scenario }: DefinitionSet): readonly string[] {
  const known = [...scenario.keys()]
  const problems = names.flatMap((name, index) =>
    known.includes(name)
      ? []
      : [
          problem('META_SCENARIO_UNKNOWN', `/names/${index}`, {
            params: { name: name.slice(0, 80).toWellFormed() },
            hint: didYouMean(nearest(name.slice(0, 80), known)),
          }),
        ],
  )
  if (problems.length > 0) throw new AppError(problems)
  return names
}

/** @throws AppError HTTP_PARAMETER_INVALID with what it may be */
function oneOf<T extends string>(
  written: string | undefined,
  name: string,
  known: readonly T[],
  otherwise: T,
): T {
  if (written === undefined) return otherwise
  const found = known.find((one) => one === written)
  if (found !== undefined) return found
  const list = known.join(', ')
  const hint = { en: `One of: ${list}.`, 'zh-CN': `可选：${list}。` }
  throw refuse('HTTP_PARAMETER_INVALID', `/${name}`, { params: { name }, hint })
}
