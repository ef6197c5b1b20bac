import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getRecord } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { phoneOf } from '../../values/main-facts.ts'
import { expandAll, titleOf } from '../../values/references.ts'
import { isPerson } from '../list/NameCell.tsx'
import { QuickForm } from '../record/composer/QuickForm.tsx'
import { activityAs, callerBody, readCaller, subjectsOf } from './callers.ts'
import './log.css'
import type { LogWanted } from './open-log.ts'
import { type Who, WhoField } from './WhoField.tsx'

interface LogSheetProps {
  readonly wanted: LogWanted
  readonly onClose: () => void
}

/** A call is noted down from anywhere: about whom, what came of it, what comes next. Somebody new is made with it. */
export function LogSheet({ wanted, onClose }: LogSheetProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const [chosen, setChosen] = useState<Who>()
  const subjects = subjectsOf(model, wanted.as)
  const given = subjects.find(({ name }) => name === wanted.about?.entity)
  const who: Who | undefined =
    given === undefined || wanted.about === undefined
      ? chosen
      : { kind: 'known', entity: given, id: wanted.about.id }
  const label = model.entities.find(({ activity }) => activity?.as === wanted.as)?.label ?? ''
  return (
    <Sheet open title={t('log.title', { entity: label })} onClose={onClose} width={480}>
      <div className="log">
        {who === undefined ? <WhoField subjects={subjects} onWho={setChosen} /> : null}
        {who?.kind === 'known' ? (
          <Known
            key={who.id}
            who={who}
            as={wanted.as}
            onChange={given === undefined ? () => setChosen(undefined) : undefined}
            onDone={onClose}
          />
        ) : null}
        {who?.kind === 'new' ? (
          <New who={who} as={wanted.as} onChange={() => setChosen(undefined)} onDone={onClose} />
        ) : null}
      </div>
    </Sheet>
  )
}

interface AboutProps<K extends Who['kind']> extends Pick<LogWanted, 'as'> {
  readonly who: Extract<Who, { kind: K }>
  /** Chooses somebody else. */
  readonly onChange: (() => void) | undefined
  readonly onDone: () => void
}

function Known({ who: { entity, id }, as, onChange, onDone }: AboutProps<'known'>) {
  const { t, i18n } = useTranslation()
  const { model } = useWork()
  const query = useQuery({
    queryKey: ['records', entity.name, 'one', id, 'page', i18n.language],
    queryFn: ({ signal }) => getRecord(entity.name, id, expandAll(entity), signal),
  })
  const activity = activityAs(entity, model.entities, as)
  if (query.isError)
    return <ProblemState error={query.error} title={t('record.failed')} retry={() => void query.refetch()} />
  if (query.data === undefined || activity === undefined) return <LoadingRows rows={3} />
  return (
    <>
      <WhoLine
        entity={entity}
        title={titleOf(entity, query.data)}
        note={phoneOf(entity, query.data)}
        onChange={onChange}
      />
      <QuickForm {...{ entity, activity, onDone }} record={query.data} />
    </>
  )
}

/** Somebody who is not there yet: made when the call is stored, not before. */
function New({ who: { entity, text }, as, onChange, onDone }: AboutProps<'new'>) {
  const { t } = useTranslation()
  const { model } = useWork()
  const activity = activityAs(entity, model.entities, as)
  const body = callerBody(entity, text)
  const { name, phone } = readCaller(text)
  if (activity === undefined) return null
  return (
    <>
      <WhoLine
        entity={entity}
        title={name}
        note={[t('log.isNew', { entity: entity.label }), phone].filter(Boolean).join(' · ')}
        onChange={onChange}
      />
      <QuickForm
        {...{ entity, activity, onDone }}
        record={{ id: '', ...body } as RecordData}
        first={{ entity: entity.name, body }}
      />
    </>
  )
}

interface WhoLineProps {
  readonly entity: Entity
  readonly title: string
  readonly note: string | undefined
  readonly onChange: (() => void) | undefined
}

function WhoLine({ entity, title, note, onChange }: WhoLineProps) {
  const { t } = useTranslation()
  return (
    <div className="row log-who">
      <Avatar name={title} person={isPerson(entity)} />
      <div className="grow">
        <div className="strong cut">{title}</div>
        <div className="t13 ink-3 num cut">{note ?? entity.label}</div>
      </div>
      {onChange === undefined ? null : (
        <IconButton label={t('log.change')} icon={<Icon name="search" />} onClick={onChange} />
      )}
    </div>
  )
}
