import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ACTIONS } from '../../api/audit.ts'
import { Button } from '../../kit/Button.tsx'
import { clearing, clearingDay } from '../../kit/clearing.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { RecordPicker } from '../../widgets/RecordPicker.tsx'
import { useAuditQuestion } from './audit-question.ts'

/** By whom, to what, what and when is asked for. */
export function AuditFilters() {
  const { t } = useTranslation()
  const { model } = useWork()
  const { question, change } = useAuditQuestion()
  const entity = model.entities.find(({ name }) => name === question.entity)
  const actions = ACTIONS.map((value) => ({ value, label: t(`audit.action.${value}`) }))
  const isAsked = Object.keys(question).length > 0
  return (
    <div className="audit-filters">
      <Part label={t('audit.user')}>
        <RecordPicker
          entity="user"
          label={t('audit.user')}
          value={question.user}
          clearable
          onChange={(user) => change({ user })}
        />
      </Part>
      <Choice
        label={t('audit.entity')}
        value={question.entity}
        options={model.entities.map(({ name, label }) => ({ value: name, label }))}
        onChange={(name) => change({ entity: name, record: undefined, field: undefined })}
      />
      {entity === undefined ? null : (
        <>
          <Part label={entity.label}>
            <RecordPicker
              key={entity.name}
              entity={entity.name}
              label={entity.label}
              value={question.record}
              clearable
              onChange={(record) => change({ record })}
            />
          </Part>
          <Choice
            label={t('audit.field')}
            value={question.field}
            options={entity.fields.map(({ name, label }) => ({ value: name, label }))}
            onChange={(field) => change({ field })}
          />
        </>
      )}
      <Choice
        label={t('audit.action')}
        value={question.action}
        options={actions}
        onChange={(action) => change({ action })}
      />
      <Day label={t('audit.from')} value={question.from} onChange={(from) => change({ from })} />
      <Day label={t('audit.until')} value={question.until} onChange={(until) => change({ until })} />
      {isAsked ? (
        <Button
          className="audit-clear"
          icon={<Icon name="close" />}
          onClick={() => change(Object.fromEntries(Object.keys(question).map((key) => [key, undefined])))}
        >
          {t('audit.clear')}
        </Button>
      ) : null}
    </div>
  )
}

function Part({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="audit-part">
      <span className="t12 ink-3" aria-hidden="true">
        {label}
      </span>
      {children}
    </div>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string | undefined
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string | undefined) => void
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  const { t } = useTranslation()
  return (
    <Part label={label}>
      <Select
        aria-label={label}
        allowClear={clearing(t('act.clearOf', { title: label }))}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('audit.any')}
        suffixIcon={<Icon name="chevron_down" />}
        value={value}
        options={[...options]}
        onChange={(next: string | undefined) => onChange(next)}
      />
    </Part>
  )
}

function Day({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (day: string | undefined) => void
}) {
  const { t } = useTranslation()
  return (
    <Part label={label}>
      <DatePicker
        aria-label={label}
        {...clearingDay(t('act.clearOf', { title: label }))}
        value={value === undefined ? null : dayjs(value)}
        onChange={(next) => onChange(next === null ? undefined : next.format('YYYY-MM-DD'))}
      />
    </Part>
  )
}
