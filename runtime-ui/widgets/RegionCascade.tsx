import { useQuery } from '@tanstack/react-query'
import { Cascader } from 'antd'
import { useTranslation } from 'react-i18next'
import { Icon } from '../kit/icons/Icon.tsx'
import { loadRegions, pathOf, placeAt } from './regions.ts'

export interface RegionCascadeProps {
  readonly label: string
  readonly province: string | undefined
  readonly city: string | undefined
  readonly district: string | undefined
  readonly status: '' | 'error'
  readonly readOnly: boolean
  readonly onChange: (place: Readonly<Record<'province' | 'city' | 'district', string>>) => void
  /** The place is not in the list, or wanted otherwise: its parts are typed. */
  readonly onType: () => void
}

const FIELDS = { label: 'value', value: 'value', children: 'children' } as const

/** Province, city and district of China in one box: step by step, or by a part of any of the names. */
export function RegionCascade(props: RegionCascadeProps) {
  const { label, province, city, district, status, readOnly, onChange, onType } = props
  const { t } = useTranslation()
  const { data: regions = [], isPending } = useQuery({
    queryKey: ['cn-regions'],
    queryFn: loadRegions,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const path = pathOf({
    ...(province === undefined ? {} : { province }),
    ...(city === undefined ? {} : { city }),
    ...(district === undefined ? {} : { district }),
  })
  return (
    <Cascader
      className="wide"
      aria-label={`${label} ${t('address.region')}`}
      placeholder={t('address.region')}
      options={[...regions]}
      fieldNames={FIELDS}
      loading={isPending}
      status={status}
      disabled={readOnly}
      changeOnSelect
      value={path.length === 0 ? [] : [...path]}
      displayRender={(labels) => labels.join(' ')}
      suffixIcon={<Icon name="chevron_down" />}
      expandIcon={<Icon name="chevron_right" size="small" />}
      notFoundContent={t(isPending ? 'address.loading' : 'address.noRegion')}
      showSearch={{
        limit: 40,
        matchInputWidth: false,
        filter: (input, way) =>
          way
            .map(({ value }) => value)
            .join('')
            .includes(input.replaceAll(/\s/g, '')),
        render: (_input, way) => way.map(({ value }) => value).join(' › '),
      }}
      popupRender={(menus) => (
        <>
          {menus}
          <div className="cascade-foot">
            <button type="button" className="plain-button t13 cascade-type" onClick={onType}>
              {t('address.type')}
            </button>
          </div>
        </>
      )}
      onChange={(next) => {
        const place = placeAt((next as readonly string[] | undefined) ?? [], regions)
        onChange({ province: '', city: '', district: '', ...place })
      }}
    />
  )
}
