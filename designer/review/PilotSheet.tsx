import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { RecordPicker } from '../../runtime-ui/widgets/RecordPicker.tsx'
import { listDefinitions } from '../api.ts'
import { ProblemList } from './ProblemList.tsx'
import { type PilotState, putPilot } from './pilot-api.ts'

interface PilotSheetProps {
  readonly id: string
  readonly state: PilotState
  /** Of the plan that was looked at. */
  readonly hash: string | undefined
  readonly open: boolean
  readonly onClose: () => void
  readonly onChanged: () => Promise<void>
}

/** Asks who tries the draft; says what of it nobody can try alone. */
export function PilotSheet({ open, onClose, ...props }: PilotSheetProps) {
  const { t } = useTranslation()
  const { pilot, problems } = props.state
  const isUnfit = pilot === null && problems.length > 0
  return (
    <Sheet open={open} title={t(pilot === null ? 'pilot.begin' : 'pilot.people')} onClose={onClose}>
      {!open ? null : isUnfit ? (
        <div className="role-form">
          <p className="ink-2">{t('pilot.unfit')}</p>
          <ProblemList problems={problems} below={2} />
        </div>
      ) : (
        <PilotForm {...props} onClose={onClose} />
      )}
    </Sheet>
  )
}

function PilotForm({ id, state: { pilot }, hash, onClose, onChanged }: Omit<PilotSheetProps, 'open'>) {
  const { t, i18n } = useTranslation()
  const [people, setPeople] = useState<readonly string[]>(pilot?.people.map((one) => one.id) ?? [])
  const [roles, setRoles] = useState<readonly string[]>(pilot?.roles.map(({ name }) => name) ?? [])
  const [fault, setFault] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const known = useQuery({
    queryKey: ['meta', 'definitions', 'role'],
    queryFn: () => listDefinitions('role'),
  })
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (isBusy) return
    if (people.length + roles.length === 0) return setFault(t('pilot.nobody'))
    setBusy(true)
    setFault(undefined)
    try {
      // Who has it already keeps what was looked at: other people alone bring no other definitions.
      await putPilot(id, { ...(pilot === null && hash !== undefined ? { hash } : {}), people, roles })
      toast({ text: t('pilot.begun') })
      onClose()
    } catch (error) {
      setFault(faultOf(error, t))
      setBusy(false)
    }
    await onChanged()
  }
  return (
    <form className="role-form" onSubmit={(event) => void submit(event)} noValidate>
      <p className="ink-2">{t('pilot.text')}</p>
      <FaultNote id="pilot-form-fault" fault={fault} />
      <div className="field">
        <span className="t13 ink-2">{t('pilot.persons')}</span>
        <RecordPicker
          entity="user"
          label={t('pilot.persons')}
          multiple
          values={people}
          onValues={setPeople}
          known={(pilot?.people ?? []).map((one) => ({
            id: one.id,
            label: one.label ?? t('record.somebody'),
          }))}
        />
      </div>
      <div className="field">
        <label className="t13 ink-2" htmlFor="pilot-roles">
          {t('pilot.roles')}
        </label>
        <Select<string[]>
          id="pilot-roles"
          mode="multiple"
          value={[...roles]}
          options={(known.data ?? []).map(({ name, label }) => ({
            value: name,
            label: textIn(label, i18n.language, name),
          }))}
          optionFilterProp="label"
          suffixIcon={<Icon name="chevron_down" />}
          onChange={setRoles}
        />
        <p className="t12 ink-3">{t('pilot.rolesHelp')}</p>
      </div>
      <span className="row">
        <Button type="primary" htmlType="submit" aria-busy={isBusy}>
          {t(pilot === null ? 'pilot.start' : 'pilot.save')}
        </Button>
      </span>
    </form>
  )
}
