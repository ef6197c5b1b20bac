import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiProblem, type ProblemItem } from '../../../api/problem.ts'
import { getForm } from '../../../api/records.ts'
import type { Entity, Field, RecordData } from '../../../api/types.ts'
import { defaultsOf } from '../../../forms/form-data.ts'
import { Button } from '../../../kit/Button.tsx'
import { LoadingRows } from '../../../kit/Loading.tsx'
import { useWork } from '../../../kit/model-context.tsx'
import { ProblemState } from '../../../kit/State.tsx'
import { toast } from '../../../kit/toast.tsx'
import { MOD_KEY } from '../../../kit/use-shortcut.ts'
import { useTimeWords } from '../../../times/use-time-words.ts'
import { titleOf } from '../../../values/references.ts'
import { AskedField } from '../../../widgets/AskedField.tsx'
import { newChildAddress } from '../../form/presets.ts'
import { useRefusal } from '../use-delete.ts'
import './composer.css'
import { followUpBody, followUpOf, timeValue } from './follow-up.ts'
import { NextStep } from './NextStep.tsx'
import { aboutValue, isWide, type NewActivity, quickFields, startValues } from './quick-fields.ts'
import { type Noted, NoteRefused, useNoteDown } from './use-note-down.ts'

export interface QuickFormProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly activity: NewActivity
  /** What the activity is about, where that is not there yet: it is made first. */
  readonly first?: Noted
  readonly onDone: () => void
}

type Values = Readonly<Record<string, unknown>>

/** A few fields of a call, a task, a meeting, filled in without leaving the record. */
export function QuickForm(props: QuickFormProps) {
  const { t, i18n } = useTranslation()
  const { model } = useWork()
  const { entity } = props.activity
  const query = useQuery({
    queryKey: ['form', entity.name, 'quick', i18n.language],
    queryFn: () => getForm(entity.name),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (query.isError)
    return <ProblemState error={query.error} title={t('form.failed')} retry={() => void query.refetch()} />
  if (query.data === undefined) return <LoadingRows rows={2} />
  const properties = (query.data.schema as { readonly properties?: object }).properties ?? {}
  const known = new Set(Object.keys(properties))
  const followUp = followUpOf(entity, props.entity, model.entities)
  const fields = quickFields(props.activity, known, followUp === undefined ? [] : [entity.activity?.next])
  return (
    <Fields
      {...props}
      {...{ fields, followUp }}
      defaults={defaultsOf(query.data.schema)}
      next={entity.fields.find(({ name }) => name === entity.activity?.next && known.has(name))}
    />
  )
}

interface FieldsProps extends QuickFormProps {
  readonly fields: readonly Field[]
  readonly defaults: Values
  readonly followUp: ReturnType<typeof followUpOf>
  /** Where the activity itself says when to be in touch again. */
  readonly next: Field | undefined
}

function Fields(props: FieldsProps) {
  const { entity, record, activity, first, onDone, fields, defaults, followUp, next } = props
  const { t } = useTranslation()
  const { timeZone } = useWork().model
  const refuse = useRefusal()
  const noteDown = useNoteDown()
  const title = titleOf(entity, record)
  useSelectedTitle(activity)
  const [start] = useState<Values>(() => ({
    ...Object.fromEntries(fields.flatMap(({ name }) => (name in defaults ? [[name, defaults[name]]] : []))),
    ...startValues(
      activity,
      { entity, record },
      { title: t('composer.callWith', { title }), now: new Date().toISOString() },
    ),
  }))
  const [values, setValues] = useState(start)
  const [problems, setProblems] = useState<readonly ProblemItem[]>([])
  const [nextProblem, setNextProblem] = useState<string>()
  const [nextText, setNextText] = useState('')
  const said = useTimeWords(nextText)
  const nextTitle = t('next.touch', { title })
  const bodyOf = (id: string): Values => ({
    // What would begin with a default and was cleared begins empty.
    ...Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => {
        const isEmpty = value === undefined || value === ''
        return isEmpty && !(name in defaults) ? [] : [[name, isEmpty ? null : value]]
      }),
    ),
    ...(next === undefined || said === undefined ? {} : { [next.name]: timeValue(next, said, timeZone) }),
    [activity.by.name]: aboutValue(activity, entity.name, id),
  })
  const tell = (error: unknown): void => {
    const { at, reason } = error instanceof NoteRefused ? error : { at: 0, reason: error }
    const items = reason instanceof ApiProblem ? reason.items : []
    const place = first === undefined ? at : at - 1
    if (place > 0) {
      const isAnswer = reason instanceof ApiProblem && reason.status !== 0
      setNextProblem(items[0]?.message ?? (isAnswer ? reason.message : t('state.unreachable')))
      return
    }
    setProblems(items)
    if (place < 0 || !items.some(({ path }) => fields.some(({ name }) => fieldIn(path) === name)))
      refuse(reason)
  }
  const send = async (): Promise<void> => {
    if (followUp !== undefined && nextText.trim() !== '' && said === undefined) {
      setNextProblem(t('next.unclear'))
      return
    }
    const idOf = (made: readonly RecordData[]): string => (first === undefined ? record.id : made[0]!.id)
    const steps = [
      ...(first === undefined ? [] : [() => first]),
      (made: readonly RecordData[]) => ({ entity: activity.entity.name, body: bodyOf(idOf(made)) }),
      ...(followUp === undefined || said === undefined
        ? []
        : [
            (made: readonly RecordData[]) => ({
              entity: followUp.entity.name,
              body: followUpBody(
                followUp,
                { entity: entity.name, id: idOf(made) },
                ...([said, nextTitle, timeZone] as const),
              ),
            }),
          ]),
    ]
    try {
      const made = await noteDown(steps)
      if (made === undefined) return
      toast({ text: t('composer.done', { entity: activity.entity.label }) })
      onDone()
    } catch (error) {
      tell(error)
    }
  }
  return (
    <form
      noValidate
      className="quick-form"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send()
      }}
    >
      {fields.map((field, index) => (
        <AskedField
          key={field.name}
          form="quick"
          entity={activity.entity}
          record={null}
          field={field}
          required={field.required}
          starred
          wide={isWide(activity.entity, field)}
          first={index === 0}
          value={values[field.name]}
          problem={problems.find(({ path }) => fieldIn(path) === field.name)?.message}
          onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      {followUp === undefined ? null : (
        <NextStep
          {...{ followUp, said }}
          text={nextText}
          title={nextTitle}
          problem={nextProblem}
          onText={(text) => {
            setNextText(text)
            setNextProblem(undefined)
          }}
        />
      )}
      <div className="row quick-foot">
        {first === undefined ? (
          <Link
            className="link t13"
            to={newChildAddress(activity.entity, activity.by.name, entity.name, record.id)}
          >
            {t('composer.whole')}
          </Link>
        ) : null}
        <span className="end t12 ink-3 no-phone">{MOD_KEY}↵</span>
        <Button type="primary" htmlType="submit">
          {t('act.save')}
        </Button>
      </div>
    </form>
  )
}

/** A title that is there already is typed over. */
function useSelectedTitle({ entity }: NewActivity): void {
  useEffect(() => {
    document.querySelector<HTMLInputElement>(`input#quick-${entity.title}`)?.select()
  }, [entity.title])
}

/** The field that a JSON pointer into a body leads to. */
const fieldIn = (path: string): string | undefined => path.split('/')[1]
