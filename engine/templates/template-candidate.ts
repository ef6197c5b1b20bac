import { AppError } from '../errors.ts'
import { upgradeBuiltIns } from '../model/bootstrap.ts'
import { buildCandidate, toSound } from '../model/candidate.ts'
import { checkCandidate } from '../model/check.ts'
import type { DefinitionSet } from '../model/compiled.ts'
import { toDefinitionSet } from '../model/definition-set.ts'
import { planImport } from '../model/import.ts'
import type { Registry } from '../registry/registry.ts'
import { answerTemplate } from './answer-template.ts'
import type { Template } from './read-template.ts'

/**
 * What would be in force in a new workspace with nothing but this template, its parameters answered by their defaults.
 * @throws AppError with every problem of the definitions, paths as the check gives them
 */
export function templateCandidate(template: Template, registry: Registry): DefinitionSet {
  const { definitions } = answerTemplate(template, registry)
  const base = upgradeBuiltIns(toDefinitionSet([]), registry)
  const written = definitions.map(({ definition }) => definition)
  const items = planImport(base, written, registry, { isWhole: false })
  const candidate = buildCandidate(base, items, registry)
  const problems = checkCandidate(candidate.definitions, registry, candidate.changed)
  if (problems.length > 0) throw new AppError(problems)
  return toSound(candidate.definitions)
}
