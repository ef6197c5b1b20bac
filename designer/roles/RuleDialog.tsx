import { Segmented } from 'antd'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseRule } from '../../metadata/rules/text/parse-rule.ts'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import { FilterPanel } from '../../runtime-ui/screens/list/FilterPanel.tsx'
import { fromRule, toRule } from '../../runtime-ui/screens/list/filter-rule.ts'
import { capital } from '../../runtime-ui/screens/rights/reach-words.tsx'
import { RuleText } from '../inspector/controls/RuleText.tsx'
import { printedRule } from '../inspector/printed-rule.ts'
import { isObject, type Json, valueAt, withValue } from '../store/json-value.ts'
import { useLiveEntity } from '../views/use-live-entity.ts'
import { usePlace } from './ChangeLine.tsx'
import { entityTold, faultAt, useTold } from './use-told.ts'

interface RuleDialogProps {
  readonly entity: string
  readonly role: Json
  readonly path: readonly string[]
  readonly onSay: (rule: unknown) => void
  readonly onClose: () => void
}

/** Says a right by a rule: by conditions on fields, or as it is written where it asks about the actor. */
export function RuleDialog({ entity: name, role, path, onSay, onClose }: RuleDialogProps) {
  const { t } = useTranslation()
  const place = usePlace()
  const { drawn: entity } = useLiveEntity(name)
  const said = valueAt(role, path)
  const rule = isObject(said) ? said : undefined
  const group = rule === undefined ? { combinator: 'and' as const, rules: [] } : fromRule(rule)
  const canBuild = entity !== undefined && group !== undefined
  const [way, setWay] = useState<'build' | 'write'>(canBuild ? 'build' : 'write')
  return (
    <Sheet open title={place(path)} width={620} onClose={onClose}>
      <div className="rule-dialog">
        <Segmented
          aria-label={t('roles.ruleWay')}
          value={way}
          options={[
            { value: 'build', label: t('roles.ruleWay.build'), disabled: !canBuild },
            { value: 'write', label: t('roles.ruleWay.write') },
          ]}
          onChange={(value) => setWay(value as typeof way)}
        />
        {way === 'build' && entity !== undefined ? (
          <FilterPanel
            entity={entity}
            group={group ?? { combinator: 'and', rules: [] }}
            onApply={(next) => {
              const built = toRule(next)
              if (built === undefined) onClose()
              else onSay(built)
            }}
          />
        ) : (
          <WrittenRule {...{ rule, role, path, onSay }} entity={name} />
        )}
      </div>
    </Sheet>
  )
}

type WrittenRuleProps = Omit<RuleDialogProps, 'onClose'> & { readonly rule: Json | undefined }

const ROWS = { minRows: 4, maxRows: 18 }

function WrittenRule({ entity, rule, role, path, onSay }: WrittenRuleProps) {
  const { t, i18n } = useTranslation()
  const [text, setText] = useState(rule === undefined ? '' : printedRule(rule))
  const { rule: parsed, fault: unread } = parse(text, t, i18n.language)
  const told = useTold(parsed === undefined ? undefined : (withValue(role, path, parsed) as Json))
  const fault = faultAt(told.data, path)
  const isSound = parsed !== undefined && fault === undefined && told.isSuccess && !told.isPlaceholderData
  return (
    <>
      <div className="field">
        <label htmlFor="rule-text">{t('roles.ruleText')}</label>
        <RuleText
          id="rule-text"
          entity={entity}
          rows={ROWS}
          placeholder={t('roles.ruleExample')}
          isFaulty={unread !== undefined || fault !== undefined}
          describedBy="rule-words"
          value={text}
          onChange={setText}
        />
      </div>
      <div id="rule-words" className="t13 rule-words" aria-live="polite">
        {text === '' ? <p className="ink-3">{t('roles.ruleHelp')}</p> : null}
        {unread === undefined ? null : <p className="bad">{unread}</p>}
        {fault === undefined ? null : <p className="bad">{fault}</p>}
        {parsed !== undefined && told.isFetching ? <LoadingRows rows={1} /> : null}
        {isSound ? <p>{sentenceOf(told.data, path)}</p> : null}
      </div>
      <span className="row">
        <Button type="primary" disabled={!isSound} onClick={() => onSay(parsed)}>
          {t('roles.take')}
        </Button>
      </span>
    </>
  )
}

/** What is written: in the words of rules, or as it is stored. A fault is told by what was expected there. */
function parse(
  text: string,
  t: TFunction,
  language: string,
): { readonly rule?: Json; readonly fault?: string } {
  if (text.trim() === '') return {}
  if (!text.trimStart().startsWith('{')) {
    const read = parseRule(text)
    if ('fault' in read) return { fault: textIn({ ...read.fault.hint }, language, '') }
    return isObject(read.rule) ? { rule: read.rule } : { fault: t('roles.ruleHelp') }
  }
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value) && Object.keys(value).length === 1) return { rule: value }
  } catch {
    // It is told below, as of any other object.
  }
  return { fault: t('json.broken') }
}

/** What the rule comes to in the engine's words. */
function sentenceOf(told: ReturnType<typeof useTold>['data'], path: readonly string[]): string {
  const [, name = '', right = '', field = '', way] = path
  const entity = entityTold(told, name)
  if (right !== 'fields') {
    const reach = entity?.rights[right]
    return typeof reach === 'object' ? capital(reach) : ''
  }
  const sight = entity?.fields.find((one) => one.name === field)
  if (sight === undefined) return ''
  return capital(way === 'edit' ? sight.edits : sight.sees)
}
