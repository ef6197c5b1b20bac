import { Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Avatar } from '../../kit/Avatar.tsx'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LanguageChoice } from '../../kit/LanguageChoice.tsx'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { usePreferences } from '../../kit/preferences.ts'
import { ApprovalsLink } from '../approvals/ApprovalsLink.tsx'
import { SheetFavourites } from '../favourites/SheetFavourites.tsx'
import { openHelp } from '../help/open-help.ts'
import { openRequest } from '../requests/open-request.ts'
import { UnreadMark } from './Bell.tsx'
import { usePersonActs } from './PersonMenu.tsx'
import { settingsPlaces } from './settings-places.ts'
import { usePlaceGroups } from './use-place-group.ts'

function Settings({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation()
  const places = settingsPlaces(useWork(), t)
  if (places.length === 0) return null
  return (
    <section aria-label={t('settings.title')}>
      <h2 className="t12 ink-3 more-head">{t('settings.title')}</h2>
      <ul>
        {places.map((place) => (
          <li key={place.key}>
            {place.isOutside === true ? (
              <a className="more-item" href={place.to}>
                <Icon name={place.icon} />
                <span className="cut">{place.label}</span>
              </a>
            ) : (
              <Link className="more-item" to={place.to} onClick={onDone}>
                <Icon name={place.icon} />
                <span className="cut">{place.label}</span>
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What a phone's foot has no room for: all places, language, light or dark, sign out. */
export function MoreSheet({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation()
  const { me } = useWork()
  const { groups, current, choose } = usePlaceGroups()
  const language = useLanguage()
  const { theme } = usePreferences()
  const acts = usePersonActs()
  return (
    <div className="more">
      {groups.length < 2 ? null : (
        <Select
          aria-label={t('frame.apps')}
          value={current.name}
          options={groups.map((group) => ({ value: group.name, label: group.label }))}
          suffixIcon={<Icon name="chevron_down" />}
          onChange={choose}
        />
      )}
      <ul>
        {current.places.map((place) => (
          <li key={place.key}>
            <Link className="more-item" to={place.to} onClick={onDone}>
              <Icon name={place.icon} />
              <span className="cut">{place.label}</span>
            </Link>
          </li>
        ))}
        <li>
          <ApprovalsLink className="more-item" onClick={onDone} />
        </li>
      </ul>
      <SheetFavourites onDone={onDone} />
      <Link className="more-item" to="/notifications" onClick={onDone}>
        <Icon name="bell" />
        <span className="cut">{t('notifications.title')}</span>
        <span className="end">
          <UnreadMark />
        </span>
      </Link>
      <Settings onDone={onDone} />
      <div className="more-person row">
        <Avatar name={me.user.name} person size="medium" />
        <span className="grow">
          <span className="strong cut more-name">{me.user.name}</span>
          <span className="t12 ink-3 cut more-name">{me.user.email}</span>
        </span>
      </div>
      <LanguageChoice block value={language} onChange={(tag) => void acts.setLanguage(tag)} />
      <Segmented
        block
        aria-label={t('person.theme')}
        value={theme}
        options={(['system', 'light', 'dark'] as const).map((value) => ({
          value,
          label: t(`person.theme.${value}`),
        }))}
        onChange={(value) => acts.setTheme(value as typeof theme)}
      />
      <Link className="more-item" to="/account" onClick={onDone}>
        <Icon name="user" />
        <span className="cut">{t('account.title')}</span>
      </Link>
      <Button
        block
        icon={<Icon name="help" />}
        onClick={() => {
          onDone()
          openHelp()
        }}
      >
        {t('person.help')}
      </Button>
      <Button
        block
        icon={<Icon name="message" />}
        onClick={() => {
          onDone()
          openRequest()
        }}
      >
        {t('person.request')}
      </Button>
      <Button block icon={<Icon name="sign_out" />} onClick={() => void acts.leave()}>
        {t('person.signOut')}
      </Button>
    </div>
  )
}
