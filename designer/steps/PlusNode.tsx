import type { Node, NodeProps } from '@xyflow/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Menu } from '../../runtime-ui/kit/Menu.tsx'
import { lookOf } from './step-look.ts'
import type { Slot } from './step-tree.ts'
import { useStepsPicture } from './steps-context.ts'

export type PlusCardNode = Node<{ readonly slot: Slot; readonly after: string }>

/** A place on a line: a step is added there, dropped there, or the selected one is moved there. */
export function PlusNode({ data: { slot, after } }: NodeProps<PlusCardNode>) {
  const { t } = useTranslation()
  const { actions, acts, dragged, setDragged, selected, selectedWords } = useStepsPicture()
  const [isOver, setIsOver] = useState(false)
  const own = selected === undefined ? [] : selected.split('/')
  const list = slot.list.join('/')
  const isWithin = selected === undefined || list === selected || list.startsWith(`${selected}/`)
  const isBeside =
    own.slice(0, -1).join('/') === list &&
    (Number(own.at(-1)) === slot.at || Number(own.at(-1)) + 1 === slot.at)
  const canMove = selectedWords !== undefined && selected !== 'trigger' && !isWithin && !isBeside
  const items = [
    ...(canMove
      ? [
          {
            key: 'move',
            icon: <Icon name="merge" />,
            label: t('steps.moveHere', { step: selectedWords.title }),
            onClick: () => acts.move(own, slot),
          },
          { type: 'divider' as const },
        ]
      : []),
    ...actions.map(({ name, title, help }) => ({
      key: name,
      icon: <Icon name={lookOf(name).icon} />,
      label: title,
      title: help,
      onClick: () => acts.insert(slot, name),
    })),
  ]
  const classes = ['step-plus', 'nopan', 'nodrag']
  if (dragged !== undefined) classes.push('open')
  if (isOver) classes.push('over')
  return (
    <Menu items={items} className="step-menu" placement="bottom">
      <button
        type="button"
        className={classes.join(' ')}
        data-slot={`${list}/${slot.at}`}
        aria-label={t('steps.addAfter', { step: after })}
        title={t('steps.add')}
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setIsOver(false)
          setDragged(undefined)
          if (dragged === undefined) return
          if ('path' in dragged) acts.move(dragged.path, slot)
          else acts.insert(slot, dragged.action)
        }}
      >
        <Icon name="plus" size="small" />
      </button>
    </Menu>
  )
}
