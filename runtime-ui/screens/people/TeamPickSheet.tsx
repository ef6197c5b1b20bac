import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { patchRecord } from '../../api/records.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { toast } from '../../kit/toast.tsx'
import { RecordPicker } from '../../widgets/RecordPicker.tsx'
import { type TeamNode, within } from './team-tree.ts'
import type { LedTeam } from './use-teams.ts'

interface TeamPickSheetProps {
  readonly kind: 'parent' | 'leader'
  readonly node: TeamNode<LedTeam>
  readonly onClose: () => void
}

/** Gives a team another place in the tree, or another leader. */
export function TeamPickSheet({ kind, node, onClose }: TeamPickSheetProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const { team } = node
  const before = kind === 'parent' ? team.parent : team.leader?.id
  const [value, setValue] = useState(before)
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const store = async (next: string | undefined): Promise<void> => {
    await patchRecord('team', team.id, { [kind]: next ?? null })
    await queryClient.invalidateQueries({ queryKey: ['records'] })
  }
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    const isInside = kind === 'parent' && value !== undefined && within(node).includes(value)
    setFault(isInside ? t('team.inItself') : undefined)
    if (isInside) return
    setBusy(true)
    try {
      await store(value)
      toast({
        text: t(kind === 'parent' ? 'team.moved' : 'team.leaderSet', { name: team.name }),
        undo: () => store(before),
      })
      onClose()
    } catch (error) {
      setFault(faultOf(error, t))
      setBusy(false)
    }
  }
  return (
    <Sheet
      open
      title={t(kind === 'parent' ? 'team.moveTitle' : 'team.leaderTitle', { name: team.name })}
      onClose={onClose}
    >
      <form className="team-form" onSubmit={(event) => void submit(event)} noValidate>
        <FaultNote id="team-fault" fault={fault} />
        <div className="field">
          <label htmlFor="team-pick">{t(kind === 'parent' ? 'team.part' : 'team.leader')}</label>
          <RecordPicker
            entity={kind === 'parent' ? 'team' : 'user'}
            aria={{ id: 'team-pick' }}
            value={value}
            known={team.leader === undefined ? [] : [{ id: team.leader.id, label: team.leader.name }]}
            onChange={setValue}
          />
        </div>
        <span className="row">
          <Button type="primary" htmlType="submit" aria-busy={busy}>
            {t('act.save')}
          </Button>
        </span>
      </form>
    </Sheet>
  )
}
