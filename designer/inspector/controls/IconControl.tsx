import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../../runtime-ui/kit/icons/Icon.tsx'
import { iconNamed } from '../../../runtime-ui/kit/icons/paths.ts'
import type { ControlProps } from '../Control.tsx'
import { controlId, useInspected } from '../inspected.ts'
import { iconChoices } from './icon-choices.ts'

interface IconOption {
  readonly value: string
  readonly label: string
  readonly text: string
}

/** An icon among those that there are, found by its word or its name; another name stays and is shown as it stands there. */
export function IconControl({ path, value }: ControlProps) {
  const { t } = useTranslation()
  const { readOnly, set } = useInspected()
  const standing = typeof value === 'string' ? value : undefined
  const options: IconOption[] = iconChoices(standing).map(({ name, word }) => {
    const label = word === undefined ? name : t(`icon.${word}`)
    return { value: name, label, text: `${label} ${name}`.toLowerCase() }
  })
  return (
    <Select<string, IconOption>
      id={controlId(path)}
      className="wide icon-choice"
      disabled={readOnly}
      placeholder={t('icon.choose')}
      value={standing ?? (null as unknown as string)}
      options={options}
      showSearch={{
        filterOption: (typed, option) => option?.text.includes(typed.trim().toLowerCase()) === true,
      }}
      optionRender={({ value: name, label }) => <WithIcon name={String(name)}>{label}</WithIcon>}
      labelRender={({ value: name, label }) => <WithIcon name={String(name)}>{label}</WithIcon>}
      onChange={(next) => set(path, next)}
      suffixIcon={<Icon name="chevron_down" />}
    />
  )
}

function WithIcon({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <span className="row option-icon">
      <Icon name={iconNamed(name)} />
      <span className="cut">{children}</span>
    </span>
  )
}
