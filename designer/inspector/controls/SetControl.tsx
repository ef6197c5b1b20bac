import { Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../../runtime-ui/kit/icons/Icon.tsx'
import { RecordPicker } from '../../../runtime-ui/widgets/RecordPicker.tsx'
import { useValueFields, type ValueField } from '../../scenarios/use-value-fields.ts'
import { beginningOf, ValueControl } from '../../scenarios/ValueRows.tsx'
import { isObject, type Path } from '../../store/json-value.ts'
import { useNames } from '../../store/use-names.ts'
import type { ControlProps } from '../Control.tsx'
import { useInspected } from '../inspected.ts'
import { printedRule } from '../printed-rule.ts'
import { useReadable } from '../use-readable.ts'
import { useRested } from '../use-rested.ts'
import { readFormula } from '../value-text.ts'
import { LengthInput } from './DurationControl.tsx'
import { MapControl } from './MapControl.tsx'
import { PeopleControl } from './PeopleControl.tsx'
import { aroundValues, ITSELF, later, laterOf, type Source, sourceOf, sourcesFor } from './set-values.ts'
import './set-control.css'

const ARROW = { suffixIcon: <Icon name="chevron_down" /> }
const FIRST_LENGTH = 'P3D'

/** The values that a step gives fields: each a value, a field of the record, a time from now, people, or worked out. */
export function SetControl(props: ControlProps) {
  const { path, value, title } = props
  const { t } = useTranslation()
  const { kind, definition, readOnly, set } = useInspected()
  const { of } = useValueFields()
  const names = useNames()
  const [added, setAdded] = useState<string>()
  const { target, source } = aroundValues(
    kind,
    useReadable()(kind, definition),
    path,
    (entity, field) => of(entity).find((one) => one.value === field)?.to[0],
  )
  if (target === undefined) return <MapControl {...props} />
  const fields = of(target)
  const read = source === undefined ? [] : of(source)
  const entries = Object.entries(isObject(value) ? value : {})
  const left = fields
    .filter((field) => field.isSettable && !entries.some(([name]) => name === field.value))
    .sort((one, other) => Number(other.required) - Number(one.required))
  const start = (field: ValueField, from: Source): unknown => {
    if (from === 'later') return later(field.type, FIRST_LENGTH)
    if (from === 'people') return { role: '' }
    if (from === 'rule') return { var: ITSELF }
    if (from === 'fixed') return field.isPointer ? '' : beginningOf(field)
    const alike = read.find((one) => one.value === field.value && one.type === field.type)
    const isOfRecord =
      field.isPointer && !field.isPerson && (field.to.length === 0 || field.to.includes(source ?? ''))
    return {
      var: isOfRecord ? ITSELF : (alike?.value ?? (field.isPerson ? 'owner' : (read[0]?.value ?? ITSELF))),
    }
  }
  return (
    <div className="set-control">
      {entries.map(([name, one]) => {
        const field = fields.find((known) => known.value === name)
        return (
          <SetRow
            key={name}
            {...{ field, one, read, source, autoFocus: added === name }}
            path={[...path, name]}
            label={field?.label ?? name}
            onSource={(from) => field !== undefined && set([...path, name], start(field, from))}
          />
        )
      })}
      {readOnly ? null : (
        <Select<string>
          className="wide"
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('values.addTo', { title })}
          placeholder={t('values.add', { entity: names.called('entity', target) })}
          value={null as unknown as string}
          options={left.map((field) => ({
            value: field.value,
            label: field.required ? `${field.label} *` : field.label,
          }))}
          onChange={(name) => {
            const field = fields.find((one) => one.value === name)
            if (field === undefined) return
            setAdded(name)
            set([...path, name], start(field, sourcesFor(field)[0] ?? 'fixed'))
          }}
          {...ARROW}
        />
      )}
    </div>
  )
}

interface SetRowProps {
  readonly path: Path
  readonly label: string
  readonly field: ValueField | undefined
  readonly one: unknown
  /** The fields of the record that the step reads, and its entity. */
  readonly read: readonly ValueField[]
  readonly source: string | undefined
  readonly autoFocus: boolean
  readonly onSource: (source: Source) => void
}

function SetRow({ path, label, field, one, read, source, autoFocus, onSource }: SetRowProps) {
  const { t } = useTranslation()
  const { readOnly, set } = useInspected()
  const names = useNames()
  const entity = source === undefined ? '' : names.called('entity', source)
  const from = field === undefined ? 'rule' : sourceOf(one)
  const offered = new Set<Source>([...(field === undefined ? [] : sourcesFor(field)), from])
  const sources = [...offered].filter((kind) => kind !== 'field' || source !== undefined || from === 'field')
  const put = (next: unknown): void => set(path, next)
  const shared = { 'aria-label': label, disabled: readOnly }
  return (
    <div className="set-row" data-value={path.at(-1)}>
      <div className="row set-head">
        <span className="t13 cut" title={label}>
          {label}
        </span>
        <Select<Source>
          size="small"
          className="end"
          variant="borderless"
          popupMatchSelectWidth={false}
          aria-label={t('values.source', { title: label })}
          disabled={readOnly}
          value={from}
          options={sources.map((kind) => ({ value: kind, label: t(`values.source.${kind}`, { entity }) }))}
          onChange={onSource}
          {...ARROW}
        />
        {readOnly ? null : (
          <IconButton
            size="small"
            label={t('inspector.leaveOut', { title: label })}
            icon={<Icon name="close" />}
            onClick={() => put(undefined)}
          />
        )}
      </div>
      {from === 'field' ? (
        <Select<string>
          {...shared}
          className="wide"
          showSearch={{ optionFilterProp: 'label' }}
          value={String((one as { readonly var?: unknown }).var)}
          options={[
            { value: ITSELF, label: t('values.itself') },
            ...read
              .filter(({ value }) => value !== ITSELF)
              .map(({ value, label: of }) => ({ value, label: of })),
          ]}
          onChange={(name) => put({ var: name })}
          {...ARROW}
        />
      ) : from === 'later' ? (
        <LengthInput
          title={label}
          text={laterOf(one) ?? ''}
          readOnly={readOnly}
          onChange={(length) => put(later(field?.type, length ?? FIRST_LENGTH))}
        />
      ) : from === 'people' ? (
        <PeopleControl path={path} schema={{}} value={one} title={label} />
      ) : from === 'rule' ? (
        <FormulaInput label={label} value={one} readOnly={readOnly} onChange={put} />
      ) : field?.isPointer === true && field.to.length === 1 && !field.isMany ? (
        <RecordPicker
          entity={field.to[0]!}
          label={label}
          className="wide"
          disabled={readOnly}
          value={typeof one === 'string' && one !== '' ? one : undefined}
          onChange={(id) => put(id ?? '')}
        />
      ) : (
        <ValueControl {...{ field, value: one, readOnly, label, autoFocus }} names={[]} onChange={put} />
      )}
    </div>
  )
}

interface FormulaProps {
  readonly label: string
  readonly value: unknown
  readonly readOnly: boolean
  readonly onChange: (rule: unknown) => void
}

/** A value that is worked out, in the words of rules; what cannot be read is said and not stored. */
function FormulaInput({ label, value, readOnly, onChange }: FormulaProps) {
  const { t } = useTranslation()
  const [text, setText] = useState<string>()
  const rested = useRested(text, 300)
  const isFaulty = rested !== undefined && readFormula(rested) === undefined
  return (
    <>
      <Input
        aria-label={label}
        className="mono-input"
        disabled={readOnly}
        spellCheck={false}
        status={isFaulty ? 'error' : ''}
        value={text ?? printedRule(value)}
        onChange={({ target }) => {
          setText(target.value)
          const read = readFormula(target.value)
          if (read !== undefined) onChange(read)
        }}
        onBlur={() => isFaulty || setText(undefined)}
      />
      {isFaulty ? (
        <p className="field-problem t13" role="alert">
          {t('values.unread')}
        </p>
      ) : null}
    </>
  )
}
