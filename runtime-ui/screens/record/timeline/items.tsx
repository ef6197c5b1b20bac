import { useTranslation } from 'react-i18next'
import type {
  ApprovalTold,
  AssignmentTold,
  CommentTold,
  FileTold,
  FlowTold,
  StageTold,
} from '../../../api/timeline.ts'
import type { Entity, RecordData } from '../../../api/types.ts'
import { formatDuration, formatFileSize } from '../../../kit/format.ts'
import { Icon } from '../../../kit/icons/Icon.tsx'
import { useLanguage, useWork } from '../../../kit/model-context.tsx'
import { StageMark } from '../../../kit/StageMark.tsx'
import { FileLink } from '../../../values/FileLink.tsx'
import { CommentBody } from '../CommentBody.tsx'
import { Told, usePersonName } from './Told.tsx'

export interface CommentItemProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly entry: CommentTold
}

export function CommentItem({ entity, record, entry }: CommentItemProps) {
  const { t } = useTranslation()
  const { me } = useWork()
  const isOwn = entry.actor?.id === me.user.id
  return (
    <Told entry={entry} act={t('timeline.wrote')}>
      <CommentBody entity={entity} record={record} comment={entry} isOwn={isOwn} />
    </Told>
  )
}

export function FileItem({ entry }: { readonly entry: FileTold }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <Told entry={entry} act={t('timeline.sentFile')}>
      <FileLink className="row event-file" file={{ id: entry.id, name: entry.name }}>
        <Icon name="file" />
        <span className="cut">{entry.name}</span>
        <span className="t12 ink-3 num nowrap">{formatFileSize(entry.size, language)}</span>
      </FileLink>
    </Told>
  )
}

export function StageItem({ entity, entry }: { readonly entity: Entity; readonly entry: StageTold }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const stages = entity.pipelines[entry.field] ?? []
  const stood = entry.from === null ? undefined : standing(entry.seconds)
  return (
    <Told entry={entry} act={t('timeline.moved')} icon="flag">
      <div className="row event-stages t13">
        {[entry.from, entry.to].map((stage, index) =>
          stage === null ? null : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells from and to apart
            <span key={index} className="row">
              {index === 1 && entry.from !== null ? <Icon name="arrow_right" size="small" /> : null}
              <StageMark stages={stages} name={stage.name} />
            </span>
          ),
        )}
        {stood === undefined ? null : (
          <span className="t12 ink-3">{t('timeline.stood', { time: formatDuration(stood, language) })}</span>
        )}
      </div>
    </Told>
  )
}

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

/** How long it stood, in its largest unit as ISO 8601; undefined for less than a minute. */
function standing(seconds: number | null): string | undefined {
  if (seconds === null || seconds < MINUTE) return undefined
  if (seconds >= DAY) return `P${Math.floor(seconds / DAY)}D`
  if (seconds >= HOUR) return `PT${Math.floor(seconds / HOUR)}H`
  return `PT${Math.floor(seconds / MINUTE)}M`
}

export function AssignmentItem({ entry }: { readonly entry: AssignmentTold }) {
  const { t } = useTranslation()
  const owner = usePersonName(entry.owner)
  const { assignment, rule } = entry
  return (
    <Told
      entry={entry}
      by={t('timeline.automatic')}
      act={t(`timeline.assignment.${entry.outcome}`, { owner })}
      icon="user"
    >
      <p className="t12 ink-3">
        {rule === null
          ? assignment.label
          : t('timeline.by', { assignment: assignment.label, rule: rule.label })}
        {' · '}
        {t(`owner.cause.${entry.cause}`)}
      </p>
    </Told>
  )
}

export function FlowItem({ entry }: { readonly entry: FlowTold }) {
  const { t } = useTranslation()
  const who = usePersonName(entry.actor)
  const isFaulty = entry.state === 'failed' || entry.state === 'cut'
  return (
    <Told entry={entry} by={t('timeline.flow')} act={entry.flow.label} icon="bolt">
      <p className={isFaulty ? 't12 run-state faulty' : 't12 ink-3 run-state'}>
        <a className="link" href={`/designer/runs/${entry.run}`} title={t('flow.run')}>
          {t(`timeline.run.${entry.state}`)}
        </a>
        {entry.fault === null ? null : `: ${entry.fault.message}`}
        {who === undefined ? null : ` · ${t('timeline.setOff', { person: who })}`}
      </p>
    </Told>
  )
}

export function ApprovalItem({ entry }: { readonly entry: ApprovalTold }) {
  const { t } = useTranslation()
  const person = usePersonName(entry.person)
  const instead = usePersonName(entry.instead_of)
  const isEnd = entry.act === 'end' && entry.outcome !== null
  const facts = [
    entry.approval.label,
    ...(entry.level === null ? [] : [entry.level.label]),
    ...(isEnd || entry.outcome === null || entry.outcome === 'submitted'
      ? []
      : [t(`approval.state.${entry.outcome}`)]),
    ...(instead === undefined ? [] : [t('approval.insteadOf', { person: instead })]),
  ]
  return (
    <Told
      entry={entry}
      {...(entry.actor === null ? { by: t('timeline.automatic') } : {})}
      act={isEnd ? t(`approval.state.${entry.outcome}`) : t(`approval.act.${entry.act}`, { person })}
      icon="shield"
    >
      <p className="t12 ink-3">{facts.join(' · ')}</p>
      {entry.comment === null ? null : <p className="event-text">{entry.comment}</p>}
    </Told>
  )
}
