import { useQueryClient } from '@tanstack/react-query'
import { Input, Segmented } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { makeSandbox, SANDBOXES } from './api.ts'

const SAMPLES = [0, 50, 200] as const
const NAME = /^[a-z][a-z0-9_-]{0,39}$/

/** Asks what a new sandbox is called, and how many records it begins with. */
export function SandboxSheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Sheet open={open} title={t('sandboxes.makeTitle')} onClose={onClose}>
      {open ? <SandboxForm onClose={onClose} /> : null}
    </Sheet>
  )
}

function SandboxForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [records, setRecords] = useState<number>(SAMPLES[1])
  const [fault, setFault] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (isBusy) return
    if (!NAME.test(name)) return setFault(t('sandboxes.nameInvalid'))
    setBusy(true)
    setFault(undefined)
    try {
      const made = await makeSandbox(name, records)
      await client.invalidateQueries({ queryKey: SANDBOXES })
      toast({ text: t('sandboxes.made', { name, count: made.records }) })
      onClose()
      await navigate(`/designer/sandboxes/${name}`)
    } catch (error) {
      setFault(faultOf(error, t))
      setBusy(false)
    }
  }
  return (
    <form className="role-form" onSubmit={(event) => void submit(event)} noValidate>
      <p className="ink-2">{t('sandboxes.makeText')}</p>
      <FaultNote id="sandbox-fault" fault={fault} />
      <div className="field">
        <label htmlFor="sandbox-name">{t('sandboxes.name')}</label>
        <Input
          id="sandbox-name"
          autoFocus
          autoComplete="off"
          maxLength={40}
          value={name}
          aria-describedby="sandbox-name-help"
          onChange={(event) => setName(event.target.value)}
        />
        <p id="sandbox-name-help" className="t12 ink-3">
          {t('sandboxes.nameHelp')}
        </p>
      </div>
      <fieldset className="field sandbox-sample">
        <legend>{t('sandboxes.sample')}</legend>
        <Segmented
          block
          aria-label={t('sandboxes.sample')}
          value={records}
          options={SAMPLES.map((value) => ({
            value,
            label: value === 0 ? t('sandboxes.sampleNone') : t('sandboxes.sampleOf', { count: value }),
          }))}
          onChange={setRecords}
        />
        <p className="t12 ink-3">{t('sandboxes.sampleHelp')}</p>
      </fieldset>
      <span className="row">
        <Button type="primary" htmlType="submit" aria-busy={isBusy}>
          {t('sandboxes.makeIt')}
        </Button>
      </span>
    </form>
  )
}
