import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isProblem } from '../../runtime-ui/api/problem.ts'
import { spokenOf } from '../../runtime-ui/i18n/languages.ts'
import { LanguageChoice } from '../../runtime-ui/kit/LanguageChoice.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { ProblemState } from '../../runtime-ui/kit/State.tsx'
import { RecordPicker } from '../../runtime-ui/widgets/RecordPicker.tsx'
import { useRested } from '../inspector/use-rested.ts'
import type { Json } from '../store/json-value.ts'
import { previewMessage } from './api.ts'
import './connections.css'

export interface MessagePreviewProps {
  readonly name: string
  /** Of the record that it is about; undefined where it is about none. */
  readonly entity: string | undefined
  /** As it is being written; undefined where it is as it is in force. */
  readonly drafted: Json | undefined
}

/** A message as a person reads it: of which record, as who may see it, in which language. */
export function MessagePreview({ name, entity, drafted }: MessagePreviewProps) {
  const { t, i18n } = useTranslation()
  const { model, me } = useWork()
  const [language, setLanguage] = useState<string>(() => spokenOf(model.languages, i18n.language))
  const [record, setRecord] = useState<string>()
  const [receiver, setReceiver] = useState<string>()
  const message = useRested(drafted, PREVIEW_REST_MS)
  const body = {
    ...(message === undefined ? { name } : { message }),
    language,
    ...(record === undefined ? {} : { record }),
    ...(receiver === undefined ? {} : { receiver }),
  }
  const query = useQuery({
    queryKey: ['message-preview', body],
    queryFn: () => previewMessage(body),
    placeholderData: keepPreviousData,
  })
  const known = model.entities.some((one) => one.name === entity && one.rights.read)
  const mayChoose = me.administration.includes('users')
  return (
    <section className="message-preview" aria-labelledby="preview">
      <h2 className="h2" id="preview">
        {t('preview.title')}
      </h2>
      <div className="row preview-tools">
        <LanguageChoice
          label={t('preview.language')}
          value={language}
          onChange={setLanguage}
          among={model.languages}
        />
        {entity === undefined || !known ? null : (
          <PickField
            label={t('preview.record')}
            id="preview-record"
            entity={entity}
            value={record}
            onChange={setRecord}
          />
        )}
        {entity === undefined || !mayChoose ? null : (
          <PickField
            label={t('preview.receiver')}
            id="preview-receiver"
            entity="user"
            value={receiver}
            onChange={setReceiver}
          />
        )}
      </div>
      {query.isPending ? <LoadingRows rows={2} /> : null}
      {query.isError ? (
        <PreviewFault
          error={query.error}
          isWritten={message !== undefined}
          retry={() => void query.refetch()}
        />
      ) : null}
      {query.isSuccess ? (
        <article className="preview-sheet" lang={language}>
          <h3 className="strong preview-subject">{query.data.subject}</h3>
          <p className="preview-text">{query.data.text}</p>
        </article>
      ) : null}
    </section>
  )
}

interface PickFieldProps {
  readonly label: string
  readonly id: string
  readonly entity: string
  readonly value: string | undefined
  readonly onChange: (id: string | undefined) => void
}

/** A field in which a record is picked. */
export function PickField({ label, id, entity, value, onChange }: PickFieldProps) {
  return (
    <div className="field preview-pick">
      <label htmlFor={id}>{label}</label>
      <RecordPicker
        entity={entity}
        aria={{ id }}
        value={value}
        known={[]}
        onChange={(next) => onChange(typeof next === 'string' ? next : undefined)}
      />
    </div>
  )
}

/** Milliseconds of rest before what is typed is shown. */
export const PREVIEW_REST_MS = 400

interface PreviewFaultProps {
  readonly error: unknown
  /** It is being written: what it lacks is told where it is written. */
  readonly isWritten?: boolean
  readonly retry: () => void
}

/** What is wrong with the template, each with its place. */
export function PreviewFault({ error, isWritten = false, retry }: PreviewFaultProps) {
  const { t } = useTranslation()
  if (isWritten && isProblem(error, 422)) return <p className="t13 ink-3">{t('preview.notYet')}</p>
  if (!isProblem(error, 422)) return <ProblemState error={error} title={t('preview.failed')} retry={retry} />
  return (
    <ul className="preview-faults bad t13" role="alert">
      {error.items.map((one) => (
        <li key={`${one.path} ${one.code}`}>
          <span className="mono">{one.path}</span> {one.message} {one.hint}
        </li>
      ))}
    </ul>
  )
}
