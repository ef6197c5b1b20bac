import { Checkbox, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { EVERY_TEXT } from '../../runtime-ui/i18n/languages.ts'
import { formatNumber } from '../../runtime-ui/kit/format.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import { useTypeWords } from '../layouts/use-layout-fields.ts'
import { fieldIcon } from '../model/field-icons.ts'
import { useReading } from '../naming/read-chinese.ts'
import { useStore } from '../store/store.tsx'
import { asChoice, CAN_BE_UNIQUE, COLUMN_TYPES, type Column, type Fault, withType } from './proposal.ts'

interface ColumnRowProps {
  readonly column: Column
  readonly place: number
  readonly isTitle: boolean
  readonly samples: readonly string[]
  /** Rows that were looked at. */
  readonly looked: number
  readonly fault: Fault | undefined
  readonly onChange: (column: Column) => void
  readonly onTitle: () => void
}

/** A column and the field that it becomes. */
export function ColumnRow(props: ColumnRowProps) {
  const { column, place, isTitle, samples, looked, fault, onChange, onTitle } = props
  const { t, i18n } = useTranslation()
  const language = useLanguage()
  const typeWord = useTypeWords()
  const { readThen: becomeChoice } = useReading((_words, read) => onChange(asChoice(column, samples, read)))
  const number = (of: number): string => formatNumber(of, language)
  const id = `column-${place}`
  // The one that the header was written in.
  const [written = EVERY_TEXT] = EVERY_TEXT in column.label ? [] : Object.keys(column.label)
  const shown = samples.filter((cell) => cell.trim() !== '').slice(0, 3)
  const called = textIn(column.label, i18n.language, column.header)
  const off = !column.isTaken
  return (
    <li className={off ? 'from-file-column off' : 'from-file-column'} data-column={column.header}>
      <Checkbox
        aria-label={t('fromFile.take', { column: column.header })}
        checked={column.isTaken}
        onChange={(event) => onChange({ ...column, isTaken: event.target.checked })}
      />
      <div className="from-file-words">
        <Input
          id={`${id}-label`}
          aria-label={t('fromFile.labelOf', { column: column.header })}
          disabled={off}
          maxLength={120}
          value={column.label[written] ?? ''}
          onChange={(event) =>
            onChange({ ...column, label: { ...column.label, [written]: event.target.value } })
          }
        />
        <span className="t12 ink-3 cut" title={shown.join(' · ')}>
          {shown.length === 0 ? t('fromFile.noSample') : shown.join(' · ')}
        </span>
      </div>
      <div className="from-file-kind">
        <Select
          className="from-file-type"
          aria-label={t('fromFile.typeOf', { column: called })}
          disabled={off}
          value={column.type}
          options={COLUMN_TYPES.map((value) => ({
            value,
            label: (
              <span className="row option-choice">
                <Icon name={fieldIcon(value)} />
                {typeWord(value)}
              </span>
            ),
          }))}
          suffixIcon={<Icon name="chevron_down" />}
          onChange={(type: string) =>
            type === 'select' ? becomeChoice(samples.join(' ')) : onChange(withType(column, type))
          }
        />
        {column.filled === 0 ? null : (
          <span className="t12 ink-3 cut">
            {column.filled === looked
              ? t('fromFile.filledAll')
              : t('fromFile.filled', { filled: number(column.filled), looked: number(looked) })}
          </span>
        )}
      </div>
      <div className="from-file-more">
        <Input
          className="mono-input"
          aria-label={t('fromFile.nameOf', { column: called })}
          disabled={off}
          spellCheck={false}
          status={fault === 'name' || fault === 'twice' ? 'error' : ''}
          value={column.name}
          onChange={(event) => onChange({ ...column, name: event.target.value })}
        />
        {column.type === 'lookup' && !off ? <LookupTo {...{ column, called, onChange }} /> : null}
        {column.type === 'select' && !off ? (
          <span className="t12 ink-3 cut" title={column.options.map(({ label }) => label).join(' · ')}>
            {t('fromFile.options', { count: column.options.length })}
            {column.options.length === 0 ? '' : `: ${column.options.map(({ label }) => label).join(' · ')}`}
          </span>
        ) : null}
        {column.misfits === undefined || off ? null : (
          <span className="t12 from-file-misfits">
            {t('fromFile.misfits', {
              count: column.misfits.count,
              number: number(column.misfits.count),
              row: number(column.misfits.row),
              value: column.misfits.value,
            })}
          </span>
        )}
        {fault === undefined ? null : (
          <span className="t12 bad" role="alert">
            {t(`fromFile.fault.${fault}`, { name: column.name })}
          </span>
        )}
      </div>
      <div className="row from-file-flags">
        <label className="row t13">
          <input type="radio" name="from-file-title" disabled={off} checked={isTitle} onChange={onTitle} />
          {t('fromFile.isTitle')}
        </label>
        <Checkbox
          disabled={off || column.type === 'boolean'}
          checked={column.required}
          onChange={(event) => onChange({ ...column, required: event.target.checked })}
        >
          {t('layouts.required')}
        </Checkbox>
        <Checkbox
          disabled={off || !CAN_BE_UNIQUE.has(column.type)}
          checked={column.unique}
          onChange={(event) => onChange({ ...column, unique: event.target.checked })}
        >
          {t('fromFile.unique')}
        </Checkbox>
      </div>
    </li>
  )
}

interface LookupToProps {
  readonly column: Column
  readonly called: string
  readonly onChange: (column: Column) => void
}

function LookupTo({ column, called, onChange }: LookupToProps) {
  const { t, i18n } = useTranslation()
  const { index } = useStore()
  const entities = [...index.values()].filter(({ kind }) => kind === 'entity')
  return (
    <Select
      className="wide"
      aria-label={t('fromFile.toOf', { column: called })}
      placeholder={t('fromFile.to')}
      value={column.to ?? null}
      options={entities.map(({ name, label }) => ({
        value: name,
        label: textIn(label, i18n.language, name),
      }))}
      showSearch={{ optionFilterProp: 'label' }}
      suffixIcon={<Icon name="chevron_down" />}
      onChange={(to) => onChange({ ...column, to: to ?? undefined })}
    />
  )
}
