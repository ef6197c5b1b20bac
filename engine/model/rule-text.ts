import type { TextNames } from '../../metadata/rules/text/nodes.ts'
import { parseRule } from '../../metadata/rules/text/parse-rule.ts'
import { AppError, type Problem } from '../errors.ts'

/** Reads a rule's text form. The problem of one that cannot be read points to the character. */
export function readRuleText(
  text: string,
  names: TextNames | undefined,
  path: string,
  spans?: Map<string, readonly [number, number]>,
): { readonly rule: unknown } | { readonly problem: Problem } {
  const parsed = parseRule(text, { ...(names && { names }), ...(spans && { spans }) })
  if ('rule' in parsed) return parsed
  const { start, end, hint } = parsed.fault
  // People count characters, editors count UTF-16 units.
  const at = [...text.slice(0, start)].length + 1
  return { problem: { code: 'RULE_TEXT_INVALID', path, params: { at }, hint, span: [start, end] } }
}

/** @throws AppError RULE_TEXT_INVALID */
export function requireRuleText(
  text: string,
  names: TextNames | undefined,
  path: string,
  spans?: Map<string, readonly [number, number]>,
): unknown {
  const read = readRuleText(text, names, path, spans)
  if ('problem' in read) throw new AppError(read.problem)
  return read.rule
}

/** Where the part of a rule at a pointer, or the nearest part around it, stands in its text. */
export function spanOf(
  spans: ReadonlyMap<string, readonly [number, number]>,
  pointer: string,
): readonly [number, number] | undefined {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const span = spans.get(at)
    if (span !== undefined || at === '') return span
  }
}
