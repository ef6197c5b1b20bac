import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Menu } from '../../runtime-ui/kit/Menu.tsx'
import { isObject } from '../store/json-value.ts'
import { focusIn } from './focus-in.ts'
import { type Part, useInspected } from './inspected.ts'
import { Property } from './Property.tsx'
import { helpOf, schemaFor, titleOf, wordsOf } from './schema.ts'

interface PropertiesProps extends Part {
  /** Properties that another editor has on its page. */
  readonly without?: ReadonlySet<string>
  /** Properties that are shown although nothing is said there yet. */
  readonly always?: ReadonlySet<string>
  /** The only properties that are shown. */
  readonly only?: ReadonlySet<string>
}

/** What a definition says of itself, in no need of an editor: its address and how it came by it. */
const APART: ReadonlySet<string> = new Set(['$schema', 'kind', 'was', 'id'])

/** Properties that are shown although nothing is said there yet: what nearly every definition says. */
const ALWAYS: ReadonlySet<string> = new Set([
  ...['label', 'plural', 'active', 'when', 'required'],
  // What a definition is made of: an empty one begins with it.
  ...['fields', 'title', 'stages', 'trigger', 'steps', 'columns', 'levels', 'rules', 'given'],
])

/** What a flow is mostly set off by: a record, and what happens to it. Nothing else sets it off then. */
const WRITTEN: ReadonlySet<string> = new Set(['record', 'on'])
/** What is set off by a date or by a button is about a record just so. */
const OF_RECORD: ReadonlySet<string> = new Set(['record'])
const AT_FIELD: ReadonlySet<string> = new Set(['field'])
const ELSE_SET_OFF = ['approval', 'event', 'time', 'schedule', 'button']

/** What cannot be left out of what stands here, though each alone may: how a flow begins, what a field is chosen from. */
function neededBy(key: string | undefined, here: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  if (key === 'trigger') {
    if (ELSE_SET_OFF.every((one) => here[one] === undefined)) return WRITTEN
    if (here.time !== undefined || here.button !== undefined) return OF_RECORD
  }
  // Where a message stands is asked where it is written.
  if (key === 'problem') return AT_FIELD
  const isChosen = here.type === 'select' || here.type === 'multi_select'
  const hasOptions = here.optionSet !== undefined || here.optionsOf !== undefined
  return new Set(isChosen && !hasOptions ? ['options'] : [])
}

/** The properties of an object: those that say something and those that must; the others come when they are asked for. */
export function Properties(props: PropertiesProps) {
  const { path, schema, value, without, only, always = only ?? ALWAYS } = props
  const { t, i18n } = useTranslation()
  const { root, readOnly } = useInspected()
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set())
  const [sought, setSought] = useState<string>()
  useEffect(() => {
    if (sought === undefined) return
    setSought(undefined)
    const place = document.querySelector(`[data-path="${CSS.escape(sought)}"]`) ?? undefined
    place?.scrollIntoView({ block: 'nearest' })
    focusIn(place)
  }, [sought])
  const found = schemaFor(root, schema, value)
  const here = isObject(value) ? value : {}
  const required = new Set(found.required)
  const all = Object.entries(found.properties ?? {}).filter(
    ([name, one]) =>
      !APART.has(name) &&
      without?.has(name) !== true &&
      only?.has(name) !== false &&
      one.const === undefined &&
      (one['x-never'] !== true || here[name] !== undefined) &&
      !(path.length === 0 && name === 'name'),
  )
  const needed = neededBy(path.at(-1), here)
  const isShown = (name: string): boolean =>
    required.has(name) || here[name] !== undefined || asked.has(name) || always.has(name) || needed.has(name)
  const hidden = all.filter(([name]) => !isShown(name))
  return (
    <>
      {all
        .filter(([name]) => isShown(name))
        .map(([name, one]) => (
          <Property key={name} path={[...path, name]} schema={one} isRequired={required.has(name)} />
        ))}
      {hidden.length === 0 || readOnly ? null : (
        <Menu
          className="property-menu"
          items={hidden.map(([name, one]) => ({
            key: name,
            label: (
              <span className="property-offer">
                <span>{titleOf(one, i18n.language, wordsOf(name))}</span>
                <span className="t12 ink-3">{helpOf(schemaFor(root, one, undefined), i18n.language)}</span>
              </span>
            ),
            onClick() {
              setAsked(new Set([...asked, name]))
              setSought([...path, name].join('/'))
            },
          }))}
        >
          <Button type="text" size="small" className="property-more" icon={<Icon name="plus" />}>
            {t('inspector.more')}
          </Button>
        </Menu>
      )}
    </>
  )
}
