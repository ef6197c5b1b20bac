import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { durationWords } from '../../metadata/rules/sentence-words.ts'
import { printRule } from '../../metadata/rules/text/print-rule.ts'
import { textIn } from '../../metadata/text.ts'
import { useEntity, useLanguage, useWork } from '../../runtime-ui/kit/model-context.tsx'
import { checkRule } from '../api.ts'
import { type Schema, titleOf, wordsOf } from '../inspector/schema.ts'
import { definitionIn } from '../store/draft.ts'
import { isObject, type Json } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import { actionSchema } from './step-tree.ts'

type Text = Parameters<typeof textIn>[0]

export interface Words {
  readonly title: string
  readonly text: string
}

/** What the trigger and the steps of a flow do, in a line each. */
export function useStepWords(root: Schema, definition: Json) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { model } = useWork()
  const { index, draft, items } = useStore()
  const trigger = isObject(definition.trigger) ? definition.trigger : {}
  const between = language === 'en' ? ', ' : '、'

  const called = (kind: string, name: unknown): string => {
    if (typeof name !== 'string') return ''
    const key = `${kind}/${name}`
    const made = definitionIn(draft, { kind, name }, items.get(key)?.definition ?? undefined)
    return textIn((made?.label as Text) ?? index.get(key)?.label, language, name)
  }
  const fieldCalled = (entity: unknown, name: string): string => {
    const [first = '', ...rest] = name.split('.')
    const field = model.entities.find((one) => one.name === entity)?.fields.find((one) => one.name === first)
    return [field?.label ?? first, ...rest].join(' › ')
  }
  const duration = (text: unknown): string =>
    typeof text === 'string' && /^P\w+$/.test(text) ? durationWords(text, language) : String(text ?? '')
  const told = useToldRules(trigger.record, [trigger.when, ...conditionsIn(definition.steps)])
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
        if (typeof field === 'string') return fieldCalled(trigger.record, field)
        if (typeof one.leaderOf === 'string')
          return t('steps.leaderOf', { who: fieldCalled(trigger.record, one.leaderOf) })
        return String(one.user ?? one.team ?? '')
      })
      .filter((text) => text !== '')
      .join(between)

  const limit = (one: unknown): string => {
    if (!isObject(one)) return ''
    const field = one.since ?? one.field
    const name = typeof field === 'string' ? fieldCalled(trigger.record, field) : ''
    if (one.before !== undefined) return t('steps.before', { long: duration(one.before), field: name })
    const long = duration(one.after)
    return name === '' ? t('steps.long', { long }) : t('steps.after', { long, field: name })
  }
  const setting = (entity: unknown, ...values: readonly unknown[]): string =>
    values
      .flatMap((one) => (isObject(one) ? Object.keys(one) : []))
      .map((name) => fieldCalled(entity, name))
      .join(between)
  const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ')

  const text = (step: Json): string => {
    const own = step.record === undefined ? trigger.record : undefined
    switch (step.do) {
      case 'create':
        return joined(called('entity', step.entity), setting(step.entity, step.set))
      case 'update':
        return joined(typeof step.record === 'string' ? step.record : '', setting(own, step.set, step.add))
      case 'find':
        return joined(called('entity', step.entity), rule(step.filter ?? step.where))
      case 'notify':
        return joined(people(step.to), textIn(step.title as Text, language, called('message', step.message)))
      case 'tag':
        return list(step.add).concat(list(step.remove)).map(String).join(between)
      case 'document':
        return called('document', step.document)
      case 'run':
        return called('flow', step.flow)
      case 'call':
        return joined(called('connection', step.connection), String(step.operation ?? ''))
      case 'branch':
        return rule(step.when)
      case 'for_each':
        return String(step.in ?? '')
      case 'wait':
        return joined(
          step.until === undefined ? '' : limit(step.until),
          rule(step.when),
          String(step.event ?? ''),
          step.within === undefined ? '' : t('steps.within', { limit: limit(step.within) }),
        )
      default:
        return ''
    }
  }

  return {
    called,
    /** A step by its label, else by what it does. */
    step(step: Json): Words {
      const action = String(step.do ?? '')
      const what = titleOf(actionSchema(root, action), language, wordsOf(action))
      const title = textIn(step.label as Text, language, what)
      return { title, text: text(step) || (title === what ? '' : what) }
    },
    trigger(): Words {
      const entity = called('entity', trigger.record)
      const { time, schedule, event, approval } = trigger
      const when = trigger.when === undefined ? '' : rule(trigger.when)
      if (typeof event === 'string') return { title: t('steps.on.event'), text: event }
      if (typeof approval === 'string')
        return { title: called('approval', approval), text: list(trigger.on).map(act).join(between) }
      if (isObject(schedule)) {
        const every = schedule.every === undefined ? String(schedule.cron ?? '') : duration(schedule.every)
        return { title: t('steps.on.schedule'), text: every }
      }
      if (isObject(time)) return { title: t('steps.on.time', { entity }), text: joined(moment(time), when) }
      if (trigger.on === undefined) return { title: t('steps.on.button', { entity }), text: when }
      const acts = list(trigger.on)
        .map(act)
        .join(language === 'en' ? ' or ' : '或')
      return {
        title: t('steps.on.record', { entity, acts }),
        text: joined(setting(trigger.record, fieldsOf()), when),
      }
    },
  }

  function act(one: unknown): string {
    const key = String(one)
    return ACTS.has(key) ? t(`steps.act.${key}`) : key
  }
  function moment(time: Json): string {
    const field = typeof time.field === 'string' ? fieldCalled(trigger.record, time.field) : ''
    if (time.before === undefined && time.after === undefined) return field
    return time.before === undefined
      ? t('steps.after', { long: duration(time.after), field })
      : t('steps.before', { long: duration(time.before), field })
  }
  function fieldsOf(): Json {
    return Object.fromEntries(list(trigger.fields).map((name) => [String(name), true]))
  }
}

const ACTS: ReadonlySet<string> = new Set([
  ...['created', 'changed', 'deleted', 'restored'],
  ...['submitted', 'approved', 'not_needed', 'rejected', 'returned', 'withdrawn'],
])

/** The conditions of steps, however deep. */
function conditionsIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(conditionsIn)
  if (!isObject(value)) return []
  const own = value.do === 'branch' || value.do === 'wait' ? [value.when] : []
  return [...own, ...Object.values(value).flatMap(conditionsIn)]
}

/** Rules as the engine says them; what it cannot say of the record alone, such as what came of a step, is printed. */
function useToldRules(entity: unknown, rules: readonly unknown[]): (rule: unknown) => string | undefined {
  const { i18n } = useTranslation()
  const known = useEntity(typeof entity === 'string' ? entity : undefined)
  const asked = [...new Map(rules.filter(isObject).map((rule) => [JSON.stringify(rule), rule])).entries()]
  const answers = useQueries({
    queries: asked.map(([, rule]) => ({
      queryKey: ['rules', 'told', known?.name, rule, i18n.language],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => checkRule(rule, known?.name ?? '', signal),
      enabled: known !== undefined,
      staleTime: 60_000,
    })),
  })
  return (rule) => {
    const answer = answers[asked.findIndex(([key]) => key === JSON.stringify(rule))]?.data
    return answer?.valid === true ? answer.sentence : undefined
  }
}
