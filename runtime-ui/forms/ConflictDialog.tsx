import { Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity } from '../api/types.ts'
import { Button } from '../kit/Button.tsx'
import { overlayPlace } from '../kit/overlays.ts'
import { FieldValue } from '../values/FieldValue.tsx'
import type { Comparison } from './conflict.ts'

export interface ConflictDialogProps {
  readonly entity: Entity
  readonly comparison: Comparison
  /** The fields in which one's own value shall stand. */
  readonly onSave: (mine: ReadonlySet<string>) => void
  readonly onReload: () => void
  readonly onClose: () => void
}

/** Somebody else saved first: field by field, nothing is lost without a choice. */
export function ConflictDialog({ entity, comparison, onSave, onReload, onClose }: ConflictDialogProps) {
  const { t } = useTranslation()
  const [mine, setMine] = useState<ReadonlySet<string>>(
    () => new Set(comparison.clashes.map((clash) => clash.field)),
  )
  const choose = (field: string, own: boolean): void => {
    const next = new Set(mine)
    if (own) next.add(field)
    else next.delete(field)
    setMine(next)
  }
  const fieldOf = (name: string) => entity.fields.find((field) => field.name === name)
  return (
    <Modal
      open
      title={t('conflict.title')}
      onCancel={onClose}
      getContainer={overlayPlace}
      closable={false}
      footer={[
        <Button key="reload" type="text" onClick={onReload}>
          {t('conflict.reload')}
        </Button>,
        <Button key="save" type="primary" onClick={() => onSave(mine)}>
          {t('conflict.save')}
        </Button>,
      ]}
    >
      <p className="ink-2 conflict-text">
        {t(comparison.clashes.length === 0 ? 'conflict.none' : 'conflict.text')}
      </p>
      <table className="conflict">
        <tbody>
          {comparison.clashes.map((clash) => {
            const field = fieldOf(clash.field)
            if (field === undefined) return null
            return (
              <tr key={clash.field}>
                <th scope="row">{field.label}</th>
                <td>
                  <Radio checked={mine.has(clash.field)} onChange={() => choose(clash.field, true)}>
                    <span className="ink-3">{t('conflict.yours')}</span>{' '}
                    <FieldValue entity={entity} field={field} value={clash.yours} compact />
                  </Radio>
                </td>
                <td>
                  <Radio checked={!mine.has(clash.field)} onChange={() => choose(clash.field, false)}>
                    <span className="ink-3">{t('conflict.theirs')}</span>{' '}
                    <FieldValue entity={entity} field={field} value={clash.theirs} compact />
                  </Radio>
                </td>
              </tr>
            )
          })}
          {comparison.kept.map((name) => (
            <tr key={name}>
              <th scope="row">{fieldOf(name)?.label ?? name}</th>
              <td colSpan={2} className="kept">
                {t('conflict.kept')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  )
}
