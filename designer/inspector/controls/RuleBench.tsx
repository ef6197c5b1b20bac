import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity } from '../../../runtime-ui/api/types.ts'
import { Icon } from '../../../runtime-ui/kit/icons/Icon.tsx'
import { useLanguage, useWork } from '../../../runtime-ui/kit/model-context.tsx'
import { today } from '../../../runtime-ui/kit/zoned.ts'
import { conditionText } from '../../../runtime-ui/screens/list/filter-text.ts'
import { RecordPicker } from '../../../runtime-ui/widgets/RecordPicker.tsx'
import { PreviewFault } from '../../connections/MessagePreview.tsx'
import { evaluateRule } from '../../store/rule-api.ts'
import { useRuleCheck } from '../../store/use-rule-check.ts'
import { type BenchLine, benchLines } from '../bench-parts.ts'
import { useRested } from '../use-rested.ts'
import { BenchFields, type TypedValues } from './BenchFields.tsx'

interface RuleBenchProps {
  readonly entity: Entity
  readonly rule: unknown
}

type Way = 'record' | 'typed'
const WAYS: readonly Way[] = ['record', 'typed']

/** A rule tried on a record, or on typed values: what of it holds and what does not, condition by condition. */
export function RuleBench({ entity, rule }: RuleBenchProps) {
  const { t } = useTranslation()
  const [way, setWay] = useState<Way>('record')
  return (
    <section className="rule-bench" aria-label={t('bench.title')}>
      <Segmented<Way>
        size="small"
        aria-label={t('bench.way')}
        value={way}
        options={WAYS.map((value) => ({ value, label: t(`bench.way.${value}`) }))}
        onChange={setWay}
      />
      {way === 'record' ? <OnRecord {...{ entity, rule }} /> : <OnTyped {...{ entity, rule }} />}
    </section>
  )
}

function OnRecord({ entity, rule }: RuleBenchProps) {
  const { t } = useTranslation()
  const [record, setRecord] = useState<string>()
  const tried = useQuery({
    queryKey: ['rules', 'tried', entity.name, record, rule],
    queryFn: () => evaluateRule(rule, entity.name, { id: record! }),
    enabled: record !== undefined,
    retry: false,
  })
  return (
    <>
      <RecordPicker
        className="wide"
        entity={entity.name}
        aria={{ 'aria-label': t('bench.record', { entity: entity.label }) }}
        value={record}
        onChange={setRecord}
      />
      {record === undefined ? <p className="t12 ink-3">{t('bench.help')}</p> : null}
      {tried.isError ? <PreviewFault error={tried.error} retry={() => void tried.refetch()} /> : null}
      {tried.data === undefined ? null : <Lines entity={entity} lines={benchLines(rule, tried.data.parts)} />}
    </>
  )
}

/** Milliseconds of rest before what is typed is tried. */
const REST_MS = 300

function OnTyped({ entity, rule }: RuleBenchProps) {
  const { t } = useTranslation()
  const [values, setValues] = useState<TypedValues>({})
  const told = useQuery(useRuleCheck(entity.name).query(rule))
  const reads = told.data?.valid === true ? told.data.reads : undefined
  // What the rule no longer reads is not sent along.
  const asked = useRested(
    Object.fromEntries(Object.entries(values).filter(([path]) => reads?.fields.includes(path) === true)),
    REST_MS,
  )
  const tried = useQuery({
    queryKey: ['rules', 'tried', entity.name, 'typed', asked, rule],
    queryFn: () => evaluateRule(rule, entity.name, { values: asked }),
    enabled: reads !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  })
  if (reads === undefined) return null
  return (
    <>
      <BenchFields entity={entity} paths={reads.fields} values={values} onChange={setValues} />
      {reads.lists.length === 0 ? null : <p className="t12 ink-3">{t('bench.noLists')}</p>}
      {tried.isError ? <PreviewFault error={tried.error} retry={() => void tried.refetch()} /> : null}
      {tried.data === undefined || tried.isError ? null : (
        <Lines entity={entity} lines={benchLines(rule, tried.data.parts)} />
      )}
    </>
  )
}

function Lines({ entity, lines }: { readonly entity: Entity; readonly lines: readonly BenchLine[] }) {
  const { t } = useTranslation()
  const check = useRuleCheck(entity.name)
  const told = useQueries({ queries: lines.map(({ rule }) => check.query(rule)) })
  const said = useSaidValue(entity)
  return (
    <ul className="bench-lines" aria-live="polite">
      {lines.map((line, at) => {
        const answer = told[at]?.data
        const isCondition = typeof line.value === 'boolean'
        return (
          <li key={line.path} className={`depth-${Math.min(line.depth, 3)}`} data-part={line.path}>
            {isCondition ? (
              <span className={line.value === true ? 'bench-mark good' : 'bench-mark bad'}>
                <Icon name={line.value === true ? 'check' : 'close'} size="small" />
                {t(line.value === true ? 'bench.holds' : 'bench.fails')}
              </span>
            ) : (
              <span className="bench-mark">{said('', line.value)}</span>
            )}
            <span className="bench-words">
              <span>{answer?.valid === true ? answer.sentence : ''}</span>
              {line.facts.map(({ field, value }) => (
                <span key={field} className="t12 ink-2">
                  {`${entity.fields.find(({ name }) => name === field)?.label ?? field}: ${said(field, value)}`}
                </span>
              ))}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** What a field holds, as people read it. */
function useSaidValue(entity: Entity): (field: string, value: unknown) => string {
  const { t } = useTranslation()
  const language = useLanguage()
  const { model } = useWork()
  return (field, value) => {
    if (value === null || value === undefined || value === '') return t('bench.empty')
    if (typeof value === 'object' && !Array.isArray(value)) return JSON.stringify(value)
    const context = {
      t,
      language,
      today: today(model.timeZone),
      names: new Map<string, string>(),
      entities: model.entities,
    }
    const plain = typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value
    return conditionText(entity, { field, operator: '==', value: plain }, context).value
  }
}
