import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ApiProblem, type ProblemItem } from '../../../api/problem.ts'
import { createRecord, getForm } from '../../../api/records.ts'
import type { Entity, Field, RecordData } from '../../../api/types.ts'
import { createAttemptKeys } from '../../../forms/attempt-key.ts'
import { defaultsOf } from '../../../forms/form-data.ts'
import { Button } from '../../../kit/Button.tsx'
import { LoadingRows } from '../../../kit/Loading.tsx'
import { ProblemState } from '../../../kit/State.tsx'
import { toast } from '../../../kit/toast.tsx'
import { MOD_KEY } from '../../../kit/use-shortcut.ts'
import { AskedField } from '../../../widgets/AskedField.tsx'
import { newChildAddress } from '../../form/presets.ts'
import { useRefusal } from '../use-delete.ts'
import { aboutValue, isWide, type NewActivity, quickFields } from './quick-fields.ts'

export interface QuickFormProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly activity: NewActivity
  readonly onDone: () => void
}

type Values = Readonly<Record<string, unknown>>

/** A few fields of a call, a task, a meeting, filled in without leaving the record. */
export function QuickForm(props: QuickFormProps) {
  const { t, i18n } = useTranslation()
  const { name } = props.activity.entity
  const query = useQuery({
    queryKey: ['form', name, 'quick', i18n.language],
    queryFn: () => getForm(name),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (query.isError)
    return <ProblemState error={query.error} title={t('form.failed')} retry={() => void query.refetch()} />
  if (query.data === undefined) return <LoadingRows rows={2} />
  const properties = (query.data.schema as { readonly properties?: object }).properties ?? {}
  const fields = quickFields(props.activity, new Set(Object.keys(properties)))
  return <Fields {...props} fields={fields} defaults={defaultsOf(query.data.schema)} />
}

interface FieldsProps extends QuickFormProps {
  readonly fields: readonly Field[]
  readonly defaults: Values
}

function Fields({ entity, record, activity, onDone, fields, defaults }: FieldsProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const keyFor = useRef(createAttemptKeys())
  const running = useRef(false)
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries(fields.flatMap(({ name }) => (name in defaults ? [[name, defaults[name]]] : []))),
  )
  const [problems, setProblems] = useState<readonly ProblemItem[]>([])
  const send = async (): Promise<void> => {
    if (running.current) return
    running.current = true
    // What would begin with a default and was cleared begins empty.
    const filled = Object.entries(values).flatMap(([name, value]) => {
      const isEmpty = value === undefined || value === ''
      return isEmpty && !(name in defaults) ? [] : [[name, isEmpty ? null : value]]
    })
    const body = {
      ...Object.fromEntries(filled),
      [activity.by.name]: aboutValue(activity, entity.name, record.id),
    }
    try {
      await createRecord(activity.entity.name, body, keyFor.current(body))
      onDone()
      toast({ text: t('composer.done', { entity: activity.entity.label }) })
      await queryClient.invalidateQueries({ queryKey: ['records'] })
    } catch (error) {
      const items = error instanceof ApiProblem ? error.items : []
      const isTold = items.some(({ path }) => fields.some(({ name }) => fieldIn(path) === name))
      setProblems(items)
      if (!isTold) refuse(error)
    } finally {
      running.current = false
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
      <div className="row quick-foot">
        <Link
          className="link t13"
          to={newChildAddress(activity.entity, activity.by.name, entity.name, record.id)}
        >
          {t('composer.whole')}
        </Link>
        <span className="end t12 ink-3 no-phone">{MOD_KEY}↵</span>
        <Button type="primary" htmlType="submit">
          {t('act.save')}
        </Button>
      </div>
    </form>
  )
}

/** The field that a JSON pointer into a body leads to. */
const fieldIn = (path: string): string | undefined => path.split('/')[1]
