import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { getRecord } from '../../runtime-ui/api/records.ts'
import { useEntity } from '../../runtime-ui/kit/model-context.tsx'
import { recordAddress } from '../../runtime-ui/screens/frame/places.ts'
import { titleOf } from '../../runtime-ui/values/references.ts'
import type { JournalStep, RunRow } from './api.ts'

const TONES: Readonly<Record<RunRow['state'] | JournalStep['state'], string>> = {
  waiting: 'sky',
  sleeping: 'iris',
  done: 'jade',
  failed: 'clay',
  cut: 'clay',
  cancelled: 'slate',
  skipped: 'slate',
  late: 'ochre',
}

interface RunStateProps {
  readonly state: RunRow['state']
  /** Whether it is of a draft that some people try. */
  readonly tried?: boolean
}

export function RunState({ state, tried = false }: RunStateProps) {
  const { t } = useTranslation()
  const chip = <span className={`chip ${TONES[state]}`}>{t(`runs.state.${state}`)}</span>
  if (!tried) return chip
  return (
    <span className="row run-state">
      <span className="chip" title={t('runs.triedHelp')}>
        {t('runs.tried')}
      </span>
      {chip}
    </span>
  )
}

export function StepState({ state }: { readonly state: JournalStep['state'] }) {
  const { t } = useTranslation()
  return <span className={`chip ${TONES[state]}`}>{t(`runs.step.${state}`)}</span>
}

/** The record that a run is about, by its name of today; its page stands in the other part of the house. */
export function RunRecord({
  entity: name,
  id,
}: {
  readonly entity: string | null
  readonly id: string | null
}) {
  const { t } = useTranslation()
  const entity = useEntity(name ?? undefined)
  const title = useQuery({
    queryKey: ['records', entity?.name, 'one', id, 'name'],
    queryFn: async () =>
      entity === undefined || id === null ? '' : titleOf(entity, await getRecord(entity.name, id, '')),
    enabled: entity !== undefined && id !== null,
    retry: false,
  })
  if (id === null) return <span className="ink-3">{t('runs.noRecord')}</span>
  if (entity === undefined || title.isError) return <span className="ink-3">{t('runs.recordUnseen')}</span>
  return (
    <a className="link cut" href={recordAddress(entity.name, id)}>
      {title.data || entity.label}
    </a>
  )
}

/** What set a run off, in words. */
export function useCauseText(): (cause: RunRow['cause']) => string {
  const { t } = useTranslation()
  return ({ by }) => t(`runs.cause.${by}`)
}
