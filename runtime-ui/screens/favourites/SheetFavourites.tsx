import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useArrange } from '../../api/own-settings.ts'
import type { Favourite } from '../../api/types.ts'
import { Button, IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { useRefusal } from '../record/use-delete.ts'
import { moved, type ShownFavourite, shownFavourites, toggled } from './favourites.ts'
import './favourites.css'

/** What the person wants at hand, in the sheet of a phone; put in order there by buttons as large as a thumb. */
export function SheetFavourites({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation()
  const { me, model } = useWork()
  const [isArranging, setIsArranging] = useState(false)
  const shown = shownFavourites(model, me.settings.favourites)
  if (shown.length === 0) return null
  return (
    <section aria-label={t('favourite.title')}>
      <div className="row more-favourites-head">
        <h2 className="t12 ink-3 more-head grow">{t('favourite.title')}</h2>
        {me.viewer === undefined ? (
          <Button type="text" size="small" onClick={() => setIsArranging(!isArranging)}>
            {t(isArranging ? 'favourite.arranged' : 'favourite.arrange')}
          </Button>
        ) : null}
      </div>
      {isArranging ? (
        <Arranged shown={shown} favourites={me.settings.favourites} />
      ) : (
        <ul>
          {shown.map(({ key, to, icon, label }) => (
            <li key={key}>
              <Link className="more-item" to={to} onClick={onDone}>
                <Icon name={icon} />
                <span className="cut">{label}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

interface ArrangedProps {
  readonly shown: readonly ShownFavourite[]
  readonly favourites: readonly Favourite[]
}

function Arranged({ shown, favourites }: ArrangedProps) {
  const { t } = useTranslation()
  const arrange = useArrange()
  const refuse = useRefusal()
  const list = useRef<HTMLUListElement>(null)
  const [last, setLast] = useState<{ readonly key: string; readonly way: 'up' | 'down' }>()
  const put = (next: readonly Favourite[]): void => void arrange({ favourites: next }).catch(refuse)
  const at = shown.findIndex(({ key }) => key === last?.key)
  // Who moves one on and on presses the same button, wherever its line comes to stand.
  useLayoutEffect(() => {
    if (last === undefined || at === -1) return
    const buttons = list.current?.children[at]?.querySelectorAll<HTMLButtonElement>('button') ?? []
    const [up, down] = buttons
    const pressed = last.way === 'up' ? up : down
    ;(pressed?.disabled === true ? (last.way === 'up' ? down : up) : pressed)?.focus()
  }, [last, at])
  const move = (item: ShownFavourite, way: 'up' | 'down', to: ShownFavourite | undefined): void => {
    if (to === undefined) return
    setLast({ key: item.key, way })
    put(moved(favourites, item.key, to.key))
  }
  return (
    <>
      <span className="visually-hidden" role="status">
        {last === undefined || at === -1
          ? ''
          : t('favourite.place', { name: shown[at]?.label, at: at + 1, count: shown.length })}
      </span>
      <ul ref={list}>
        {shown.map((item, index) => (
          <li key={item.key} className="more-item more-favourite">
            <Icon name={item.icon} />
            <span className="cut grow">{item.label}</span>
            <IconButton
              label={t('favourite.upOf', { name: item.label })}
              icon={<Icon name="chevron_up" />}
              disabled={index === 0}
              onClick={() => move(item, 'up', shown[index - 1])}
            />
            <IconButton
              label={t('favourite.downOf', { name: item.label })}
              icon={<Icon name="chevron_down" />}
              disabled={index === shown.length - 1}
              onClick={() => move(item, 'down', shown[index + 1])}
            />
            <IconButton
              label={t('favourite.removeOf', { name: item.label })}
              icon={<Icon name="close" />}
              onClick={() => put(toggled(favourites, item.favourite))}
            />
          </li>
        ))}
      </ul>
    </>
  )
}
