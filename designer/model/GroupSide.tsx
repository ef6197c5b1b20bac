import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { iconNamed } from '../../runtime-ui/kit/icons/paths.ts'
import { useModelPicture } from './model-context.ts'
import { type EntityCard, iconOf } from './model-graph.ts'
import type { Group } from './model-groups.ts'

/** The entities of a selected group. */
export function GroupSide({
  group,
  cards,
}: {
  readonly group: Group
  readonly cards: readonly EntityCard[]
}) {
  const { t } = useTranslation()
  const { entityCalled, seek } = useModelPicture()
  const icons = new Map(cards.map((card) => [card.name, iconOf(card)]))
  return (
    <>
      <p className="t13 ink-2">{t('model.group.holds', { count: group.names.length })}</p>
      <ul className="group-list">
        {group.names.map((name) => (
          <li key={name}>
            <button type="button" className="picture-row" onClick={() => seek(name)}>
              <Icon name={iconNamed(icons.get(name))} />
              <span className="cut">{entityCalled(name)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
