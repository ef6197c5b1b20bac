import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Forecast, forecastOf } from '../../api/approvals.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { useListed, useWord } from './use-approvals.ts'
import { WordFiles } from './WordFiles.tsx'
import './approvals.css'

interface SubmitSheetProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly title: string
  readonly approval: string
  readonly label: string
  readonly onClose: () => void
}

/** Who will decide, before anything is submitted. */
export function SubmitSheet({ entity, record, title, approval, label, onClose }: SubmitSheetProps) {
  const { t, i18n } = useTranslation()
  const [comment, setComment] = useState('')
  const [files, setFiles] = useState<readonly File[]>([])
  const say = useWord(entity.name, record.id, title, onClose)
  const forecast = useQuery({
    queryKey: ['approvals', 'forecast', entity.name, record.id, record.version, approval, i18n.language],
    queryFn: () => forecastOf(entity.name, record.id, approval),
    retry: false,
  })
  const isStuck = forecast.data?.levels.some(({ state }) => state === 'nobody') === true
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (say.isPending) return
    const body = { approval, ...(comment.trim() === '' ? {} : { comment: comment.trim() }) }
    say.mutate({ word: 'submit', body, version: record.version, files })
  }
  const fault = say.error ?? forecast.error
  return (
    <Sheet open title={label} onClose={onClose}>
      <form className="word-form" onSubmit={submit} noValidate>
        <FaultNote id="submit-fault" fault={fault === null ? undefined : faultOf(fault, t)} />
        {forecast.isPending ? <p className="ink-3 t13">{t('approval.forecast.asking')}</p> : null}
        {forecast.data === undefined ? null : <Levels forecast={forecast.data} />}
        {isStuck ? (
          <p className="t13 ink-2" role="alert">
            {t('approval.forecast.stuck', { entity: entity.label })}
          </p>
        ) : null}
        <div className="field">
          <label htmlFor="submit-comment">{t('approval.comment')}</label>
          <Input.TextArea
            id="submit-comment"
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={2000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        </div>
        <WordFiles files={files} onChange={setFiles} />
        <div className="word-acts">
          <Button onClick={onClose}>{t('act.cancel')}</Button>
          <Button
            type="primary"
            htmlType="submit"
            aria-busy={say.isPending}
            disabled={forecast.data === undefined || isStuck}
          >
            {t(forecast.data?.needed === false ? 'approval.goOn' : 'approval.submit')}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}

function Levels({ forecast }: { readonly forecast: Forecast }) {
  const { t } = useTranslation()
  const listed = useListed()
  if (!forecast.needed) return <p>{t('approval.forecast.notNeeded')}</p>
  return (
    <section aria-label={t('approval.forecast.goes')}>
      <p className="ink-2">{t('approval.forecast.goes')}</p>
      <ol className="forecast">
        {forecast.levels.map(({ name, label, decide, state, people }) => (
          <li key={name} className={state === 'asked' ? '' : 'ink-3'}>
            <span className="strong">{label}</span>
            {state === 'asked' ? (
              <>
                <span className="cut">{listed(people.map((one) => one.label ?? t('record.somebody')))}</span>
                {people.length > 1 ? (
                  <span className="t12 ink-3">{t(`approval.decide.${decide}`)}</span>
                ) : null}
                {people
                  .filter((one) => one.stand_in !== null)
                  .map((one) => (
                    <span key={one.id} className="t12 ink-3">
                      {t('approval.forecast.standIn', {
                        person: one.label ?? t('record.somebody'),
                        standIn: one.stand_in?.label ?? t('record.somebody'),
                      })}
                    </span>
                  ))}
              </>
            ) : (
              <span className={state === 'nobody' ? 'field-problem' : 't13'}>
                {t(`approval.forecast.${state}`)}
              </span>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
