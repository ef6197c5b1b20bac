import { InputNumber } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../kit/Button.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import { ariaOf, statusOf, type WidgetProps } from './widget.ts'

interface Place {
  readonly lat?: number
  readonly lng?: number
}

/** A point on the map, typed or taken from where the device is. */
export function LocationBox(props: WidgetProps) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const place = (typeof props.value === 'object' && props.value !== null ? props.value : {}) as Place
  const change = (part: Place): void => {
    const next = { ...place, ...part }
    props.onChange(next.lat === undefined && next.lng === undefined ? undefined : next)
  }
  const here = (): void => {
    setBusy(true)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setBusy(false)
        props.context.setFault(props.name, undefined)
        props.onChange({ lat: Number(coords.latitude.toFixed(6)), lng: Number(coords.longitude.toFixed(6)) })
      },
      () => {
        setBusy(false)
        props.context.setFault(props.name, t('location.refused'))
      },
      { timeout: 10_000 },
    )
  }
  return (
    <fieldset className="row group" aria-label={props.label}>
      {(['lat', 'lng'] as const).map((part, index) => (
        <InputNumber<number>
          key={part}
          {...(index === 0 ? ariaOf(props) : {})}
          aria-label={`${props.label} ${t(`location.${part}`)}`}
          className="wide num"
          controls={false}
          status={statusOf(props)}
          readOnly={props.readOnly}
          placeholder={t(`location.${part}`)}
          value={place[part] ?? null}
          onChange={(next) => change({ [part]: next ?? undefined })}
        />
      ))}
      {'geolocation' in navigator && !props.readOnly ? (
        <IconButton label={t('location.here')} icon={<Icon name="pin" />} disabled={busy} onClick={here} />
      ) : null}
    </fieldset>
  )
}
