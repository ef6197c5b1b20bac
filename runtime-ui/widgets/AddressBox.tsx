import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { ariaOf, statusOf, type WidgetProps } from './widget.ts'

type Address = Readonly<Record<string, string>>
const PARTS = ['country', 'province', 'city', 'district', 'street', 'postcode']

/** An address in its parts. */
export function AddressBox(props: WidgetProps) {
  const { t } = useTranslation()
  const address = (typeof props.value === 'object' && props.value !== null ? props.value : {}) as Address
  const parts = Array.isArray(props.options.parts) ? (props.options.parts as readonly string[]) : PARTS
  const change = (part: string, text: string): void => {
    const next = Object.fromEntries(
      Object.entries({ ...address, [part]: text }).filter(([, value]) => value !== ''),
    )
    props.onChange(Object.keys(next).length === 0 ? undefined : next)
  }
  return (
    <fieldset className="address group" aria-label={props.label}>
      {parts.map((part, index) => (
        <Input
          key={part}
          {...(index === 0 ? ariaOf(props) : {})}
          className={`address-${part}`}
          aria-label={`${props.label} ${t(`address.${part}`)}`}
          placeholder={t(`address.${part}`)}
          status={statusOf(props)}
          readOnly={props.readOnly}
          value={address[part] ?? ''}
          onChange={(event) => change(part, event.target.value)}
        />
      ))}
    </fieldset>
  )
}
