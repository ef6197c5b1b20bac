import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalLevel, ApprovalRun, ApprovalWord, Submittable } from '../../api/approvals.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { Button, IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import type { IconName } from '../../kit/icons/paths.ts'
import { Menu } from '../../kit/Menu.tsx'
import { titleOf } from '../../values/references.ts'
import { SubmitSheet } from './SubmitSheet.tsx'
import { TrailSheet } from './TrailSheet.tsx'
import { useListed, useRecordApprovals } from './use-approvals.ts'
import { WordSheet } from './WordSheet.tsx'
import './approvals.css'

interface StripProps {
  readonly entity: Entity
  readonly record: RecordData
}

/** Where a record stands on its way through its approval, and what the person may do about it. */
export function ApprovalStrip({ entity, record }: StripProps) {
  const query = useRecordApprovals(entity, record)
  if (query.data === undefined) return null
  const { data: runs, submit } = query.data
  const latest = runs[0]
  if (latest === undefined && submit.length === 0) return null
  return <Strip {...{ entity, record, runs, latest, submit }} />
}

interface LoadedProps extends StripProps {
  readonly runs: readonly ApprovalRun[]
  readonly latest: ApprovalRun | undefined
  readonly submit: readonly Submittable[]
}

function Strip({ entity, record, runs, latest, submit }: LoadedProps) {
  const { t } = useTranslation()
  const [word, setWord] = useState<Exclude<ApprovalWord, 'submit'>>()
  const [submitting, setSubmitting] = useState<Submittable>()
  const [showsTrail, setShowsTrail] = useState(false)
  const title = titleOf(entity, record)
  const turn = latest?.turn ?? undefined
  // What would ask nobody and set nothing off is no act: it is told why.
  const offered = submit.filter((one) => one.needed || one.goes_on)
  // Once it has passed it is submitted anew only where somebody looks for that.
  const isPassed = latest?.state === 'approved' || latest?.state === 'not_needed'
  const wordOf = ({ needed, label }: Submittable): string =>
    !needed
      ? t('approval.goOn')
      : offered.length === 1
        ? t(isPassed ? 'approval.submitAgain' : 'approval.submit')
        : t('approval.submitTo', { approval: label })
  const labels = new Map(latest?.levels.map(({ name, label }) => [name, label]))
  return (
    <section className="approval-strip" aria-label={latest?.label ?? t('approval.title')}>
      {latest === undefined ? null : <Standing run={latest} entity={entity} />}
      {latest?.state === 'not_needed' ? null : <NotNeeded submit={submit} />}
      <div className="approval-acts">
        {turn === undefined ? null : (
          <>
            <Button type="primary" icon={<Icon name="check" />} onClick={() => setWord('approve')}>
              {t('approval.approve')}
            </Button>
            <Button onClick={() => setWord('reject')}>{t('approval.reject')}</Button>
          </>
        )}
        {isPassed
          ? null
          : offered.map((one) => (
              <Button
                key={one.approval}
                icon={<Icon name="arrow_right" />}
                onClick={() => setSubmitting(one)}
              >
                {wordOf(one)}
              </Button>
            ))}
        <MoreWords
          run={latest}
          again={isPassed ? offered.map((one) => ({ ...one, label: wordOf(one) })) : []}
          onWord={setWord}
          onSubmit={({ approval }) => setSubmitting(submit.find((one) => one.approval === approval))}
          onTrail={() => setShowsTrail(true)}
        />
      </div>
      {word === undefined || latest === undefined ? null : (
        <WordSheet
          {...{ word, entity: entity.name, id: record.id, title, turn: turn?.id, version: record.version }}
          levels={(turn?.back_to ?? []).map((name) => ({ name, label: labels.get(name) ?? name }))}
          onClose={() => setWord(undefined)}
        />
      )}
      {submitting === undefined ? null : (
        <SubmitSheet {...{ entity, record, title, ...submitting }} onClose={() => setSubmitting(undefined)} />
      )}
      {showsTrail ? <TrailSheet entity={entity} runs={runs} onClose={() => setShowsTrail(false)} /> : null}
    </section>
  )
}

/** Of approvals that nobody would be asked for: that it is so, and when somebody would be. */
function NotNeeded({ submit }: Pick<LoadedProps, 'submit'>) {
  const { t } = useTranslation()
  const spared = submit.filter(({ needed }) => !needed)
  if (spared.length === 0) return null
  return (
    <div className="approval-spared t13 ink-2">
      {spared.map(({ approval, label, when }) => (
        <p key={approval}>
          {when === null
            ? t('approval.spared', { approval: label })
            : t('approval.sparedWhen', { approval: label, when })}
        </p>
      ))}
    </div>
  )
}

interface MoreProps {
  readonly run: ApprovalRun | undefined
  /** For what it may be submitted anew. */
  readonly again: readonly Submittable[]
  readonly onWord: (word: Exclude<ApprovalWord, 'submit'>) => void
  readonly onSubmit: (one: Submittable) => void
  readonly onTrail: () => void
}

function MoreWords({ run, again, onWord, onSubmit, onTrail }: MoreProps) {
  const { t } = useTranslation()
  if (run === undefined) return null
  const icons = { return: 'undo', transfer: 'arrow_right', add_signer: 'users', withdraw: 'back' } as const
  const words = [
    ...(run.turn === null ? [] : (['return', 'transfer', 'add_signer'] as const)),
    ...(run.withdraw ? (['withdraw'] as const) : []),
  ]
  const items = [
    ...words.map((word) => ({
      key: word,
      icon: <Icon name={icons[word] as IconName} />,
      label: t(`approval.${word}`),
      onClick: () => onWord(word),
    })),
    ...again.map((one) => ({
      key: `submit ${one.approval}`,
      icon: <Icon name="arrow_right" />,
      label: one.label,
      onClick: () => onSubmit(one),
    })),
    { key: 'trail', icon: <Icon name="history" />, label: t('approval.trail'), onClick: onTrail },
  ]
  return (
    <Menu items={items} placement="bottomRight">
      <IconButton label={t('approval.more')} icon={<Icon name="more" />} />
    </Menu>
  )
}

function Standing({ run, entity }: { readonly run: ApprovalRun; readonly entity: Entity }) {
  const { t } = useTranslation()
  const listed = useListed()
  const label = (name: string) => entity.fields.find((field) => field.name === name)?.label ?? name
  const notes = [
    run.state === 'running' && run.locks ? t('approval.locked') : undefined,
    run.turn !== null && run.turn.edit.length > 0
      ? t('approval.mayEdit', { fields: listed(run.turn.edit.map(label)) })
      : undefined,
    run.changed.length > 0
      ? t('approval.changed', { fields: listed(run.changed.map((change) => change.label)) })
      : undefined,
  ].filter((note) => note !== undefined)
  return (
    <div className="approval-standing">
      <span className="row approval-name">
        <span className={`approval-state ${run.state}`}>{t(`approval.state.${run.state}`)}</span>
        <span className="ink-2 cut">{run.label}</span>
      </span>
      <ol className="approval-levels">
        {run.levels.map((level) => (
          <LevelStep key={level.name} level={level} />
        ))}
      </ol>
      {notes.length === 0 ? null : <p className="t12 ink-3">{notes.join(' ')}</p>}
    </div>
  )
}

const MARKS: { readonly [S in ApprovalLevel['state']]: IconName } = {
  passed: 'check',
  current: 'clock',
  rejected: 'close',
  left_out: 'minus',
  ahead: 'minus',
}

function LevelStep({ level }: { readonly level: ApprovalLevel }) {
  const { t } = useTranslation()
  const listed = useListed()
  const shown = level.people.filter(({ state }) =>
    level.state === 'current' ? state === 'waiting' || state === 'approved' : state !== 'over',
  )
  const names = shown.map(({ label, state, stand_in }) => {
    const name = label ?? t('record.somebody')
    const done = level.state === 'current' && state === 'approved' ? ' ✓' : ''
    return stand_in === null
      ? name + done
      : `${stand_in.label} (${t('approval.insteadOf', { person: name })})`
  })
  return (
    <li
      className={`approval-level ${level.state}`}
      aria-current={level.state === 'current' ? 'step' : undefined}
    >
      <Icon name={MARKS[level.state]} size="small" />
      <span className="strong">{level.label}</span>
      <span className="cut ink-3">
        {level.state === 'left_out' ? t('approval.level.left_out') : listed(names)}
      </span>
    </li>
  )
}
