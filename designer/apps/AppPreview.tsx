import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { State } from '../../runtime-ui/kit/State.tsx'
import { DashboardTile } from '../../runtime-ui/screens/reports/DashboardTile.tsx'
import { tilesOf } from '../dashboards/dashboard-edit.ts'
import { shownTile } from '../dashboards/shown-tile.ts'
import { isSame, type Json } from '../store/json-value.ts'
import { useNames } from '../store/use-names.ts'
import { bare, isShownTo, openedFirst, placesIn } from './app-edit.ts'
import { addressIn, type useAppPlaces, useLedTo } from './use-app-places.ts'
import '../../runtime-ui/screens/reports/reports.css'
import '../dashboards/dashboards.css'

interface AppPreviewProps {
  readonly definition: Json
  readonly places: ReturnType<typeof useAppPlaces>
}

/** The navigation, and what opens first for a role, with live figures: to be looked at. */
export function AppPreview({ definition, places }: AppPreviewProps) {
  const { t } = useTranslation()
  const roles = useNames().of('role')
  const [role, setRole] = useState('')
  const homes = placesIn(definition, 'home')
  const nav = placesIn(definition, 'nav')
  const figures = [...nav, ...homes].filter(({ entity }) => entity === undefined)
  const led = useLedTo([...figures, ...(role === '' ? [] : [{ role }])], places.inDraft)
  const looking = role === '' ? undefined : led({ role })
  const shown = nav.filter((place) => isShownTo(place, looking, led(place)))
  const home = openedFirst(homes, role === '' ? undefined : role, (place) => led(place)?.for)
  const first = home ?? (shown[0] === undefined ? undefined : bare(shown[0]))
  return (
    <section className="live" aria-label={t('example.app')}>
      <div className="list-head">
        <div className="list-tools">
          <label className="row t13 ink-2" htmlFor="app-role">
            {t('example.asRole')}
          </label>
          <Select
            id="app-role"
            className="app-role"
            value={role}
            options={[{ value: '', label: t('example.everybody') }, ...roles]}
            suffixIcon={<Icon name="chevron_down" />}
            onChange={setRole}
          />
        </div>
      </div>
      <div className="app-picture">
        <ul className="app-nav no-phone">
          {shown.map((place, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a place may stand there twice, and keeps nothing
            <li key={at} className={isSame(bare(place), first) ? 'nav-item on' : 'nav-item'}>
              <Icon name={places.tileOf(place).icon ?? 'table'} />
              <span className="cut">{places.labelOf(place)}</span>
            </li>
          ))}
        </ul>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys */}
        <section className="app-home live-dashboard" tabIndex={0} aria-label={t('example.home')}>
          {home === undefined ? (
            <State joint="empty" title={t('example.noHome')} text={t('example.noHomeText')} />
          ) : (
            <HomePicture home={home} led={led(home)} labelOf={places.labelOf} />
          )}
        </section>
      </div>
    </section>
  )
}

interface HomePictureProps {
  readonly home: Json
  readonly led: Json | undefined
  readonly labelOf: (place: Json) => string
}

function HomePicture({ home, led, labelOf }: HomePictureProps) {
  const { i18n } = useTranslation()
  const { kind, name } = addressIn(home)
  const tiles = kind === 'report' ? [{ name, report: name, width: 12, height: 3 }] : tilesOf(led ?? {})
  const period = typeof led?.period === 'string' ? led.period : undefined
  const calledOf = (tile: Json): string => {
    const usual = tile.report === undefined ? '' : labelOf({ report: tile.report })
    return textIn(tile.label as Parameters<typeof textIn>[0], i18n.language, usual)
  }
  return (
    <div className="dashboard" inert>
      {tiles.map((tile) => (
        <DashboardTile
          key={tile.name}
          tile={shownTile(tile, calledOf(tile), i18n.language)}
          period={period}
        />
      ))}
    </div>
  )
}
