import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { endSession, mySessions, type Session, signOutEverywhere } from '../../api/account.ts'
import { Button } from '../../kit/Button.tsx'
import { InstantText } from '../../kit/DateText.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { forgetFiles } from '../import/kept-file.ts'
import { agentText } from './agent-text.ts'
import { Section } from './Section.tsx'

/** Where one is signed in, each with its end. */
export function SessionsSection() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const query = useQuery({ queryKey: ['sessions'], queryFn: mySessions })
  const [fault, setFault] = useState<string>()
  const attempt = (work: () => Promise<unknown>) => async (): Promise<void> => {
    setFault(undefined)
    await work().catch((error: unknown) => setFault(faultOf(error, t)))
  }
  const leave = attempt(async () => {
    await signOutEverywhere()
    await forgetFiles()
    queryClient.clear()
    await navigate('/sign-in')
  })
  const end = (id: string) =>
    attempt(async () => {
      await endSession(id)
      await queryClient.invalidateQueries({ queryKey: ['sessions'] })
    })
  return (
    <Section
      title={t('account.sessions')}
      text={t('account.sessionsText')}
      acts={
        <Button icon={<Icon name="sign_out" />} onClick={() => void leave()}>
          {t('account.everywhere')}
        </Button>
      }
    >
      <FaultNote id="sessions-fault" fault={fault} />
      {query.isPending ? <LoadingRows rows={2} /> : null}
      {query.isError ? (
        <ProblemState error={query.error} title={t('account.failed')} retry={() => void query.refetch()} />
      ) : null}
      <ul>
        {(query.data ?? []).map((session) => (
          <SessionRow key={session.id} session={session} onEnd={end(session.id)} />
        ))}
      </ul>
    </Section>
  )
}

function SessionRow({ session, onEnd }: { readonly session: Session; readonly onEnd: () => Promise<void> }) {
  const { t } = useTranslation()
  const device = agentText(session.agent) ?? t('account.unknownDevice')
  return (
    <li className="row account-item">
      <Icon name="globe" />
      <span className="grow">
        <span className="strong">{device}</span>
        <br />
        <span className="t12 ink-3">
          {session.address === null ? null : <>{session.address} · </>}
          {t('account.seen')} <InstantText instant={session.seen_at} />
        </span>
      </span>
      {session.current ? (
        <span className="t12 ink-2 nowrap">{t('account.thisOne')}</span>
      ) : (
        <Button aria-label={t('account.endOf', { device })} onClick={() => void onEnd()}>
          {t('account.end')}
        </Button>
      )}
    </li>
  )
}
