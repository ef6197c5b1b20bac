import type { TFunction } from 'i18next'
import { Link as RouterLink } from 'react-router'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { iconNamed } from '../../runtime-ui/kit/icons/paths.ts'
import type { Side } from '../canvas/Picture.tsx'
import { definitionAddress } from '../places.ts'
import { EntitySide } from './EntitySide.tsx'
import { GroupPick } from './GroupPick.tsx'
import { GroupSide } from './GroupSide.tsx'
import { type EntityCard, iconOf } from './model-graph.ts'
import type { Group } from './model-groups.ts'

interface SideProps {
  readonly t: TFunction
  readonly cards: readonly EntityCard[]
  readonly groups: readonly Group[]
  readonly current: EntityCard | undefined
  readonly group: Group | undefined
  readonly lookup: { readonly to: string; readonly label: unknown } | undefined
  readonly readOnly: boolean
  readonly hash: string
  readonly links: number
  readonly isFolded: boolean
  entityCalled(name: string): string
  onFold(isFolded: boolean): void
  onMade(): void
  onClose(): void
  onGroup(grouping: { readonly group: Group } | { readonly begin: readonly string[] }): void
  onDissolve(): void
}

/** What stands beside the picture of the model: the selected entity, the selected group, or what one can do here. */
export function sideOf(props: SideProps): Side {
  const { t, cards, groups, current, group, lookup, readOnly, hash } = props
  if (group !== undefined) {
    return {
      title: group.label,
      icon: <Icon name="group" />,
      onClose: props.onClose,
      acts: (
        <>
          {readOnly ? null : (
            <Button size="small" onClick={() => props.onGroup({ group })}>
              {t('model.group.editIt')}
            </Button>
          )}
          <Button size="small" onClick={() => props.onFold(!props.isFolded)}>
            {t(props.isFolded ? 'model.group.unfoldIt' : 'model.group.foldIt')}
          </Button>
          {readOnly ? null : (
            <Button size="small" className="canvas-page-danger" onClick={props.onDissolve}>
              {t('model.group.dissolve')}
            </Button>
          )}
        </>
      ),
      content: <GroupSide group={group} cards={cards} />,
    }
  }
  if (current === undefined) {
    return {
      title: t('model.title'),
      content: (
        <>
          <p className="t13 ink-2">{t('model.links', { count: props.links })}</p>
          <p className="t13 ink-2">{t(readOnly ? 'model.hintRead' : 'model.hint')}</p>
          {readOnly ? null : (
            <p className="t13 ink-2">
              {t(groups.length === 0 ? 'model.group.hintNone' : 'model.group.hint')}
            </p>
          )}
        </>
      ),
    }
  }
  return {
    title: props.entityCalled(current.name),
    beside: current.name,
    icon: <Icon name={iconNamed(iconOf(current))} />,
    onClose: props.onClose,
    acts: (
      <RouterLink className="link" to={definitionAddress('entity', current.name)}>
        {t('model.open')}
      </RouterLink>
    ),
    content: (
      <>
        <GroupPick
          key={current.name}
          {...{ card: current, groups, readOnly }}
          onNew={() => props.onGroup({ begin: [current.name] })}
        />
        <EntitySide
          key={`${current.name}${hash}`}
          name={current.name}
          {...{ readOnly, lookup }}
          onMade={props.onMade}
        />
      </>
    ),
  }
}
