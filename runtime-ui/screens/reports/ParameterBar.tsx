import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Where } from '../../api/reports.ts'
import type { Field } from '../../api/types.ts'
import { clearing } from '../../kit/clearing.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { RecordPicker } from '../../widgets/RecordPicker.tsx'
import { type AskedParameter, fieldAt } from './parameters.ts'

export interface ParameterBarProps {
  readonly parameters: readonly AskedParameter[]
  readonly where: Where
  readonly onChange: (where: Where) => void
}

/** What whoever looks narrows figures by: each a list of values, none for all. */
export function ParameterBar({ parameters, where, onChange }: ParameterBarProps) {
  const { model } = useWork()
  const asked = parameters.flatMap(({ path, entity }) => {
    const field = fieldAt(model, entity, path)
    return field === undefined ? [] : [{ path, field }]
  })
  if (asked.length === 0) return null
  const choose = (path: string, values: readonly unknown[]) => {
    const { [path]: _before, ...others } = where
    onChange(values.length === 0 ? others : { ...others, [path]: values })
  }
  return (
    <div className="report-parameters">
      {asked.map(({ path, field }) => (
        <Parameter
          key={path}
          field={field}
          values={where[path] ?? []}
          onChange={(values) => choose(path, values)}
        />
      ))}
    </div>
  )
}

interface ParameterProps {
  readonly field: Field
  readonly values: readonly unknown[]
  readonly onChange: (values: readonly unknown[]) => void
}

function Parameter({ field, values, onChange }: ParameterProps) {
  const { t } = useTranslation()
  const target = field.relation?.to[0]
  return (
    <span className="report-parameter">
      <span className="t12 ink-3">{field.label}</span>
      {target === undefined ? (
        <Select
          aria-label={field.label}
          className="report-parameter-value"
          allowClear={clearing(t('act.clearOf', { title: field.label }))}
          mode={field.options === undefined ? 'tags' : 'multiple'}
          placeholder={t('report.allValues')}
          maxTagCount="responsive"
          showSearch={{ optionFilterProp: 'label' }}
          value={[...values]}
          options={(field.options ?? []).map(({ name, label }) => ({ value: name, label }))}
          onChange={(next: unknown[]) => onChange(next)}
        />
      ) : (
        <RecordPicker
          className="report-parameter-value"
          label={field.label}
          multiple
          entity={target}
          values={values as string[]}
          onValues={onChange}
        />
      )}
    </span>
  )
}
