import { useTranslation } from 'react-i18next'
import type { Entity, RecordData } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { StagePath } from '../../kit/StagePath.tsx'
import { FieldValue } from '../../values/FieldValue.tsx'
import { titleOf } from '../../values/references.ts'
import { isPerson } from '../list/NameCell.tsx'
import { WhyOwner } from '../owners/WhyOwner.tsx'
import { UserStanding } from '../people/UserStanding.tsx'
import { Lane } from './Lane.tsx'
import { StageDetail } from './StageDetail.tsx'
import { StageSheet } from './StageSheet.tsx'
import { useStageMove } from './use-stage-move.ts'

export interface RecordHeadProps {
  readonly entity: Entity
  readonly record: RecordData
}

const MARKS: ReadonlySet<string> = new Set(['tags', 'multi_select'])

/** Mark, name, tags; the stage path; at most six highlights. */
export function RecordHead({ entity, record }: RecordHeadProps) {
  const title = titleOf(entity, record)
  const number = entity.fields.find((field) => field.type === 'auto_number' && field.name !== entity.title)
  const owner = entity.fields.find((field) => field.name === 'owner')
  const tags = entity.fields.find((field) => MARKS.has(field.type) && field.writable)
  const tagValue = tags === undefined ? undefined : record[tags.name]
  return (
    <header className="record-head">
      <div className="row record-title">
        <Avatar name={title} person={isPerson(entity)} size="big" />
        <div className="grow">
          <div className="row record-name">
            <h1 className="h1">{title}</h1>
            {tags !== undefined && Array.isArray(tagValue) && tagValue.length > 0 ? (
              <FieldValue entity={entity} field={tags} value={tagValue} compact />
            ) : null}
          </div>
          <div className="row record-meta t13 ink-2">
            <span>{entity.label}</span>
            {entity.name === 'user' ? <UserStanding id={record.id} /> : null}
            {number === undefined || record[number.name] == null ? null : (
              <span className="num">{String(record[number.name])}</span>
            )}
            {owner === undefined ||
            record.owner == null ||
            entity.page.highlights.includes('owner') ? null : (
              <span className="row">
                {owner.label}
                <FieldValue entity={entity} field={owner} value={record.owner} compact />
              </span>
            )}
            {owner !== undefined && entity.assigned ? <WhyOwner entity={entity} id={record.id} /> : null}
          </div>
        </div>
      </div>
      <Stages entity={entity} record={record} />
      {entity.lane === true ? <Lane entity={entity} record={record} /> : null}
      <Highlights entity={entity} record={record} />
    </header>
  )
}

function Stages({ entity, record }: RecordHeadProps) {
  const { move, refused, dismiss } = useStageMove(entity, record)
  return (
    <>
      {Object.entries(entity.pipelines).map(([field, stages]) => {
        const value = record[field]
        return (
          <div key={field}>
            <StagePath
              stages={stages}
              current={typeof value === 'string' ? value : null}
              onMove={entity.rights.update ? (stage) => void move(field, stage) : undefined}
            />
            <StageDetail entity={entity} record={record} field={field} />
          </div>
        )
      })}
      <StageSheet
        entity={entity}
        record={record}
        refused={refused}
        onClose={dismiss}
        onMove={async (values) => {
          if (refused !== undefined) await move(refused.field, refused.stage, values)
        }}
      />
    </>
  )
}

function Highlights({ entity, record }: RecordHeadProps) {
  const { t } = useTranslation()
  const names = entity.page.highlights.filter(
    (name) => name !== entity.title && entity.pipelines[name] === undefined,
  )
  if (names.length === 0) return null
  return (
    <dl className="highlights" aria-label={t('record.highlights')}>
      {names.slice(0, 6).map((name) => {
        const field = entity.fields.find((candidate) => candidate.name === name)
        return field === undefined ? null : (
          <div key={name}>
            <dt>{field.label}</dt>
            <dd className="cut">
              <FieldValue entity={entity} field={field} value={record[name]} compact />
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
