import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { durationWords, sentenceLanguage } from '../../metadata/rules/sentence-words.ts'
import { printRule } from '../../metadata/rules/text/print-rule.ts'
import { languageNamed } from '../../runtime-ui/i18n/languages.ts'
import { useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import { isObject } from '../store/json-value.ts'
import { useNames } from '../store/use-names.ts'
import { useRuleCheck } from '../store/use-rule-check.ts'

/**
 * What parts of definitions say, in words: people, limits, rules, names.
 * @param about the entity whose fields are named
 * @param rules those that will be asked for
 */
export function useSaid(about: unknown, rules: readonly unknown[]) {
  const { t } = useTranslation()
  const language = useLanguage()
  const names = useNames()
  const between = languageNamed(language).comma

  const called = (kind: string, name: unknown): string =>
    typeof name === 'string' ? names.called(kind, name) : ''
  const fieldCalled = (entity: unknown, name: string): string =>
    typeof entity === 'string' ? names.field(entity, name) : name.replaceAll('.', ' › ')
  const duration = (text: unknown): string =>
    typeof text === 'string' && /^P\w+$/.test(text)
      ? durationWords(text, sentenceLanguage(language))
      : String(text ?? '')
  const told = useToldRules(about, rules)
  const rule = (one: unknown): string => (one === undefined ? '' : (told(one) ?? printRule(one)))
  const list = (value: unknown): readonly unknown[] =>
    Array.isArray(value) ? value : value === undefined ? [] : [value]

  const people = (who: unknown): string =>
    list(who)
      .map((one) => {
        if (!isObject(one)) return ''
        if (one.role !== undefined) return called('role', one.role)
        if (one.pool !== undefined) return called('pool', one.pool)
        const field = one.field ?? one.contact
        if (typeof field === 'string') return fieldCalled(about, field)
        if (typeof one.leaderOf === 'string')
          return t('steps.leaderOf', { who: fieldCalled(about, one.leaderOf) })
        return String(one.user ?? one.team ?? '')
      })
      .filter((text) => text !== '')
      .join(between)

  const limit = (one: unknown): string => {
    if (!isObject(one)) return ''
    const field = one.since ?? one.field
    const name = typeof field === 'string' ? fieldCalled(about, field) : ''
    if (one.before !== undefined) return t('steps.before', { long: duration(one.before), field: name })
    const long = duration(one.after)
    return name === '' ? t('steps.long', { long }) : t('steps.after', { long, field: name })
  }
  return { called, fieldCalled, duration, rule, list, people, limit, between, language }
}

/** Rules as the engine says them; what it cannot say of the record alone, such as what came of a step, is printed. */
function useToldRules(entity: unknown, rules: readonly unknown[]): (rule: unknown) => string | undefined {
  const check = useRuleCheck(typeof entity === 'string' ? entity : undefined)
  const asked = [...new Map(rules.filter(isObject).map((rule) => [JSON.stringify(rule), rule])).entries()]
  const answers = useQueries({ queries: asked.map(([, rule]) => check.query(rule)) })
  return (rule) => {
    const answer = answers[asked.findIndex(([key]) => key === JSON.stringify(rule))]?.data
    return answer?.valid === true ? answer.sentence : undefined
  }
}
