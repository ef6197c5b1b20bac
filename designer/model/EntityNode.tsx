import { Handle, type Node, type NodeProps, Position, useConnection } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import { languageNamed } from '../../runtime-ui/i18n/languages.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { iconNamed } from '../../runtime-ui/kit/icons/paths.ts'
import { useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import { useReveal } from '../canvas/Canvas.tsx'
import { fieldIcon } from './field-icons.ts'
import { useModelPicture } from './model-context.ts'
import type { EntityCard, FieldRow } from './model-graph.ts'

export type EntityCardNode = Node<{ readonly card: EntityCard }>

/** An entity with its first fields, those that lead to others, and those that the draft touches. */
export function EntityNode({ id, data: { card } }: NodeProps<EntityCardNode>) {
  const { t } = useTranslation()
  const { selected, lit, faulty, readOnly, select, called } = useModelPicture()
  const isConnecting = useConnection(({ inProgress }) => inProgress)
  const reveal = useReveal()
  const icon = card.definition.icon
  const classes = ['canvas-card', 'entity-card', 'nopan']
  if (selected === id) classes.push('on')
  if (faulty.has(id)) classes.push('faulty')
  if (card.fate === 'new') classes.push('new')
  if (lit?.has(id) === false) classes.push('dim')
  const changes = card.rows.filter(({ fate }) => fate !== undefined).length
  return (
    <>
      <Handle
        id="in"
        type="target"
        position={Position.Left}
        className={isConnecting ? 'canvas-everywhere open' : 'canvas-everywhere'}
      />
      <button
        type="button"
        className={classes.join(' ')}
        data-entity={id}
        aria-pressed={selected === id}
        onClick={() => select(id)}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible')) reveal(id)
        }}
      >
        <span className="row entity-head">
          <Icon name={iconNamed(typeof icon === 'string' ? icon : undefined)} />
          <span className="cut entity-name">{called(card.definition.label, id)}</span>
          {faulty.has(id) ? (
            <span className="end row step-fault" title={t('canvas.faulty')}>
              <Icon name="alert" size="small" />
              <span className="visually-hidden">{t('canvas.faulty')}</span>
            </span>
          ) : card.fate === 'new' ? (
            <span className="end chip jade">{t('drafts.fate.new')}</span>
          ) : card.fate === 'changed' ? (
            <span className="end chip jade">
              {changes === 0 ? t('drafts.fate.changed') : t('model.changes', { count: changes })}
            </span>
          ) : null}
        </span>
        <span className="entity-rows">
          {card.rows.map((row) => (
            <Row key={row.name} row={row} />
          ))}
        </span>
        {card.more > 0 ? (
          <span className="t12 ink-3 entity-more">{t('model.more', { count: card.more })}</span>
        ) : null}
      </button>
      <Handle
        id="out"
        type="source"
        position={Position.Right}
        className="canvas-tie"
        isConnectable={!readOnly}
        title={t('model.drag')}
      />
    </>
  )
}

function Row({ row }: { readonly row: FieldRow }) {
  const { called, typeCalled, entityCalled } = useModelPicture()
  const between = languageNamed(useLanguage()).comma
  const type = row.to.length === 0 ? typeCalled(row.type) : `→ ${row.to.map(entityCalled).join(between)}`
  return (
    <span className={row.fate === undefined ? 'row entity-row' : `row entity-row ${row.fate}`}>
      <Icon name={fieldIcon(row.type)} size="small" />
      <span className="cut">{called(row.label, row.name)}</span>
      <span className="end cut entity-type t12">{type}</span>
    </span>
  )
}
