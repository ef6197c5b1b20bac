import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openButtons, pressButton } from '../../api/records.ts'
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

/**
 * The flows that stand as buttons on a record: of those with a condition the ones whose conditions hold. Their outcome comes by itself: the page follows
 * what happens.
 */
export function useFlowButtons(entity: Entity, record: RecordData): readonly FlowButton[] {
  const { t } = useTranslation()
  const { me } = useWork()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const [busy, setBusy] = useState<string>()
  const isAsked = me.viewer === undefined && entity.buttons.some(({ conditional }) => conditional === true)
  const open = useQuery({
    queryKey: ['records', entity.name, 'one', record.id, 'actions', record.version],
    queryFn: ({ signal }) => openButtons(entity.name, record.id, signal),
    enabled: isAsked,
  })
  if (me.viewer !== undefined) return []
  const shown = entity.buttons.filter(
    ({ name, conditional }) => conditional !== true || open.data?.some((one) => one.name === name) === true,
  )
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
  return shown.map(({ name, label }) => ({
    ...{ name, label, isBusy: busy !== undefined },
    press: () => void press(name, label),
  }))
}
