import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../../kit/Button.tsx'
import { Icon } from '../../../kit/icons/Icon.tsx'
import { useWork } from '../../../kit/model-context.tsx'
import { Sheet } from '../../../kit/Sheet.tsx'
import { fieldAt } from '../../../values/references.ts'
import type { ListParts } from '../ListHead.tsx'
import { columnsOf } from '../list-state.ts'
import './views.css'

/** What makes no cell. */
const NO_CELL: ReadonlySet<string> = new Set(['child_list', 'password', 'rich_text', 'json'])

/** Which columns a list has, and in which order; the list behind follows at once. */
export function ColumnsSheet({
  entity,
  view,
  state,
  change,
  onClose,
}: ListParts & { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { model } = useWork()
  // The address follows a moment later: two quick presses must not be worked out of the same columns.
  const [chosen, setChosen] = useState(state.columns)
  const shown = columnsOf(entity, view, { columns: chosen }).flatMap(({ field: path }) => {
    const field = fieldAt(model.entities, entity, path)
    return field === undefined ? [] : [{ path, label: field.label }]
  })
  const paths = shown.map(({ path }) => path)
  const others = entity.fields.filter(({ name, type }) => !paths.includes(name) && !NO_CELL.has(type))
  const set = (columns: readonly string[] | undefined): void => {
    setChosen(columns)
    change({ columns }, true)
  }
  const move = (at: number, by: -1 | 1): void => {
    const next = [...paths]
    const [path] = next.splice(at, 1)
    next.splice(at + by, 0, path!)
    set(next)
  }
  return (
    <Sheet open title={t('columns.title')} onClose={onClose}>
      <ol className="columns-list">
        {shown.map(({ path, label }, at) => (
          <li key={path} className="row">
            <span className="grow cut">{label}</span>
            <IconButton
              label={t('columns.up', { field: label })}
              icon={<Icon name="chevron_up" size="small" />}
              disabled={at === 0}
              onClick={() => move(at, -1)}
            />
            <IconButton
              label={t('columns.down', { field: label })}
              icon={<Icon name="chevron_down" size="small" />}
              disabled={at === shown.length - 1}
              onClick={() => move(at, 1)}
            />
            <IconButton
              label={t('columns.remove', { field: label })}
              icon={<Icon name="close" size="small" />}
              disabled={shown.length === 1}
              onClick={() => set(paths.filter((one) => one !== path))}
            />
          </li>
        ))}
      </ol>
      <div className="field">
        <label htmlFor="columns-add">{t('columns.add')}</label>
        <Select
          id="columns-add"
          showSearch={{ optionFilterProp: 'label' }}
          value={null}
          placeholder={t('columns.choose')}
          options={others.map(({ name, label }) => ({ value: name, label }))}
          onChange={(name: string | null) => (name === null ? undefined : set([...paths, name]))}
        />
      </div>
      {chosen === undefined ? null : (
        <Button type="text" onClick={() => set(undefined)}>
          {t('columns.reset')}
        </Button>
      )}
    </Sheet>
  )
}
