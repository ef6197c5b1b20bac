import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { askForBackup, type Backup, type Backups, getJob, listBackups } from '../../api/backups.ts'
import { Button } from '../../kit/Button.tsx'
import { InstantText } from '../../kit/DateText.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { formatFileSize } from '../../kit/format.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { Page } from '../../kit/Page.tsx'
import { ProblemState, State } from '../../kit/State.tsx'
import { toast } from '../../kit/toast.tsx'
import { NotFound } from '../NotFound.tsx'
import './backups.css'

const KEY = ['backups']
const LOOK_EVERY_MS = 1_000

/** What backups there are and how another is made, for those who may. */
export function BackupsScreen() {
  const { me } = useWork()
  return me.administration.includes('backups') ? <BackupList /> : <NotFound />
}

function BackupList() {
  const { t } = useTranslation()
  const query = useQuery({ queryKey: KEY, queryFn: listBackups })
  const making = useMaking()
  const { own = false, backups = [] } = query.data ?? {}
  return (
    <Page
      title={t('backups.title')}
      line
      beside={<span className="count num">{query.data?.backups.length}</span>}
      acts={own ? <MakeButton making={making} /> : undefined}
    >
      <div className="backups">
        {query.isPending ? <LoadingRows /> : null}
        {query.isError ? (
          <ProblemState error={query.error} title={t('backups.failed')} retry={() => void query.refetch()} />
        ) : null}
        <FaultNote id="backup-fault" fault={making.fault} />
        {query.data === undefined ? null : <Policy {...query.data} />}
        {own && backups.length === 0 ? <State joint="empty" title={t('backups.none')} /> : null}
        <ol>
          {backups.map((backup) => (
            <BackupRow key={backup.name} backup={backup} />
          ))}
        </ol>
      </div>
    </Page>
  )
}

/** When they are made, how long they are kept, and how one is brought back. */
function Policy({ own, days, at }: Backups) {
  const { t } = useTranslation()
  if (!own) return <State joint="empty" title={t('backups.elsewhere')} text={t('backups.elsewhereText')} />
  const daily = days !== null && days > 0
  return (
    <div className="t13 ink-2">
      <p>{daily ? t('backups.daily', { at, count: days }) : t('backups.notDaily')}</p>
      <p>
        {t('backups.restore')} <code className="nowrap">{t('backups.command')}</code>
      </p>
    </div>
  )
}

function BackupRow({ backup }: { readonly backup: Backup }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <li className="row backup-row" data-backup={backup.name}>
      <Icon name="clock" />
      <span className="grow">
        <span className="strong">
          <InstantText instant={backup.made_at} />
        </span>
        <span className="t12 ink-3 backup-name">{backup.name}</span>
      </span>
      <span className="t12 ink-3 nowrap no-phone">{t(`backups.cause.${backup.cause}`)}</span>
      <span className="t12 ink-3 nowrap num">{formatFileSize(backup.size, language)}</span>
    </li>
  )
}

interface Making {
  /** From 0 to 1 while one is made. */
  readonly share: number | undefined
  readonly fault: string | undefined
  begin(): void
}

function MakeButton({ making }: { readonly making: Making }) {
  const { t } = useTranslation()
  const { share, begin } = making
  return (
    <Button type="primary" icon={<Icon name="plus" />} disabled={share !== undefined} onClick={begin}>
      {share === undefined ? t('backups.make') : t('backups.making', { percent: Math.round(share * 100) })}
    </Button>
  )
}

/** Asks for a backup and follows its job. */
function useMaking(): Making {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [job, setJob] = useState<string>()
  const [fault, setFault] = useState<string>()
  const followed = useQuery({
    queryKey: ['jobs', job],
    queryFn: () => getJob(job ?? ''),
    enabled: job !== undefined,
    refetchInterval: LOOK_EVERY_MS,
  })
  const { state, done = 0, total, result } = followed.data ?? {}
  useEffect(() => {
    if (job === undefined || (state !== 'done' && state !== 'failed')) return
    setJob(undefined)
    if (state === 'done') toast({ text: t('backups.made') })
    else setFault(result?.problems?.[0]?.message ?? t('backups.notMade'))
    void queryClient.invalidateQueries({ queryKey: KEY })
  }, [job, state, result, queryClient, t])
  const begin = (): void => {
    setFault(undefined)
    askForBackup().then(setJob, (error: unknown) => setFault(faultOf(error, t)))
  }
  const share = job === undefined ? undefined : Math.min(1, done / (total || 1))
  return { share, fault, begin }
}
