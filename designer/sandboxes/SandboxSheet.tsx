import { useQueryClient } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { freshName } from '../inspector/controls/fresh-name.ts'
import { LabelledName } from '../naming/LabelledName.tsx'
import { useMadeName, useWhenRead } from '../naming/use-made-name.ts'
import { makeSandbox, SANDBOXES, type SandboxItem } from './api.ts'

const SAMPLES = [0, 50, 200] as const
const NAME = /^[a-z][a-z0-9_-]{0,39}$/

/** Asks what a new sandbox is called, and how many records it begins with. */
export function SandboxSheet({ open, sandboxes, onClose }: FormProps & { readonly open: boolean }) {
  const { t } = useTranslation()
  return (
    <Sheet open={open} title={t('sandboxes.makeTitle')} onClose={onClose}>
      {open ? <SandboxForm {...{ sandboxes, onClose }} /> : null}
    </Sheet>
  )
}

interface FormProps {
  readonly sandboxes: readonly SandboxItem[]
  readonly onClose: () => void
}

function SandboxForm({ sandboxes, onClose }: FormProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [label, setLabel] = useState('')
  const [typed, setTyped] = useState<string>()
  const [records, setRecords] = useState<number>(SAMPLES[1])
  const [fault, setFault] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const { name, isReading } = useSandboxName(label, sandboxes)
  const address = typed ?? name
  const faultIn = (): string | undefined => {
    if (label.trim() === '') return t('sandboxes.nameMissing')
    if (sandboxes.some((one) => one.label === label.trim()))
      return t('sandboxes.nameTaken', { name: label.trim() })
    return NAME.test(address) ? undefined : t('sandboxes.addressInvalid')
  }
  const make = useWhenRead(isReading && typed === undefined, async () => {
    const wrong = faultIn()
    setFault(wrong)
    if (wrong !== undefined) return
    setBusy(true)
    try {
      const made = await makeSandbox({ name: address, label: label.trim(), records })
      await client.invalidateQueries({ queryKey: SANDBOXES })
      toast({ text: t('sandboxes.made', { name: label.trim(), count: made.records }) })
      onClose()
      await navigate(`/designer/sandboxes/${address}`)
    } catch (error) {
      setFault(faultOf(error, t))
      setBusy(false)
    }
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isBusy) make()
  }
  return (
    <form className="role-form" onSubmit={submit} noValidate>
      <p className="ink-2">{t('sandboxes.makeText')}</p>
      <FaultNote id="sandbox-fault" fault={fault} />
      <LabelledName
        id="sandbox"
        {...{ label, typed }}
        name={address}
        words={{
          label: t('sandboxes.name'),
          example: t('sandboxes.nameExample'),
          nameIs: t('sandboxes.addressIs'),
          name: t('sandboxes.address'),
          nameHelp: t('sandboxes.addressHelp'),
        }}
        onLabel={setLabel}
        onName={setTyped}
      />
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

/** What the address of a sandbox says for what it is called: its reading, with a number where another has that. */
function useSandboxName(label: string, sandboxes: readonly SandboxItem[]) {
  const taken = [...sandboxes.map(({ name }) => name.replaceAll('-', '_')), 'default']
  const { name, isReading } = useMadeName({ label }, { stem: 'sandbox', taken })
  const free =
    name === ''
      ? ''
      : freshName(
          name.slice(0, 36),
          taken.map((one) => ({ name: one })),
        )
  return { name: free.replaceAll('_', '-'), isReading }
}
