import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity } from '../api/types.ts'
import { Button } from '../kit/Button.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import './paste.css'
import { type FillValues, takesCards, usePastedText } from './use-pasted-text.ts'

const PasteSheet = lazy(async () => ({ default: (await import('./PasteSheet.tsx')).PasteSheet }))

interface PasteActProps {
  readonly entity: Entity
  readonly form: string
  readonly known: ReadonlySet<string>
  readonly filled: ReadonlySet<string>
  readonly onFill: FillValues
}

/** Fills a form from a card, a signature, a message: by the button, or when several lines are pasted into one of its fields. */
export function PasteAct({ entity, form, known, filled, onFill }: PasteActProps) {
  const { t } = useTranslation()
  const [text, setText] = useState<string>()
  const isOff = !takesCards(entity, known)
  usePastedText(form, setText, isOff)
  if (isOff) return null
  return (
    <>
      <Button className="paste-act" size="small" icon={<Icon name="document" />} onClick={() => setText('')}>
        {t('paste.act')}
      </Button>
      {text === undefined ? null : (
        <Suspense fallback={null}>
          <PasteSheet
            {...{ entity, known, filled, onFill }}
            start={text}
            onClose={() => setText(undefined)}
          />
        </Suspense>
      )}
    </>
  )
}
