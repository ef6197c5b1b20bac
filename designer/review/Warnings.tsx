import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { Fault } from '../api.ts'
import type { Place } from '../layouts/use-place-field.ts'
import { stepsOf } from './ProblemList.tsx'
import './warnings.css'

const UNPLACED = 'META_FIELD_UNPLACED'

interface WarningsProps {
  readonly warnings: readonly Fault[]
  /** Puts a field on the forms of its entity, or into its list; undefined where nothing may be changed. */
  readonly onPlace: Place | undefined
}

/** What stands in nobody's way, told once; a field that is on no form is put there with one press. */
export function Warnings({ warnings, onPlace }: WarningsProps) {
  if (warnings.length === 0) return null
  return (
    <ul className="note warnings t13">
      {warnings.map((warning) => (
        <li key={`${warning.code}${warning.path}${warning.message}`} className="row">
          <Icon name="alert" className="warning-mark" />
          <span className="grow">
            {warning.message} <span className="ink-3">{warning.hint}</span>
          </span>
          {warning.code === UNPLACED && onPlace !== undefined ? (
            <PlaceActs {...{ warning, onPlace }} />
          ) : null}
        </li>
      ))}
    </ul>
  )
}

function PlaceActs({ warning, onPlace }: { readonly warning: Fault; readonly onPlace: Place }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState<'layout' | 'view'>()
  const [, entity = '', ...path] = stepsOf(warning.path)
  const place = async (kind: 'layout' | 'view'): Promise<void> => {
    setBusy(kind)
    try {
      await onPlace(kind, entity, path)
    } finally {
      setBusy(undefined)
    }
  }
  return (
    <span className="row warning-acts">
      <Button size="small" aria-busy={busy === 'layout'} onClick={() => void place('layout')}>
        {t('drafts.putOnForm')}
      </Button>
      <Button size="small" aria-busy={busy === 'view'} onClick={() => void place('view')}>
        {t('drafts.putInList')}
      </Button>
    </span>
  )
}
