import { Input } from 'antd'
import { type ClipboardEvent, lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isReadInChina } from '../i18n/languages.ts'
import { useLanguage } from '../kit/model-context.tsx'
import { readChineseAddress } from '../paste/chinese-address.ts'
import { fitPlace, isInChina, loadRegions } from './regions.ts'
import { ariaOf, statusOf, type WidgetProps } from './widget.ts'

const RegionCascade = lazy(async () => ({ default: (await import('./RegionCascade.tsx')).RegionCascade }))

type Address = Readonly<Record<string, string>>
const PARTS = ['country', 'province', 'city', 'district', 'street', 'postcode']
const CASCADED = ['province', 'city', 'district']

/**
 * An address in its parts. In China province, city and district are chosen in one box; elsewhere they are typed. A whole
 * Chinese address that is pasted into any part fills them all.
 */
export function AddressBox(props: WidgetProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [isTyped, setIsTyped] = useState(false)
  const address = (typeof props.value === 'object' && props.value !== null ? props.value : {}) as Address
  const parts = Array.isArray(props.options.parts) ? (props.options.parts as readonly string[]) : PARTS
  const isChosen =
    !isTyped && CASCADED.every((part) => parts.includes(part)) && isInChina(address, isReadInChina(language))
  const change = (said: Address): void => {
    const next = Object.fromEntries(
      Object.entries({ ...address, ...said }).filter(([, value]) => value !== ''),
    )
    props.onChange(Object.keys(next).length === 0 ? undefined : next)
  }
  const onPaste = (event: ClipboardEvent): void => {
    const found = readChineseAddress(event.clipboardData.getData('text'))
    if (found === undefined || props.readOnly) return
    event.preventDefault()
    event.stopPropagation()
    const fill = (filled: object): void =>
      change(Object.fromEntries(Object.entries(filled).filter(([part]) => parts.includes(part))))
    // Without the list of regions it goes in as it is written.
    loadRegions().then(
      (tree) => fill(fitPlace(found, tree)),
      () => fill(found),
    )
  }
  const shown = isChosen ? parts.filter((part) => !CASCADED.includes(part)) : parts
  const cascade = (
    <div className="address-region" key="region">
      <Suspense fallback={<Input disabled aria-hidden="true" />}>
        <RegionCascade
          label={props.label}
          province={address.province}
          city={address.city}
          district={address.district}
          status={statusOf(props)}
          readOnly={props.readOnly}
          onChange={change}
          onType={() => setIsTyped(true)}
        />
      </Suspense>
    </div>
  )
  return (
    <fieldset
      className={`address group${isChosen ? ' chosen-address' : ''}`}
      aria-label={props.label}
      onPaste={onPaste}
    >
      {shown.map((part, index) => [
        <Input
          key={part}
          {...(index === 0 ? ariaOf(props) : {})}
          className={`address-${part}`}
          aria-label={`${props.label} ${t(`address.${part}`)}`}
          placeholder={t(`address.${part}`)}
          status={statusOf(props)}
          readOnly={props.readOnly}
          value={address[part] ?? ''}
          onChange={(event) => change({ [part]: event.target.value })}
        />,
        isChosen && index === 0 ? cascade : null,
      ])}
    </fieldset>
  )
}
