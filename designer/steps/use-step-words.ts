import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { languageNamed } from '../../runtime-ui/i18n/languages.ts'
import { useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import { useSaid } from '../canvas/use-said.ts'
import { type Schema, titleOf, wordsOf } from '../inspector/schema.ts'
import { isObject, type Json } from '../store/json-value.ts'
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
  const trigger = isObject(definition.trigger) ? definition.trigger : {}
  const between = languageNamed(language).comma

  const { called, fieldCalled, duration, rule, list, people, limit } = useSaid(trigger.record, [
    trigger.when,
    ...conditionsIn(definition.steps),
  ])
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
        return joined(called('connection', step.connection), wordsOf(String(step.operation ?? '')))
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
      if (Object.keys(trigger).length === 0) return { title: t('steps.on.nothing'), text: '' }
      if (trigger.on === undefined) return { title: t('steps.on.button', { entity }), text: when }
      const acts = list(trigger.on).map(act).join(languageNamed(language).or)
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
