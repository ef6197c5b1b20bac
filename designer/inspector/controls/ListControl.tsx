import { AutoComplete } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { Button, IconButton } from '../../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../../runtime-ui/kit/icons/Icon.tsx'
import { Menu } from '../../../runtime-ui/kit/Menu.tsx'
import { placeOf } from '../../canvas/at-hash.ts'
import { isObject, isSame, type Json, type Path, valueAt, withValue } from '../../store/json-value.ts'
import type { ControlProps } from '../Control.tsx'
import { InspectedProvider, useInspected } from '../inspected.ts'
import { matchesNamed, namedOptions } from '../named-options.tsx'
import { useChoices } from '../references.ts'
import { type Mixed, mixedItem, resolved, type Schema, titleOf, variantsOf } from '../schema.ts'
import { useEntryWord } from '../use-entry-word.ts'
import { useRemoval } from '../use-removal.tsx'
import { valueWord } from '../use-value-word.ts'
import { AddLabelled } from './AddLabelled.tsx'
import { ChangeType } from './ChangeType.tsx'
import { freshName } from './fresh-name.ts'
import { newStem } from './named-by-label.ts'
import { TakeValues } from './TakeValues.tsx'

const FieldGallery = lazy(async () => ({ default: (await import('./FieldGallery.tsx')).FieldGallery }))

/** Things in an order, each with properties of its own: one is open at a time. */
export function ListControl({ path, schema, value, title }: ControlProps) {
  const { t, i18n } = useTranslation()
  const { kind, root, readOnly, set, definition } = useInspected()
  const { hash, key } = useLocation()
  const [open, setOpen] = useState(() => entryIn(hash, definition, path))
  const [isChoosing, setIsChoosing] = useState(false)
  // An address that leads here opens what it leads to, also while this is shown.
  const address = `${key} ${hash}`
  const [followed, setFollowed] = useState(address)
  if (followed !== address) {
    setFollowed(address)
    setOpen(entryIn(hash, definition, path) ?? open)
  }
  const list = Array.isArray(value) ? value : []
  const item = schema.items ?? {}
  const variants = variantsOf(root, item)
  const mixed = mixedItem(root, item)
  const add = (start: Readonly<Record<string, unknown>> | string): void => {
    set(path, [...list, start])
    if (typeof start !== 'string') setOpen(list.length)
  }
  // Types of fields are many: they are chosen among examples.
  const isFields = kind === 'entity' && path.length === 1 && path[0] === 'fields'
  const removal = useRemoval(path, () => setOpen(undefined))
  const addType = (type: string): void => add({ ...named(root, item, list, type), type })
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
            {...{ one, readOnly, mixed }}
            item={mixed?.schema ?? item}
            isField={isFields}
            isOpen={open === at}
            isFirst={at === 0}
            isLast={at === list.length - 1}
            onToggle={() => setOpen(open === at ? undefined : at)}
            onMove={(by) => move(at, at + by)}
            onRemove={(called) => removal.remove(at, called)}
          />
        ))}
      </ol>
      {removal.sheet}
      {isChoosing ? (
        <Suspense fallback={null}>
          <FieldGallery
            variants={variants}
            onClose={() => setIsChoosing(false)}
            onChoose={(type) => {
              setIsChoosing(false)
              addType(type)
            }}
          />
        </Suspense>
      ) : null}
      {readOnly ? null : isFields ? (
        <Button size="small" icon={<Icon name="plus" />} onClick={() => setIsChoosing(true)}>
          {t('inspector.addTo', { title })}
        </Button>
      ) : variants.length > 0 ? (
        <Menu
          className="property-menu"
          items={variants.map(({ value: type, schema: variant }) => ({
            key: type,
            label: titleOf(variant, i18n.language, type),
            onClick: () => addType(type),
          }))}
        >
          <Button size="small" icon={<Icon name="plus" />}>
            {t('inspector.addTo', { title })}
          </Button>
        </Menu>
      ) : path.at(-1) === 'options' ? (
        <>
          <AddLabelled title={title} list={list} onAdd={(more) => set(path, [...list, ...more])} />
          <TakeValues {...{ path, list }} onAdd={(more) => set(path, [...list, ...more])} />
        </>
      ) : mixed !== undefined ? (
        <AddNamed
          path={[...path, String(list.length), mixed.key]}
          title={title}
          onAdd={(name) => add(name)}
        />
      ) : (
        <Button
          size="small"
          icon={<Icon name="plus" />}
          onClick={() => add(named(root, item, list, newStem(path.at(-1) ?? '')))}
        >
          {t('inspector.addTo', { title })}
        </Button>
      )}
    </div>
  )
}

/** The entry of a list that an address leads into, such as `#stages/2/next`. */
function entryIn(hash: string, definition: Json, path: Path): number | undefined {
  const steps = placeOf(hash, definition)
  const at = Number(steps[path.length])
  return steps.length > path.length && isSame(steps.slice(0, path.length), path) && Number.isInteger(at)
    ? at
    : undefined
}

/** What a new entry begins with: a name of its own where entries have names. */
function named(
  root: Schema,
  item: Schema,
  list: readonly unknown[],
  stem: string,
): Readonly<Record<string, unknown>> {
  const found = item.$ref === undefined ? item : (root.$defs?.[item.$ref.split('/').at(-1) ?? ''] ?? item)
  if (found.required?.includes('name') !== true) return {}
  return { name: freshName(stem, list) }
}

interface AddNamedProps {
  /** Where the name of a new entry would stand. */
  readonly path: Path
  readonly title: string
  readonly onAdd: (name: string) => void
}

/** Adds an entry by choosing what it names. */
function AddNamed({ path, title, onAdd }: AddNamedProps) {
  const { t } = useTranslation()
  const choices = useChoices(path) ?? []
  return (
    <AutoComplete
      className="add-named"
      value=""
      aria-label={t('inspector.addTo', { title })}
      placeholder={t('inspector.addTo', { title })}
      options={namedOptions(choices)}
      showSearch={{ filterOption: matchesNamed }}
      onSelect={onAdd}
    />
  )
}

interface EntryProps {
  /** The entry may be just a name. */
  readonly mixed: Mixed | undefined
  readonly path: Path
  readonly one: unknown
  readonly item: Schema
  readonly readOnly: boolean
  /** Whether it is a field of an entity, whose type may change. */
  readonly isField: boolean
  readonly isOpen: boolean
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly onToggle: () => void
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: (title: string) => void
}

function Entry(props: EntryProps) {
  const { path, one, item, mixed, readOnly, isField, isOpen, isFirst, isLast } = props
  const { onToggle, onMove, onRemove } = props
  const { t, i18n } = useTranslation()
  const { problems, drawPart, root, kind, definition } = useInspected()
  const unnamed = `${titleOf(resolved(root, item), i18n.language, '')} ${Number(path.at(-1)) + 1}`.trim()
  const title =
    useEntryWord()({ kind, definition, path, one, root }) ?? (typeof one === 'string' ? one : unnamed)
  const type = isObject(one) && typeof one.type === 'string' ? one.type : undefined
  const typeWord =
    type === undefined
      ? undefined
      : (valueWord(root, { definition, path: [...path, 'type'], value: type }, i18n.language) ?? type)
  const pointer = `/${path.join('/')}`
  const isFaulty = problems.some(
    (problem) =>
      problem.isQuiet !== true && (problem.path === pointer || problem.path.startsWith(`${pointer}/`)),
  )
  return (
    <li className={isOpen ? 'entry open' : 'entry'}>
      <div className="row entry-head">
        <button type="button" className="entry-toggle row grow" aria-expanded={isOpen} onClick={onToggle}>
          <Icon name={isOpen ? 'chevron_down' : 'chevron_right'} size="small" />
          <span className={isFaulty ? 'cut bad' : 'cut'}>{title}</span>
          {typeWord === undefined ? null : <span className="t12 ink-3 cut">{typeWord}</span>}
        </button>
        {readOnly ? null : (
          <span className="row entry-acts">
            {isOpen && isField && isObject(one) ? (
              <ChangeType path={path} field={one} title={title} item={item} />
            ) : null}
            <IconButton
              size="small"
              disabled={isFirst}
              label={t('inspector.up', { title })}
              icon={<Icon name="chevron_up" />}
              onClick={() => onMove(-1)}
            />
            <IconButton
              size="small"
              disabled={isLast}
              label={t('inspector.down', { title })}
              icon={<Icon name="chevron_down" />}
              onClick={() => onMove(1)}
            />
            <IconButton
              size="small"
              label={t('inspector.leaveOut', { title })}
              icon={<Icon name="trash" />}
              onClick={() => onRemove(title)}
            />
          </span>
        )}
      </div>
      {isOpen ? (
        <div className="property-group">
          {mixed === undefined ? (
            drawPart({ path, schema: item, value: one })
          ) : (
            <MixedEntry {...{ path, mixed, one }} />
          )}
        </div>
      ) : null}
    </li>
  )
}

/** A name with what may be said besides: as long as nothing is, it stays a name. */
function MixedEntry({
  path,
  mixed,
  one,
}: {
  readonly path: Path
  readonly mixed: Mixed
  readonly one: unknown
}) {
  const inspected = useInspected()
  const whole = isObject(one) ? one : { [mixed.key]: one }
  const before = valueAt(inspected.inForce, path)
  const inForce =
    typeof before === 'string'
      ? withValue(inspected.inForce, path, { [mixed.key]: before })
      : inspected.inForce
  const set = (at: Path, to: unknown): void => {
    const next = withValue(whole, at.slice(path.length), to)
    const isName = isObject(next) && Object.keys(next).length === 1 && typeof next[mixed.key] === 'string'
    inspected.set(path, isName ? next[mixed.key] : next)
  }
  return (
    <InspectedProvider
      value={{
        ...inspected,
        set,
        definition: withValue(inspected.definition, path, whole) as Json,
        inForce: inForce as Json | undefined,
      }}
    >
      {inspected.drawPart({ path, schema: mixed.schema, value: whole })}
    </InspectedProvider>
  )
}
