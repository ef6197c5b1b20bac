import type { ReportDefinition } from '../../metadata/types.ts'
import { AppError } from '../errors.ts'
import { acceptDefinition } from '../model/accept.ts'
import { checkDefinition } from '../model/check-shape.ts'
import { reportKind } from '../model/kinds/report.ts'
import { isRecord } from '../model/pointer.ts'
import { readRuleTexts } from '../model/read-rule-texts.ts'
import type { RequestContext } from '../records/context.ts'
import type { Registry } from '../registry/registry.ts'
import { NO_QUESTION } from './parse-question.ts'
import { parseReport } from './parse-report.ts'

/**
 * A report that is not saved, checked for whoever sent it: first its shape, then what of it they may know, and only then
 * what it means in the model, so that no hint tells of what they may not know.
 * @throws AppError with every problem, paths into the definition
 */
export function previewDefinition(
  context: RequestContext,
  registry: Registry,
  raw: unknown,
): ReportDefinition {
  const named = isRecord(raw) ? { kind: 'report', name: 'preview', ...raw } : raw
  const name = isRecord(named) && typeof named.name === 'string' ? named.name : 'preview'
  const accepted = acceptDefinition(named, 'report', name)
  const { definitions } = context.model
  const read = readRuleTexts(accepted, 'report', definitions.entity.values(), registry)
  const shape = checkDefinition(read, 'report', name, registry)
  if (shape.length > 0) throw new AppError(shape)
  const definition = read as unknown as ReportDefinition
  parseReport(context, definition, NO_QUESTION)
  const meaning = reportKind.check(definition, { definitions, registry })
  if (meaning.length > 0) throw new AppError(meaning)
  return definition
}
