import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pressButton } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { useWork } from '../../kit/model-context.tsx'
import { toast } from '../../kit/toast.tsx'
import { useRefusal } from './use-delete.ts'

/** A flow that runs on this record when it is pressed. */
export interface FlowButton {
  readonly name: string
  readonly label: string
  readonly isBusy: boolean
  press(): void
}

/** The flows that stand as buttons on a record. Their outcome comes by itself: the page follows what happens. */
export function useFlowButtons(entity: Entity, record: RecordData): readonly FlowButton[] {
  const { t } = useTranslation()
  const { me } = useWork()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const [busy, setBusy] = useState<string>()
  if (me.viewer !== undefined) return []
  const press = async (name: string, label: string): Promise<void> => {
    setBusy(name)
    try {
      await pressButton(entity.name, record.id, name)
      toast({ text: t('flow.pressed', { flow: label }) })
      await queryClient.invalidateQueries({ queryKey: ['records', entity.name, 'one', record.id] })
    } catch (error) {
      refuse(error)
    } finally {
      setBusy(undefined)
    }
  }
  return entity.buttons.map(({ name, label }) => ({
    ...{ name, label, isBusy: busy !== undefined },
    press: () => void press(name, label),
  }))
}
