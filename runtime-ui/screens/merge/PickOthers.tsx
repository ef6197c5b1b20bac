import { useQuery } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { likesOf } from '../../api/merge.ts'
import type { Entity } from '../../api/types.ts'
import { useEntity } from '../../kit/model-context.tsx'
import { RecordPicker } from '../../widgets/RecordPicker.tsx'

export interface PickOthersProps {
  readonly entity: Entity
  /** The record that stays. */
  readonly survivor: string
  readonly chosen: readonly string[]
  readonly onChoose: (ids: readonly string[]) => void
}

/** Which records are merged into this one: those that the duplicate rules find, and any other by its name. */
export function PickOthers({ entity, survivor, chosen, onChoose }: PickOthersProps) {
  const { t } = useTranslation()
  const likes = useQuery({
    queryKey: ['records', entity.name, 'one', survivor, 'likes'],
    queryFn: ({ signal }) => likesOf(entity.name, survivor, signal),
  })
  const found = likes.data ?? []
  const toggle = (id: string, isChosen: boolean): void =>
    onChoose(isChosen ? [...chosen, id] : chosen.filter((one) => one !== id))
  const labelOf = (name: string) => entity.fields.find((field) => field.name === name)?.label ?? name
  return (
    <div className="merge-pick">
      {found.length === 0 ? null : (
        <fieldset className="merge-likes">
          <legend className="t13 ink-2">{t('merge.likes')}</legend>
          {found.map(({ id, label, owner, likeness, field }) => (
            <Checkbox
              key={id}
              checked={chosen.includes(id)}
              onChange={(event) => toggle(id, event.target.checked)}
            >
              <span className="merge-like">
                <span className="strong">{label}</span>
                <span className="t12 ink-3">
                  {[
                    t(likeness === 1 ? 'alike.same' : 'alike.likeness', {
                      field: labelOf(field),
                      percent: Math.round(likeness * 100),
                    }),
                    ...(owner?.label == null ? [] : [t('alike.owner', { name: owner.label })]),
                  ].join(t('alike.comma'))}
                </span>
              </span>
            </Checkbox>
          ))}
        </fieldset>
      )}
      <div className="field">
        <span className="t13 ink-2">{t(found.length === 0 ? 'merge.which' : 'merge.others')}</span>
        <OthersPicker entity={entity} survivor={survivor} chosen={chosen} onChoose={onChoose} />
      </div>
    </div>
  )
}

function OthersPicker({ entity, survivor, chosen, onChoose }: PickOthersProps) {
  const { t } = useTranslation()
  const known = useEntity(entity.name)
  if (known === undefined) return null
  return (
    <RecordPicker
      entity={entity.name}
      label={t('merge.which')}
      multiple
      values={chosen}
      onValues={(ids) => onChoose(ids.filter((id) => id !== survivor))}
    />
  )
}
