import { Modal, Radio } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity, Field } from '../api/types.ts'
import { Button } from '../kit/Button.tsx'
import { overlayPlace } from '../kit/overlays.ts'
import { ComparedValue } from './ComparedValue.tsx'
import type { Clash } from './conflict.ts'
import type { Conflict } from './draft.ts'
import { whoChanged } from './who-changed.ts'

export interface ConflictDialogProps {
  readonly entity: Entity
  readonly conflict: Conflict
  /** The fields in which one's own value shall stand. */
  readonly onSave: (mine: ReadonlySet<string>) => void
  readonly onReload: () => void
  readonly onClose: () => void
}

/** Somebody else saved first: field by field, nothing is lost without a choice. */
export function ConflictDialog({ entity, conflict, onSave, onReload, onClose }: ConflictDialogProps) {
  const { t } = useTranslation()
  const { comparison, record, isEarly } = conflict
  const all = comparison.clashes.map((clash) => clash.field)
  const [mine, setMine] = useState<ReadonlySet<string>>(() => new Set(all))
  const choose = (field: string, own: boolean): void => {
    const next = new Set(mine)
    if (own) next.add(field)
    else next.delete(field)
    setMine(next)
  }
  const fieldOf = (name: string) => entity.fields.find((field) => field.name === name)
  const who = whoChanged(record) ?? t('meanwhile.somebody')
  return (
    <Modal
      open
      title={t(isEarly === true ? 'conflict.early' : 'conflict.title')}
      onCancel={onClose}
      getContainer={overlayPlace}
      closable={false}
      width={640}
      footer={[
        <Button key="reload" type="text" danger onClick={onReload}>
          {t('conflict.reload')}
        </Button>,
        <Button key="back" onClick={onClose}>
          {t('conflict.back')}
        </Button>,
        <Button key="save" type="primary" onClick={() => onSave(mine)}>
          {t(isEarly === true ? 'conflict.take' : 'conflict.save')}
        </Button>,
      ]}
    >
      <p className="ink-2 conflict-text">
        {t(comparison.clashes.length === 0 ? 'conflict.none' : 'conflict.text', { who })}
      </p>
      {all.length < 2 ? null : (
        <p className="row conflict-all">
          <Button size="small" onClick={() => setMine(new Set(all))}>
            {t('conflict.allYours')}
          </Button>
          <Button size="small" onClick={() => setMine(new Set())}>
            {t('conflict.allTheirs', { who })}
          </Button>
        </p>
      )}
      {comparison.clashes.map((clash) => {
        const field = fieldOf(clash.field)
        return field === undefined ? null : (
          <ClashChoice
            key={clash.field}
            {...{ entity, field, clash, conflict, who }}
            isMine={mine.has(clash.field)}
            onChoose={(own) => choose(clash.field, own)}
          />
        )
      })}
      {comparison.kept.length === 0 ? null : (
        <dl className="conflict-kept">
          <dt className="t13 ink-3">{t('conflict.kept')}</dt>
          {comparison.kept.map(({ field: name, side, value }) => {
            const field = fieldOf(name)
            return field === undefined ? null : (
              <dd key={name}>
                <span className="ink-3">{field.label}</span>
                <span className="conflict-value">
                  <ComparedValue {...{ entity, field, value, record }} />
                </span>
                <span className="t12 ink-3">{side === 'yours' ? t('conflict.yours') : who}</span>
              </dd>
            )
          })}
        </dl>
      )}
    </Modal>
  )
}

interface ClashChoiceProps {
  readonly entity: Entity
  readonly field: Field
  readonly clash: Clash
  readonly conflict: Conflict
  readonly who: string
  readonly isMine: boolean
  readonly onChoose: (own: boolean) => void
}

/** One field, both values side by side: one of them is chosen. */
function ClashChoice({ entity, field, clash, conflict, who, isMine, onChoose }: ClashChoiceProps) {
  const { t } = useTranslation()
  const id = useId()
  const { record } = conflict
  return (
    <div className="conflict" role="radiogroup" aria-labelledby={id}>
      <p className="conflict-field" id={id}>
        {field.label}
      </p>
      <div className="conflict-sides">
        {([true, false] as const).map((own) => (
          <Radio
            key={String(own)}
            name={id}
            className={own === isMine ? 'conflict-side on' : 'conflict-side'}
            checked={own === isMine}
            onChange={() => onChoose(own)}
          >
            <span className="t12 ink-3">{own ? t('conflict.yours') : who}</span>
            <span className="conflict-value">
              <ComparedValue {...{ entity, field, record }} value={own ? clash.yours : clash.theirs} />
            </span>
          </Radio>
        ))}
      </div>
    </div>
  )
}
