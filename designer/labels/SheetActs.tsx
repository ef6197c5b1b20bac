import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { TextPlace } from '../../metadata/texts-of.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { addressOf, withChanges } from '../store/draft.ts'
import type { Json } from '../store/json-value.ts'
import { useStore, useTakeAll } from '../store/store.tsx'
import { outcomeOf, readTexts, type SheetOutcome, saveTexts } from './text-sheet.ts'

interface SheetActsProps {
  readonly places: readonly TextPlace[]
  readonly onRead: (told: SheetTold) => void
}

/** What came of a sheet, to be told. */
export type SheetTold = { readonly fault: string } | { readonly file: string; readonly outcome: SheetOutcome }

/** All texts out into a workbook, for who translates elsewhere, and back into the draft. */
export function SheetActs({ places, onRead }: SheetActsProps) {
  const { t } = useTranslation()
  const { mayEdit, flush } = useStore()
  const takeAll = useTakeAll()
  const input = useRef<HTMLInputElement>(null)
  const save = useMutation({
    mutationFn: async () => saveTexts(await flush()),
    onError: (error) => toast({ kind: 'problem', text: faultOf(error, t) }),
  })
  const read = useMutation({
    mutationFn: async (file: File) => {
      const outcome = outcomeOf(await readTexts(file), places, mayEdit)
      const isTaken = await takeAll(
        [...outcome.changes].map(([key, changes]) => ({
          of: addressOf(key),
          change: (now) => ({ kind: 'set', path: [], to: withChanges(now as Json, changes) }),
        })),
      )
      return isTaken ? { file: file.name, outcome } : undefined
    },
    onSuccess: (told) => told !== undefined && onRead(told),
    onError: (error) => onRead({ fault: faultOf(error, t) }),
  })
  return (
    <div className="labels-sheet">
      <Button icon={<Icon name="download" />} disabled={save.isPending} onClick={() => save.mutate()}>
        {t('labels.save')}
      </Button>
      <Button icon={<Icon name="upload" />} disabled={read.isPending} onClick={() => input.current?.click()}>
        {t(read.isPending ? 'labels.reading' : 'labels.read')}
      </Button>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t('labels.read')}
        accept=".xlsx,.csv"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = '' // the same file may be mended and chosen again
          if (file !== undefined) read.mutate(file)
        }}
      />
    </div>
  )
}
