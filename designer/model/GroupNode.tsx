import { Handle, type Node, type NodeProps, Position, useStore } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useReveal } from '../canvas/Canvas.tsx'
import { FOLDED_NAMES, type Frame } from './group-layout.ts'
import { useModelPicture } from './model-context.ts'

export type GroupNodeOf = Node<{ readonly frame: Frame }>

/** Smaller than this, what a frame is called is written larger: it tells where one is when its cards cannot be read. */
const FAR_ZOOM = 0.6

/** A frame around the entities of a group; folded it is one card that names them. */
export function GroupNode({ id, data: { frame } }: NodeProps<GroupNodeOf>) {
  const { t } = useTranslation()
  const { selectedGroup, selected, lit, over, selectGroup, fold, entityCalled } = useModelPicture()
  const reveal = useReveal()
  const isFar = useStore(({ transform }) => transform[2] < FAR_ZOOM)
  const { group, isFolded } = frame
  const isSelected = selectedGroup === group.label
  const isUnlit = selected !== undefined && !group.names.some((name) => lit?.has(name) === true)
  const classes = ['group-frame']
  if (isFolded) classes.push('folded', 'canvas-card')
  if (isSelected) classes.push('on')
  if (over === group.label) classes.push('over')
  if (isUnlit) classes.push('dim')
  if (isFar) classes.push('far')
  const further = group.names.length - FOLDED_NAMES
  return (
    <div className={classes.join(' ')} data-group={group.label}>
      {isFolded ? <Handle type="target" id="in" position={Position.Left} className="group-handle" /> : null}
      <div className="row frame-head nopan">
        <button
          type="button"
          className="row group-name"
          aria-pressed={isSelected}
          onClick={() => selectGroup(group.label)}
          onFocus={(event) => {
            if (event.currentTarget.matches(':focus-visible')) reveal(id)
          }}
        >
          <span className="cut">{group.label}</span>
          <span className="count num">{group.names.length}</span>
        </button>
        <IconButton
          size="small"
          label={t(isFolded ? 'model.group.unfold' : 'model.group.fold', { group: group.label })}
          icon={<Icon name={isFolded ? 'chevron_right' : 'chevron_down'} size="small" />}
          onClick={() => fold([group.label], !isFolded)}
        />
      </div>
      {isFolded ? (
        <ul className="group-names t13 ink-2">
          {group.names.slice(0, FOLDED_NAMES).map((name) => (
            <li key={name} className="cut">
              {entityCalled(name)}
            </li>
          ))}
          {further > 0 ? <li className="ink-3">{t('model.group.further', { count: further })}</li> : null}
        </ul>
      ) : null}
      {isFolded ? <Handle type="source" id="out" position={Position.Right} className="group-handle" /> : null}
    </div>
  )
}
