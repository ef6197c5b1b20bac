import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { type Agreement, askAgreement, getAgreement, type SaidTold, sayToPlan } from './agreement-api.ts'
import { RequestsAnswered } from './RequestsAnswered.tsx'

/** Characters, as the engine takes them. */
const MAX_WORDS = 2_000

type Ruled = Extract<Agreement, { readonly rule: object }>

/** What is known of who agrees to a draft. */
export function useAgreement(id: string, hash: string | undefined) {
  return useQuery({
    queryKey: ['meta', 'agreement', id, hash],
    queryFn: () => getAgreement(id),
    enabled: hash !== undefined,
  })
}

/** Whether as many agree as must. */
export const isAgreed = (agreement: Agreement | undefined): boolean =>
  agreement !== undefined && (agreement.rule === null || agreement.have >= agreement.rule.needs)

interface AgreementPartProps {
  readonly id: string
  readonly hash: string
  readonly agreement: ReturnType<typeof useAgreement>
  readonly emergency: string
  readonly onEmergency: (reason: string) => void
}

/** Who must agree before this plan is published, who has, and one's own word; what requests it answers. */
export function AgreementPart({ id, hash, agreement, emergency, onEmergency }: AgreementPartProps) {
  const { t } = useTranslation()
  const { me } = useWork()
  const { data } = agreement
  if (agreement.isError)
    return (
      <section className="plan-part" aria-label={t('agreement.title')}>
        <FaultNote id="agreement-fault" fault={faultOf(agreement.error, t)} />
      </section>
    )
  if (data === undefined) return null
  const isAdministrator = me.roles.includes('administrator') && me.administration.includes('publish')
  return (
    <>
      {data.rule === null ? null : (
        <section className="plan-part" aria-label={t('agreement.title')}>
          <h2 className="h3">{t('agreement.title')}</h2>
          <Standing agreement={data} />
          {me.viewer === undefined ? (
            <Words key={hash} {...{ id, hash }} agreement={data} onSaid={() => void agreement.refetch()} />
          ) : null}
          {isAdministrator && me.viewer === undefined && !isAgreed(data) ? (
            <details className="agreement-emergency">
              <summary className="t13">{t('agreement.emergency')}</summary>
              <p className="t12 ink-2">{t('agreement.emergencyHelp')}</p>
              <label className="t13 strong" htmlFor="emergency-reason">
                {t('agreement.emergencyReason')}
              </label>
              <Input.TextArea
                id="emergency-reason"
                value={emergency}
                maxLength={MAX_WORDS}
                autoSize={{ minRows: 2, maxRows: 6 }}
                onChange={(event) => onEmergency(event.target.value)}
              />
            </details>
          ) : null}
        </section>
      )}
      <RequestsAnswered id={id} linked={data.requests} onLinked={() => void agreement.refetch()} />
    </>
  )
}

const ICONS = { agreed: 'check', declined: 'close' } as const

function Standing({ agreement }: { readonly agreement: Ruled }) {
  const { t } = useTranslation()
  const { asked, people, earlier, have, rule } = agreement
  const nameOf = ({ person }: SaidTold): string => person?.label ?? t('record.somebody')
  return (
    <>
      <p className={isAgreed(agreement) ? 't13 good' : 't13'} role="status">
        {t('agreement.have', { have, count: rule.needs })}
      </p>
      {people.length === 0 ? <p className="t13 bad">{t('agreement.nobody')}</p> : null}
      <ul className="agreement-people">
        {people.map((one) => (
          <li key={one.person?.id} className={`agreement-person t13 ${one.decision ?? ''}`}>
            <Icon name={one.decision === null ? 'clock' : ICONS[one.decision]} />
            <span className="grow">
              <span className="strong">{nameOf(one)}</span>{' '}
              <span className="ink-2">
                {t(`agreement.${one.decision ?? 'waiting'}`)}
                {one.decision === 'agreed' && !one.counts ? t('agreement.notCounted') : ''}
              </span>
              {one.text === null ? null : <q className="agreement-words">{one.text}</q>}
            </span>
          </li>
        ))}
      </ul>
      {earlier.some(({ current }) => !current) ? (
        <p className="note t12 role-note">
          <Icon name="refresh" />
          <span>
            {t('agreement.moved', {
              names: [...new Set(earlier.filter(({ current }) => !current).map(nameOf))].join(
                t('agreement.and'),
              ),
            })}
          </span>
        </p>
      ) : null}
      {asked === null ? null : (
        <p className="t12 ink-3">
          {t(asked.current ? 'agreement.askedBy' : 'agreement.askedEarlier', {
            name: asked.by?.label ?? t('record.somebody'),
          })}{' '}
          <InstantText instant={asked.at} />
        </p>
      )}
    </>
  )
}

interface WordsProps {
  readonly id: string
  readonly hash: string
  readonly agreement: Ruled
  readonly onSaid: () => void
}

/** One's own word: asked of others, or said as one who is named. */
function Words({ id, hash, agreement, onSaid }: WordsProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string>()
  const [isBusy, setIsBusy] = useState(false)
  const mine = agreement.people.find(({ me }) => me)
  const act = async (what: () => Promise<unknown>): Promise<void> => {
    if (isBusy) return
    setIsBusy(true)
    setFault(undefined)
    try {
      await what()
      setText('')
    } catch (error) {
      setFault(faultOf(error, t))
    }
    setIsBusy(false)
    onSaid()
  }
  const say = (decision: 'agreed' | 'declined') => {
    if (decision === 'declined' && text.trim() === '') setFault(t('agreement.whyMissing'))
    else void act(() => sayToPlan(id, { hash, decision, text: text.trim() }))
  }
  return (
    <div className="field agreement-say">
      <FaultNote id="agreement-fault" fault={fault} />
      <label className="t13 strong" htmlFor="agreement-text">
        {t('agreement.text')}
      </label>
      <Input.TextArea
        id="agreement-text"
        value={text}
        maxLength={MAX_WORDS}
        autoSize={{ minRows: 2, maxRows: 6 }}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="row agreement-acts">
        <Button aria-busy={isBusy} onClick={() => void act(() => askAgreement(id, hash, text.trim()))}>
          {t('agreement.ask')}
        </Button>
        {mine === undefined || mine.decision === 'declined' ? null : (
          <Button aria-busy={isBusy} onClick={() => say('declined')}>
            {t('agreement.decline')}
          </Button>
        )}
        {mine === undefined || mine.decision === 'agreed' ? null : (
          <Button aria-busy={isBusy} onClick={() => say('agreed')}>
            {t('agreement.agree')}
          </Button>
        )}
      </div>
    </div>
  )
}
