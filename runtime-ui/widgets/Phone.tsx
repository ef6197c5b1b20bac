import './phone.css'
import { Input, Select, Space } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { HOME_CALLING, HOME_COUNTRY } from '../../metadata/matching/home.ts'
import { Icon } from '../kit/icons/Icon.tsx'
import { useLanguage } from '../kit/model-context.tsx'
import { ariaOf, statusOf, textOfValue, valueOfText, type WidgetProps } from './widget.ts'

type Countries = typeof import('./phone-countries.ts')

/**
 * A telephone number, kept as it is written, and the country that it is of: chosen, it stands before the number. What no
 * number of that country looks like is said and not refused: short numbers and hotlines are numbers as well.
 */
export function Phone(props: WidgetProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const text = textOfValue(props.value)
  const [isAsked, setIsAsked] = useState(false)
  const [isLeft, setIsLeft] = useState(false)
  // What knows the numbers of the world comes when there is one to be read.
  const countries = useCountries(isAsked || text !== '')
  const read = useMemo(() => countries?.readPhone(text), [countries, text])
  const all = useMemo(() => countries?.phoneCountries(language) ?? [], [countries, language])
  const country = text === '' || read === undefined ? HOME_COUNTRY : read.country
  const name = all.find(({ code }) => code === country)?.name
  const isUnlikely = isLeft && text !== '' && read?.isLikely === false
  return (
    <>
      <Space.Compact block>
        {props.readOnly ? null : (
          <Select
            className="phone-country"
            popupMatchSelectWidth={280}
            aria-label={t('phone.country', { field: props.label })}
            status={statusOf(props)}
            showSearch={{ optionFilterProp: 'words' }}
            suffixIcon={<Icon name="chevron_down" />}
            labelRender={({ value }) => all.find(({ code }) => code === value)?.calling ?? HOME_CALLING}
            value={country ?? null}
            placeholder="+"
            options={
              all.length === 0
                ? [{ value: HOME_COUNTRY, label: HOME_CALLING, words: '', calling: HOME_CALLING }]
                : all.map((one) => ({
                    value: one.code,
                    label: one.name,
                    words: `${one.name} ${one.calling} ${one.code}`,
                    calling: one.calling,
                  }))
            }
            optionRender={({ label, data }) => (
              <span className="row">
                <span className="cut grow">{label}</span>
                <span className="ink-3 num">{(data as { readonly calling?: string }).calling}</span>
              </span>
            )}
            onOpenChange={() => setIsAsked(true)}
            onChange={(code: string) =>
              props.onChange(valueOfText(countries?.withCountry(text, code) ?? text))
            }
          />
        )}
        <Input
          {...ariaOf(props)}
          type="tel"
          inputMode="tel"
          autoComplete="off"
          status={statusOf(props)}
          autoFocus={props.autoFocus}
          readOnly={props.readOnly}
          value={text}
          onChange={(event) => {
            setIsLeft(false)
            props.onChange(valueOfText(event.target.value))
          }}
          onBlur={() => setIsLeft(true)}
        />
      </Space.Compact>
      <span role="status" className={isUnlikely ? 't12 ink-2 phone-note' : 'visually-hidden'}>
        {isUnlikely ? t('phone.unlikely', { country: name ?? t('phone.anywhere') }) : ''}
      </span>
    </>
  )
}

function useCountries(isNeeded: boolean): Countries | undefined {
  const [countries, setCountries] = useState<Countries>()
  useEffect(() => {
    if (!isNeeded) return
    let isCurrent = true
    void import('./phone-countries.ts').then((loaded) => {
      if (isCurrent) setCountries(loaded)
    })
    return () => {
      isCurrent = false
    }
  }, [isNeeded])
  return countries
}
