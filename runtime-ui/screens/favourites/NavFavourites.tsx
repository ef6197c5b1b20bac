import { type DragEvent, type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, useLocation } from 'react-router'
import { useArrange } from '../../api/own-settings.ts'
import { IconButton } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { Menu } from '../../kit/Menu.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { useIsNarrowNav } from '../frame/use-nav-width.ts'
import { useRefusal } from '../record/use-delete.ts'
import { moved, type ShownFavourite, shownFavourites, toggled } from './favourites.ts'
import './favourites.css'

/** What the person wants at hand; pulled to another place, or moved there by Alt and the arrow keys. */
export function NavFavourites() {
  const { t } = useTranslation()
  const { me, model } = useWork()
  const arrange = useArrange()
  const refuse = useRefusal()
  const [dragged, setDragged] = useState<string>()
  const { favourites } = me.settings
  const shown = shownFavourites(model, favourites)
  if (shown.length === 0) return null
  const put = (next: typeof favourites): void => void arrange({ favourites: next }).catch(refuse)
  return (
    <section className="nav-favourites" aria-label={t('favourite.title')}>
      <h2 className="nav-head t12 ink-3">{t('favourite.title')}</h2>
      <ul>
        {shown.map((item, index) => (
          <Item
            key={item.key}
            item={item}
            isDragged={dragged === item.key}
            above={shown[index - 1]}
            below={shown[index + 1]}
            onMove={(to) => put(moved(favourites, item.key, to.key))}
            onRemove={() => put(toggled(favourites, item.favourite))}
            onDrag={setDragged}
            onDrop={() => {
              if (dragged !== undefined) put(moved(favourites, dragged, item.key))
              setDragged(undefined)
            }}
          />
        ))}
      </ul>
    </section>
  )
}

interface ItemProps {
  readonly item: ShownFavourite
  readonly isDragged: boolean
  readonly above: ShownFavourite | undefined
  readonly below: ShownFavourite | undefined
  readonly onMove: (to: ShownFavourite) => void
  readonly onRemove: () => void
  readonly onDrag: (key: string | undefined) => void
  readonly onDrop: () => void
}

function Item({ item, isDragged, above, below, onMove, onRemove, onDrag, onDrop }: ItemProps) {
  const { t } = useTranslation()
  const { pathname, search } = useLocation()
  const isNarrow = useIsNarrowNav()
  const isHere = item.to === pathname || item.to === `${pathname}${search}`
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = event.key === 'ArrowUp' ? above : event.key === 'ArrowDown' ? below : undefined
    if (!event.altKey || to === undefined) return
    event.preventDefault()
    onMove(to)
  }
  const move = (to: ShownFavourite | undefined, key: string, icon: 'chevron_up' | 'chevron_down') =>
    to === undefined
      ? []
      : [{ key, icon: <Icon name={icon} />, label: t(`favourite.${key}`), onClick: () => onMove(to) }]
  const items = [
    ...move(above, 'up', 'chevron_up'),
    ...move(below, 'down', 'chevron_down'),
    { key: 'remove', icon: <Icon name="close" />, label: t('favourite.remove'), onClick: onRemove },
  ]
  return (
    <li
      className={isDragged ? 'nav-favourite dragged' : 'nav-favourite'}
      draggable
      onDragStart={(event: DragEvent) => {
        event.dataTransfer.effectAllowed = 'move'
        onDrag(item.key)
      }}
      onDragOver={(event: DragEvent) => event.preventDefault()}
      onDragEnd={() => onDrag(undefined)}
      onDrop={(event: DragEvent) => {
        event.preventDefault()
        onDrop()
      }}
    >
      <NavLink
        className={isHere ? 'nav-item on' : 'nav-item'}
        to={item.to}
        aria-current={isHere ? 'page' : undefined}
        title={isNarrow ? item.label : item.note}
        draggable={false}
        onKeyDown={onKeyDown}
      >
        <Icon name={item.icon} />
        <span className="cut">{item.label}</span>
      </NavLink>
      <Menu items={items} placement="bottomRight">
        <IconButton
          className="nav-favourite-act"
          size="small"
          label={t('favourite.acts', { name: item.label })}
          icon={<Icon name="more" size="small" />}
        />
      </Menu>
    </li>
  )
}
