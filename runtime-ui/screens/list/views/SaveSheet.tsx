import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Input, Radio } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getRecord } from '../../../api/records.ts'
import type { View } from '../../../api/types.ts'
import { saveView } from '../../../api/views.ts'
import { Button } from '../../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../../kit/FaultNote.tsx'
import { useEntity, useWork } from '../../../kit/model-context.tsx'
import { Sheet } from '../../../kit/Sheet.tsx'
import { toast } from '../../../kit/toast.tsx'
import { referenceOf } from '../../../values/references.ts'
import type { ListParts } from '../ListHead.tsx'
import { AS_THE_VIEW } from '../list-state.ts'
import { definitionOf, newViewName } from './definition-of.ts'
import { OWN_VIEWS } from './use-own-views.ts'
import './views.css'

type Whose = 'me' | 'team' | 'all'

interface SaveSheetProps extends ListParts {
  readonly view: View
  readonly onClose: () => void
}

/** Keeps a list as it is shown under a name: for oneself, one's team, or everybody. */
export function SaveSheet({ entity, view, state, change, onClose }: SaveSheetProps) {
  const { t } = useTranslation()
  const { me } = useWork()
  const queryClient = useQueryClient()
  const team = useTeam()
  const [label, setLabel] = useState('')
  const [whose, setWhose] = useState<Whose>('me')
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const owners: { readonly [W in Whose]: object | undefined } = {
    me: { user: me.user.id },
    team: { team: team?.id },
    all: undefined,
  }
  const choices = [
    { value: 'me', label: t('views.me') },
    ...(team === undefined ? [] : [{ value: 'team', label: t('views.team', { team: team.label }) }]),
    ...(me.definitions.includes('view') ? [{ value: 'all', label: t('views.all') }] : []),
  ]
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    if (label.trim() === '') return setFault(t('views.labelMissing'))
    setBusy(true)
    setFault(undefined)
    try {
      const another = { name: newViewName(), label: label.trim(), belongsTo: owners[whose] }
      await saveView(definitionOf(entity, view, state, another))
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: [OWN_VIEWS] }),
        queryClient.invalidateQueries({ queryKey: ['model'] }),
      ])
      // What was made of the view before is the other one now.
      change(AS_THE_VIEW, true)
      change({ ...AS_THE_VIEW, view: another.name })
      toast({ text: t('views.saved', { view: another.label }) })
      onClose()
    } catch (error) {
      setFault(faultOf(error, t))
      setBusy(false)
    }
  }
  return (
    <Sheet open title={t('views.saveTitle')} onClose={onClose}>
      <form className="save-view" onSubmit={(event) => void submit(event)} noValidate>
        <FaultNote id="view-fault" fault={fault} />
        <div className="field">
          <label htmlFor="view-label">{t('views.label')}</label>
          <Input
            id="view-label"
            autoFocus
            maxLength={60}
            value={label}
            onChange={(event) => setLabel(event.target.value)}
          />
        </div>
        <fieldset className="field">
          <legend className="t13 ink-2">{t('views.whose')}</legend>
          <Radio.Group
            className="save-view-whose"
            value={whose}
            options={choices}
            onChange={(event) => setWhose(event.target.value as Whose)}
          />
        </fieldset>
        <div className="row end">
          <Button onClick={onClose}>{t('act.cancel')}</Button>
          <Button type="primary" htmlType="submit" aria-busy={busy}>
            {t('views.save')}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}

/** The team that one is in, where one may know it. */
function useTeam(): { readonly id: string; readonly label: string } | undefined {
  const { me } = useWork()
  const users = useEntity('user')
  const { data } = useQuery({
    queryKey: ['records', 'user', 'one', me.user.id, 'team'],
    queryFn: () => getRecord('user', me.user.id, 'team'),
    enabled: users?.rights.read === true && users.fields.some(({ name }) => name === 'team'),
  })
  const { id, label } = referenceOf(data?.team) ?? {}
  return id == null || label == null ? undefined : { id, label }
}
