import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { Json } from '../store/json-value.ts'
import { begun, FORMS, formOf, TRIGGER_FORMS, type TriggerForm } from './trigger-forms.ts'

interface TriggerFormsProps {
  readonly trigger: Json
  readonly readOnly: boolean
  readonly onChange: (trigger: Json) => void
}

/** What sets a flow off, chosen before anything of it is said; later it can be another. */
export function TriggerForms({ trigger, readOnly, onChange }: TriggerFormsProps) {
  const { t } = useTranslation()
  const form = formOf(trigger)
  const choose = (next: TriggerForm): void => {
    if (next !== form) onChange(begun(next, trigger))
  }
  if (form === undefined) {
    return (
      <ul className="trigger-forms" aria-label={t('steps.on.nothing')}>
        {TRIGGER_FORMS.map((one) => (
          <li key={one}>
            <button type="button" disabled={readOnly} data-form={one} onClick={() => choose(one)}>
              <Icon name={FORMS[one].icon} />
              <span>
                <span className="t14">{t(`steps.form.${one}`)}</span>
                <span className="t12 ink-2">{t(`steps.formHelp.${one}`)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    )
  }
  return (
    <div className="trigger-form">
      <Select<TriggerForm>
        className="wide"
        aria-label={t('steps.on.nothing')}
        disabled={readOnly}
        value={form}
        options={TRIGGER_FORMS.map((one) => ({ value: one, label: t(`steps.form.${one}`) }))}
        onChange={choose}
        suffixIcon={<Icon name="chevron_down" />}
      />
      <p className="t12 ink-2">{t(`steps.formHelp.${form}`)}</p>
    </div>
  )
}
