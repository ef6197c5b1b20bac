import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { textIn } from '../../metadata/text.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { type DefinitionItem, listDefinitions } from '../api.ts'
import { helpOf, type Schema, titleOf, titlesOf } from '../inspector/schema.ts'
import { schemaQuery } from '../inspector/use-place-words.ts'
import { Listed } from '../Listed.tsx'
import { useKinds } from '../NavPlaces.tsx'
import { definitionAddress, kindIcon, labelText } from '../places.ts'
import { DraftBar } from '../review/DraftBar.tsx'
import { FateChip } from '../review/FateChip.tsx'
import type { Json } from '../store/json-value.ts'
import { useStore, useTakeAll } from '../store/store.tsx'
import { BRAND_ADDRESS, BRAND_SETTINGS } from './brand.ts'

const KIND = 'setting'

/** What a setting says at first, where another value than none is likely. */
const BEGINS: Readonly<Record<string, Json>> = {
  week_start: { value: 7 },
  publish_approval: { value: { needs: 1, of: [] } },
}

interface Offered {
  readonly name: string
  /** What it is called, what it means, what its value may be. */
  readonly said: Schema
}

/** The settings that there are, those that say nothing yet included: each with what it is and what is in force. */
export function SettingsPage() {
  const { t, i18n } = useTranslation()
  const kinds = useKinds()
  const schema = useQuery(schemaQuery(KIND))
  const list = useQuery({
    queryKey: ['meta', 'definitions', KIND, i18n.language],
    queryFn: () => listDefinitions(KIND),
  })
  const { mayEdit } = useStore()
  const label = labelText(kinds.data?.find((one) => one.kind === KIND)?.label, i18n.language, KIND)
  const offered = (schema.data?.allOf ?? []).flatMap((one): readonly Offered[] => {
    const name = one.if?.properties?.name?.const
    return typeof name === 'string' && one.then !== undefined ? [{ name, said: one.then }] : []
  })
  return (
    <Page title={label} acts={mayEdit(KIND) ? <DraftBar /> : null}>
      <Listed query={schema.isError ? schema : list} failed="designer.listFailed">
        <ul className="definitions">
          {list.isSuccess
            ? offered.map((one) => (
                <Setting
                  key={one.name}
                  {...one}
                  item={list.data.find(({ name }) => name === one.name)}
                  readOnly={!mayEdit(KIND)}
                />
              ))
            : null}
        </ul>
        {list.isSuccess ? <p className="t13 ink-3 settings-note">{t('setting.note')}</p> : null}
      </Listed>
    </Page>
  )
}

interface SettingProps extends Offered {
  /** As it is in force; undefined where nothing is said. */
  readonly item: DefinitionItem | undefined
  readonly readOnly: boolean
}

function Setting({ name, said, item, readOnly }: SettingProps) {
  const { i18n } = useTranslation()
  const { fates } = useStore()
  const fate = fates.get(`${KIND}/${name}`)
  const title = titleOf(said, i18n.language, name)
  const isThere = item !== undefined || fate !== undefined
  return (
    <li className="definition-row">
      <Icon name={kindIcon(KIND)} />
      <div className="grow">
        <div className="row">
          {BRAND_SETTINGS.has(name) ? (
            <a className="strong cut definition-link" href={BRAND_ADDRESS}>
              {title}
            </a>
          ) : isThere ? (
            <Link className="strong cut definition-link" to={definitionAddress(KIND, name)}>
              {title}
            </Link>
          ) : (
            <Begin {...{ name, said, title, readOnly }} />
          )}
          <FateChip fate={fate} />
        </div>
        <p className="t13 ink-2 definition-sentence">
          {item?.sentence === undefined
            ? helpOf(said, i18n.language)
            : textIn(item.sentence, i18n.language, '')}
        </p>
      </div>
      <Icon name="chevron_right" size="small" />
    </li>
  )
}

interface BeginProps extends Offered {
  readonly title: string
  readonly readOnly: boolean
}

/** A setting that says nothing yet: it begins in the draft once somebody wants to say something. */
function Begin({ name, said, title, readOnly }: BeginProps) {
  const navigate = useNavigate()
  const takeAll = useTakeAll()
  const begin = async (): Promise<void> => {
    const definition = { kind: KIND, name, label: titlesOf(said, name), ...BEGINS[name] }
    if (!(await takeAll([{ of: { kind: KIND, name }, change: () => ({ kind: 'create', definition }) }])))
      return
    void navigate(definitionAddress(KIND, name))
  }
  if (readOnly) return <span className="strong cut">{title}</span>
  return (
    <button type="button" className="plain-button strong cut definition-link" onClick={() => void begin()}>
      {title}
    </button>
  )
}
