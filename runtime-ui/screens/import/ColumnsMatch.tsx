import { Select } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Upload } from '../../api/imports.ts'
import type { Entity } from '../../api/types.ts'
import { Icon } from '../../kit/icons/Icon.tsx'

interface ColumnsMatchProps {
  readonly entity: Entity
  readonly upload: Upload
  /** For each column its field, '' where it is left out. */
  readonly columns: readonly string[]
  readonly disabled: boolean
  readonly onChange: (columns: string[]) => void
}

const SHOWN = 3

/** The columns of the file with their first values, and the field to which each goes. */
export function ColumnsMatch({ entity, upload, columns, disabled, onChange }: ColumnsMatchProps) {
  const { t } = useTranslation()
  const id = useId()
  const fields = entity.fields.filter(({ name }) => upload.fields.includes(name))
  const taken = new Set(columns)
  return (
    <section aria-labelledby={id}>
      <h2 className="h3 import-title" id={id}>
        {t('import.columns')}
      </h2>
      <ul className="import-columns">
        {upload.columns.map(({ header, samples }, index) => {
          const field = columns[index] ?? ''
          const said = samples.filter((sample) => sample !== '').slice(0, SHOWN)
          return (
            <li key={header} className={field === '' ? 'import-column left' : 'import-column'}>
              <div className="import-header">
                <span className="strong cut" title={header}>
                  {header}
                </span>
                <span className="t12 ink-3 cut">{said.join(t('import.comma'))}</span>
              </div>
              <Icon name="chevron_right" size="small" />
              <Select
                aria-label={t('import.fieldOf', { column: header })}
                value={field}
                disabled={disabled}
                showSearch
                optionFilterProp="label"
                options={[
                  { value: '', label: t('import.leave') },
                  ...fields.map(({ name, label, required }) => ({
                    value: name,
                    label: required ? `${label} *` : label,
                    disabled: name !== field && taken.has(name),
                  })),
                ]}
                onChange={(next: string) => onChange(columns.map((old, at) => (at === index ? next : old)))}
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}
