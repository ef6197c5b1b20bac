import type { LocalText } from '../errors.ts'
import type { ScenarioResult, StoryLine } from '../model/scenarios.ts'
import type { CommandContext } from './command.ts'

const MARKS: { readonly [O in StoryLine['outcome']]: string } = { passed: '✓', failed: '✗', skipped: '·' }
const EXPECTED: LocalText = { en: 'expected', 'zh-CN': '期望' }
const FOUND: LocalText = { en: 'found', 'zh-CN': '实际' }

/**
 * Prints the results of scenarios: a line each, and the story of those that failed.
 * @param manner with `isWhole` the story of every one
 */
export function printResults(
  context: CommandContext,
  results: readonly ScenarioResult[],
  { isWhole }: { readonly isWhole: boolean },
): void {
  if (results.length === 0) return
  for (const { name, label, requirement, passed, story } of results) {
    const of = requirement === undefined ? '' : ` [${requirement}]`
    context.print(`${passed ? '✓' : '✗'} ${context.say(label)} (${name})${of}`)
    if (passed && !isWhole) continue
    for (const line of story) printLine(context, line)
  }
  const passed = results.filter((result) => result.passed).length
  context.print(
    context.say({
      en: `${passed} of ${results.length} scenarios pass.`,
      'zh-CN': `${results.length} 个场景中有 ${passed} 个通过。`,
    }),
  )
}

function printLine(
  context: CommandContext,
  { text, outcome, expected, found, problems = [] }: StoryLine,
): void {
  context.print(`    ${MARKS[outcome]} ${context.say(text)}`)
  if (expected !== undefined) context.print(`        ${context.say(EXPECTED)}: ${context.say(expected)}`)
  if (found !== undefined) context.print(`        ${context.say(FOUND)}: ${context.say(found)}`)
  // As a scenario that is written by hand expects them.
  for (const { code, path } of problems) context.print(`        ${`${code} ${path}`.trim()}`)
}
