import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { sentenceLanguage } from '../../metadata/rules/sentence-words.ts'
import { REASON_GROUPS, REASONS } from '../../metadata/scenarios/reasons.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import { controlId, useInspected } from '../inspector/inspected.ts'
import { entityAround, useFieldChoices } from '../inspector/references.ts'
import type { Path } from '../store/json-value.ts'

/** Whether a place of a scenario says why something is refused: its code, or the field that it is about. */
export const isOfReason = (kind: string, path: Path): boolean =>
  kind === 'scenario' &&
  path[2] === 'then' &&
  (path[3] === 'problem' || path[3] === 'problems') &&
  (path.at(-1) === 'code' || path.at(-1) === 'path')

interface ReasonControlProps {
  readonly path: Path
  readonly value: unknown
}

/** Why something is refused, and at which field, each chosen in words. */
export function ReasonControl(props: ReasonControlProps) {
  return props.path.at(-1) === 'code' ? <CodeControl {...props} /> : <PlaceControl {...props} />
}

const ARROW = { suffixIcon: <Icon name="chevron_down" /> }

function CodeControl({ path, value }: ReasonControlProps) {
  const { t } = useTranslation()
  const language = sentenceLanguage(useLanguage())
  const { readOnly, set } = useInspected()
  // Any other code of the engine may stand there, written by hand.
  const isOther = typeof value === 'string' && value !== '' && !REASONS.some(({ code }) => code === value)
  const options = [
    ...REASON_GROUPS.map((group) => ({
      label: t(`scenarios.reason.${group}`),
      options: REASONS.filter((one) => one.group === group).map(({ code, text }) => ({
        value: code,
        label: text[language],
      })),
    })),
    ...(isOther ? [{ label: t('scenarios.reason.other'), options: [{ value, label: value }] }] : []),
  ]
  return (
    <Select<string>
      id={controlId(path)}
      className="wide"
      disabled={readOnly}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('scenarios.reason.any')}
      popupMatchSelectWidth={false}
      value={typeof value === 'string' && value !== '' ? value : null}
      options={options}
      onChange={(code) => set(path, code)}
      {...ARROW}
    />
  )
}

function PlaceControl({ path, value }: ReasonControlProps) {
  const { t } = useTranslation()
  const { kind, name, definition, readOnly, set } = useInspected()
  const fields = useFieldChoices(entityAround(kind, name, definition, path)) ?? []
  const own = fields.map((field) => ({ value: `/${field.value}`, label: field.label }))
  const isOther = typeof value === 'string' && value !== '' && !own.some((one) => one.value === value)
  return (
    <Select<string>
      id={controlId(path)}
      className="wide"
      allowClear
      disabled={readOnly}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('scenarios.reason.anyField')}
      value={typeof value === 'string' && value !== '' ? value : null}
      options={isOther ? [...own, { value, label: value }] : own}
      onChange={(next: string | undefined) => set(path, next)}
      {...ARROW}
    />
  )
}
