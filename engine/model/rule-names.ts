import type { RuleNames } from '../../metadata/rules/describe-rule.ts'
import { textIn } from '../../metadata/text.ts'
import type { Language, LocalText } from '../errors.ts'
import { ACTOR_TEAMS } from './actor-scope.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from './compiled.ts'
import { resolveField } from './sql/rule-scope.ts'

/** How one thing of another is called: `{0}` the owner, `{1}` what is its. */
const OF: LocalText = { en: '{1} of {0}', 'zh-CN': '{0}的{1}' }
const MINE: LocalText = { en: 'my {1}', 'zh-CN': '我的{1}' }
const TEAMS: LocalText = { en: 'my teams', 'zh-CN': '我的团队' }

/** What a sentence about a rule over records of the entity calls fields and options, in one language. */
export function ruleNames(model: CompiledModel, entity: CompiledEntity, language: Language): RuleNames {
  const people = model.entities.get('user')
  const find = (path: readonly string[]) => {
    const [holder, steps] = path[0] === 'actor' ? [people, path.slice(1)] : [entity, path]
    return holder === undefined ? undefined : resolveField(model, holder, steps)
  }
  const called = (field: CompiledField): string => textIn(field.label, language, field.name)
  return {
    field(path) {
      if (path.join('.') === ACTOR_TEAMS) return TEAMS[language]
      const found = find(path)
      if (found === undefined) return path.join('.')
      const steps = [...found.through.map((step) => step.field), found.field].map(called)
      const name = steps.reduce((owner, what) => fill(OF[language], owner, what))
      return path[0] === 'actor' ? fill(MINE[language], '', name) : name
    },
    option(path, option) {
      const one = find(path)?.field.options?.find(({ name }) => name === option)
      return one === undefined ? option : textIn(one.label, language, option)
    },
  }
}

function fill(pattern: string, ...parts: readonly string[]): string {
  return pattern.replace(/\{(\d)\}/g, (_, at: string) => parts[Number(at)] ?? '')
}
