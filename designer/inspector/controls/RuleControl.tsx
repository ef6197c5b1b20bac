import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../../runtime-ui/kit/icons/Icon.tsx'
import { FilterPanel } from '../../../runtime-ui/screens/list/FilterPanel.tsx'
import { fromRule, isBuilt, isWhole, toRule } from '../../../runtime-ui/screens/list/filter-rule.ts'
import { isSame, type Json } from '../../store/json-value.ts'
import type { RuleChecked } from '../../store/rule-api.ts'
import { useRuleCheck } from '../../store/use-rule-check.ts'
import { useLiveEntity } from '../../views/use-live-entity.ts'
import type { ControlProps } from '../Control.tsx'
import { controlId, useInspected } from '../inspected.ts'
import { printedRule } from '../printed-rule.ts'
import { entityAround } from '../references.ts'
import { type Schema, schemaAt } from '../schema.ts'
import { useReadable } from '../use-readable.ts'
import { useRested } from '../use-rested.ts'
import { RuleText } from './RuleText.tsx'

// Trying comes when somebody tries.
const RuleBench = lazy(async () => ({ default: (await import('./RuleBench.tsx')).RuleBench }))

/** Milliseconds of rest before what is typed is checked. */
const REST_MS = 300

const ROWS = { minRows: 1, maxRows: 10 }

/**
 * A rule in words that people type (`amount > 1000 and stage = 'won'`), checked while it is typed and told as a sentence; or
 * by conditions, where it is made of them. Where the entity is not whole in the draft yet, the engine reads the words when
 * they are stored.
 */
export function RuleControl({ path, value, title }: ControlProps) {
  const { t } = useTranslation()
  const { kind, name, root, definition, readOnly, problems } = useInspected()
  // Of people who are chosen among, rules speak of more than of the record: the engine reads those when they are stored.
  const readable = useReadable()(kind, definition)
  const entityName = OF_PEOPLE.has(path.at(-1) ?? '') ? undefined : entityAround(kind, name, readable, path)
  const { known, drawn: entity } = useLiveEntity(entityName ?? '')
  const group = value === undefined ? EMPTY : typeof value === 'object' ? fromRule(value as Json) : undefined
  const canBuild = entity !== undefined && group !== undefined && !readOnly
  const [chosen, setWay] = useState<'write' | 'build'>()
  const pointer = `/${path.join('/')}`
  const isFaulty = problems.some((one) => one.isQuiet !== true && `${one.path}/`.startsWith(`${pointer}/`))
  // Conditions come first where the rule is made of them, or is none yet; what is wrong with one is told beside its words.
  const way = chosen ?? (canBuild && !isFaulty && isBuilt(value, entity.fields) ? 'build' : 'write')
  const [isTried, setIsTried] = useState(false)
  // Of what it is a condition one says first: until then there is nothing to choose from.
  if (value === undefined && path.length === 1 && hasNoEntityYet(schemaAt(root, definition, []), definition))
    return <p className="t13 ink-3">{t('inspector.entityFirst')}</p>
  return (
    <div className="rule-control">
      {canBuild ? (
        <Segmented
          size="small"
          aria-label={t('inspector.ruleWay', { title })}
          value={way}
          options={(['write', 'build'] as const).map((one) => ({
            value: one,
            label: t(`inspector.ruleWay.${one}`),
          }))}
          onChange={setWay}
        />
      ) : null}
      {way === 'build' && canBuild ? (
        <Built {...{ path, value, entity, group }} onBegun={() => setWay('build')} />
      ) : (
        <Written {...{ path, value }} entity={entityName} onBegun={() => setWay('write')} />
      )}
      {known === undefined || value === undefined || typeof value === 'string' ? null : (
        <>
          <Button
            type="text"
            size="small"
            className="rule-try"
            aria-expanded={isTried}
            icon={<Icon name={isTried ? 'chevron_down' : 'chevron_right'} />}
            onClick={() => setIsTried(!isTried)}
          >
            {t('bench.title')}
          </Button>
          {isTried ? (
            <Suspense fallback={null}>
              <RuleBench entity={known} rule={value} />
            </Suspense>
          ) : null}
        </>
      )}
    </div>
  )
}

/** Whether the definition must name its entity and does not. */
const hasNoEntityYet = (schema: Schema | undefined, definition: Json): boolean =>
  schema?.required?.includes('entity') === true &&
  (definition.entity === undefined || definition.entity === '')

const OF_PEOPLE: ReadonlySet<string> = new Set(['candidates', 'weight'])
const EMPTY = { combinator: 'and' as const, rules: [] }

interface BuiltProps {
  readonly path: ControlProps['path']
  readonly value: unknown
  readonly entity: Parameters<typeof FilterPanel>[0]['entity']
  readonly group: Parameters<typeof FilterPanel>[0]['group']
  readonly onBegun: () => void
}

function Built({ path, value, entity, group, onBegun }: BuiltProps) {
  const { t } = useTranslation()
  const { set } = useInspected()
  const [isUnfinished, setUnfinished] = useState(false)
  // What comes from elsewhere, such as from undo, is built anew; what is built here goes on being built.
  const [shown, setShown] = useState({ value, round: 0 })
  if (!isSame(shown.value, value)) {
    setShown({ value, round: shown.round + 1 })
    setUnfinished(false)
  }
  return (
    <>
      <FilterPanel
        key={shown.round}
        {...{ entity, group }}
        isLive
        onApply={(next) => {
          onBegun()
          const rule = toRule(next)
          setUnfinished(!isWhole(next))
          if (!isWhole(next) || isSame(rule, value)) return
          setShown({ ...shown, value: rule })
          set(path, rule)
        }}
      />
      {isUnfinished ? (
        <p className="t13 ink-2 rule-unfinished" role="status">
          {t(value === undefined ? 'inspector.ruleUnfinishedFirst' : 'inspector.ruleUnfinished')}
        </p>
      ) : null}
    </>
  )
}

interface WrittenProps {
  readonly path: ControlProps['path']
  readonly value: unknown
  /** What the rule is about; undefined where that is not one entity. */
  readonly entity: string | undefined
  readonly onBegun: () => void
}

function Written({ path, value, entity, onBegun }: WrittenProps) {
  const { t } = useTranslation()
  const { readOnly, set } = useInspected()
  const check = useRuleCheck(entity)
  const [text, setText] = useState<string>()
  const asked = useRested(text, REST_MS)
  const told = useQuery(check.query(value))
  const read = useQuery(check.query(asked?.trim() === '' ? undefined : asked))
  const rule = read.data?.valid === true && asked === text ? read.data.rule : undefined
  // What is read is taken once: what comes back from undo is another value, not another reading.
  const take = useRef((_rule: unknown): void => undefined)
  take.current = (next) => {
    if (!isSame(next, value)) set(path, next)
  }
  useEffect(() => {
    if (rule !== undefined) take.current(rule)
  }, [rule])
  const shown = text ?? textOf(value, told.data)
  const checked = text === undefined ? told.data : read.data
  const change = (next: string): void => {
    onBegun()
    setText(next)
    if (next.trim() === '') set(path, undefined)
    else if (entity === undefined || check.isDrafted) set(path, next)
  }
  return (
    <>
      <RuleText
        id={controlId(path)}
        entity={entity}
        disabled={readOnly}
        rows={ROWS}
        placeholder={t('inspector.ruleExample')}
        isFaulty={checked?.valid === false && shown !== ''}
        value={shown}
        onChange={change}
        onBlur={() => {
          if (checked?.valid !== false) setText(undefined)
        }}
      />
      <RuleSaid checked={shown === '' ? undefined : checked} text={text} />
    </>
  )
}

function RuleSaid({
  checked,
  text,
}: {
  readonly checked: RuleChecked | undefined
  readonly text: string | undefined
}) {
  if (checked === undefined) return null
  if (checked.valid) return <p className="t13 ink-2 rule-sentence">{checked.sentence}</p>
  const [problem] = checked.problems
  if (problem === undefined) return null
  const at = problem.span === undefined || text === undefined ? undefined : text.slice(...problem.span)
  return (
    <p className="field-problem t13" role="alert">
      {at === undefined || at === '' ? null : <span className="mono">{`${at} `}</span>}
      {problem.message} {problem.hint ?? ''}
    </p>
  )
}

function textOf(value: unknown, told: RuleChecked | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return value
  return told?.valid === true ? told.text : printedRule(value)
}
