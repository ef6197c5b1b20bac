import { useQuery, useQueryClient } from '@tanstack/react-query'
import { InputNumber, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getRetention, setRetention } from '../../api/audit.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { toast } from '../../kit/toast.tsx'
import { useRefusal } from '../record/use-delete.ts'

const KEY = ['audit', 'retention']
const USUAL_MONTHS = 24

/** Says how long the audit is kept, and changes it. */
export function RetentionButton() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const kept = useQuery({ queryKey: KEY, queryFn: getRetention })
  if (kept.data === undefined) return null
  const text = kept.data === null ? t('audit.keptForEver') : t('audit.keptMonths', { count: kept.data })
  return (
    <>
      <Button icon={<Icon name="clock" />} onClick={() => setOpen(true)}>
        {text}
      </Button>
      <Sheet open={open} title={t('audit.retention')} onClose={() => setOpen(false)}>
        <RetentionForm months={kept.data} onDone={() => setOpen(false)} />
      </Sheet>
    </>
  )
}

function RetentionForm({ months, onDone }: { readonly months: number | null; readonly onDone: () => void }) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const [limited, setLimited] = useState(months !== null)
  const [count, setCount] = useState(months ?? USUAL_MONTHS)
  const save = async (): Promise<void> => {
    try {
      await setRetention(limited ? count : null)
      await queryClient.invalidateQueries({ queryKey: ['audit'] })
      toast({ text: t('audit.retentionSaved') })
      onDone()
    } catch (error) {
      refuse(error)
    }
  }
  return (
    <div className="audit-retention">
      <p className="t13 ink-2">{t('audit.retentionText')}</p>
      <Radio.Group
        aria-label={t('audit.retention')}
        value={limited}
        onChange={(event) => setLimited(event.target.value === true)}
        options={[
          { value: false, label: t('audit.forEver') },
          { value: true, label: t('audit.forMonths') },
        ]}
      />
      {limited ? (
        <InputNumber
          aria-label={t('audit.months')}
          min={1}
          max={600}
          precision={0}
          value={count}
          onChange={(next) => setCount(next ?? USUAL_MONTHS)}
        />
      ) : null}
      <Button type="primary" onClick={() => void save()}>
        {t('act.save')}
      </Button>
    </div>
  )
}
