import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { ImportOutcome, Upload } from '../../api/imports.ts'
import type { Entity } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useUndoAct } from '../bulk/use-bulk.ts'
import { Counts } from './Outlook.tsx'
import { RefusedRows } from './RefusedRows.tsx'

interface ImportEndProps {
  readonly entity: Entity
  readonly upload: Upload
  readonly outcome: ImportOutcome
  readonly onAnother: () => void
}

/** What came of an import, and the way back. */
export function ImportEnd({ entity, upload, outcome, onAnother }: ImportEndProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const undo = useUndoAct()
  const [state, setState] = useState<'done' | 'busy' | 'undone'>('done')
  const act = outcome.undo
  const take = async (): Promise<void> => {
    if (act === undefined || state !== 'done') return
    setState('busy')
    await undo(act)
    setState('undone')
  }
  return (
    <>
      <h2 className="row h2 import-done">
        <Icon name={state === 'undone' ? 'undo' : 'check'} />
        {t(state === 'undone' ? 'import.undone' : 'import.done')}
      </h2>
      <Counts outcome={outcome} />
      <div className="row import-acts">
        <Button type="primary" onClick={() => void navigate(`/records/${entity.name}`)}>
          {t('import.show', { entities: entity.plural })}
        </Button>
        {act === undefined || state === 'undone' ? null : (
          <Button icon={<Icon name="undo" />} aria-busy={state === 'busy'} onClick={() => void take()}>
            {t('import.undo')}
          </Button>
        )}
        <Button onClick={onAnother}>{t('import.another')}</Button>
      </div>
      {act === undefined || state === 'undone' ? null : <p className="t13 ink-3">{t('import.undoText')}</p>}
      <RefusedRows {...{ upload, outcome }} />
    </>
  )
}
