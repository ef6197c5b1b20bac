import { Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../../metadata/text.ts'
import { Button, IconButton } from '../../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../../runtime-ui/kit/icons/Icon.tsx'
import { isObject, type Path } from '../../store/json-value.ts'
import type { ControlProps } from '../Control.tsx'
import { useInspected } from '../inspected.ts'
import { type Schema, titleOf, variantsOf } from '../schema.ts'
import { freshName } from './fresh-name.ts'

/** Things in an order, each with properties of its own: one is open at a time. */
export function ListControl({ path, schema, value, title }: ControlProps) {
  const { t, i18n } = useTranslation()
  const { root, readOnly, set } = useInspected()
  const [open, setOpen] = useState<number>()
  const list = Array.isArray(value) ? value : []
  const item = schema.items ?? {}
  const variants = variantsOf(root, item)
  const add = (start: Readonly<Record<string, unknown>>): void => {
    set(path, [...list, start])
    setOpen(list.length)
  }
  const move = (from: number, to: number): void => {
    if (to < 0 || to >= list.length) return
    const moved = list.toSpliced(from, 1)
    set(path, moved.toSpliced(to, 0, list[from]))
    setOpen(open === from ? to : undefined)
  }
  return (
    <div className="list-control">
      <ol aria-label={title}>
        {list.map((one, at) => (
          <Entry
            // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place in the list until it is moved.
            key={at}
            path={[...path, String(at)]}
            {...{ one, item, readOnly }}
            isOpen={open === at}
            isFirst={at === 0}
            isLast={at === list.length - 1}
            onToggle={() => setOpen(open === at ? undefined : at)}
            onMove={(by) => move(at, at + by)}
            onRemove={() => {
              set(path, list.length === 1 ? undefined : list.toSpliced(at, 1))
              setOpen(undefined)
            }}
          />
        ))}
      </ol>
      {readOnly ? null : variants.length > 0 ? (
        <Dropdown
          trigger={['click']}
          menu={{
            className: 'property-menu',
            items: variants.map(({ value: type, schema: variant }) => ({
              key: type,
              label: titleOf(variant, i18n.language, type),
              onClick: () => add({ ...named(root, item, list, type), type }),
            })),
          }}
        >
          <Button size="small" icon={<Icon name="plus" />}>
            {t('inspector.addTo', { title })}
          </Button>
        </Dropdown>
      ) : (
        <Button
          size="small"
          icon={<Icon name="plus" />}
          onClick={() => add(named(root, item, list, undefined))}
        >
          {t('inspector.addTo', { title })}
        </Button>
      )}
    </div>
  )
}

/** What a new entry begins with: a name of its own where entries have names. */
function named(
  root: Schema,
  item: Schema,
  list: readonly unknown[],
  stem: string | undefined,
): Readonly<Record<string, unknown>> {
  const found = item.$ref === undefined ? item : (root.$defs?.[item.$ref.split('/').at(-1) ?? ''] ?? item)
  if (found.required?.includes('name') !== true) return {}
  return { name: freshName(stem ?? 'new', list) }
}

interface EntryProps {
  readonly path: Path
  readonly one: unknown
  readonly item: Schema
  readonly readOnly: boolean
  readonly isOpen: boolean
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly onToggle: () => void
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
}

function Entry(props: EntryProps) {
  const { path, one, item, readOnly, isOpen, isFirst, isLast, onToggle, onMove, onRemove } = props
  const { t, i18n } = useTranslation()
  const { problems, drawPart } = useInspected()
  const title = entryTitle(one, i18n.language, Number(path.at(-1)) + 1)
  const pointer = `/${path.join('/')}`
  const isFaulty = problems.some(
    (problem) => problem.path === pointer || problem.path.startsWith(`${pointer}/`),
  )
  return (
    <li className={isOpen ? 'entry open' : 'entry'}>
      <div className="row entry-head">
        <button type="button" className="entry-toggle row grow" aria-expanded={isOpen} onClick={onToggle}>
          <Icon name={isOpen ? 'chevron_down' : 'chevron_right'} size="small" />
          <span className={isFaulty ? 'cut bad' : 'cut'}>{title.text}</span>
          <span className="mono ink-3 cut">{title.beside}</span>
        </button>
        {readOnly ? null : (
          <span className="row entry-acts">
            <IconButton
              size="small"
              disabled={isFirst}
              label={t('inspector.up', { title: title.text })}
              icon={<Icon name="chevron_up" />}
              onClick={() => onMove(-1)}
            />
            <IconButton
              size="small"
              disabled={isLast}
              label={t('inspector.down', { title: title.text })}
              icon={<Icon name="chevron_down" />}
              onClick={() => onMove(1)}
            />
            <IconButton
              size="small"
              label={t('inspector.leaveOut', { title: title.text })}
              icon={<Icon name="trash" />}
              onClick={onRemove}
            />
          </span>
        )}
      </div>
      {isOpen ? <div className="property-group">{drawPart({ path, schema: item, value: one })}</div> : null}
    </li>
  )
}

/** What an entry is called: by its label, its name, or what it does. */
function entryTitle(
  one: unknown,
  language: string,
  position: number,
): { readonly text: string; readonly beside: string } {
  if (!isObject(one)) return { text: String(position), beside: '' }
  const name = [one.name, one.field, one.do, one.role, one.dashboard, one.report].find(
    (word): word is string => typeof word === 'string',
  )
  const text = textIn(one.label as Parameters<typeof textIn>[0], language, name ?? `${position}`)
  const kind = typeof one.type === 'string' ? one.type : typeof one.do === 'string' ? one.do : ''
  return { text, beside: kind === text ? '' : kind }
}
