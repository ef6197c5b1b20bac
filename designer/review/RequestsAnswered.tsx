import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listRequests } from '../../runtime-ui/api/requests.ts'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { type LinkedRequest, linkRequests } from './agreement-api.ts'

interface RequestsAnsweredProps {
  readonly id: string
  readonly linked: readonly LinkedRequest[]
  readonly onLinked: () => void
}

/** The change requests that the draft was made for: who asked is told when it is published. */
export function RequestsAnswered({ id, linked, onLinked }: RequestsAnsweredProps) {
  const { t } = useTranslation()
  const { me } = useWork()
  const [fault, setFault] = useState<string>()
  const open = useQuery({ queryKey: ['requests', 'open'], queryFn: () => listRequests('open') })
  const known = new Map([...(open.data?.data ?? []), ...linked].map((one) => [one.id, one.text]))
  if (known.size === 0) return null
  const link = async (ids: readonly string[]): Promise<void> => {
    setFault(undefined)
    try {
      await linkRequests(id, ids)
    } catch (error) {
      setFault(faultOf(error, t))
    }
    onLinked()
  }
  return (
    <section className="plan-part" aria-label={t('agreement.answers')}>
      <h2 className="h3">{t('agreement.answers')}</h2>
      <p className="t12 ink-2">{t('agreement.answersHelp')}</p>
      <FaultNote id="answers-fault" fault={fault} />
      <Select
        mode="multiple"
        className="agreement-requests"
        aria-label={t('agreement.answers')}
        placeholder={t('agreement.choose')}
        disabled={me.viewer !== undefined}
        value={linked.map((one) => one.id)}
        options={[...known].map(([value, label]) => ({ value, label }))}
        optionFilterProp="label"
        onChange={(ids: string[]) => void link(ids)}
      />
    </section>
  )
}
