import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { textIn } from '../../metadata/text.ts'
import { isIncomplete, type TextPlace, textsOf } from '../../metadata/texts-of.ts'
import { languages, writtenLanguages } from '../../runtime-ui/i18n/languages.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { clearing } from '../../runtime-ui/kit/clearing.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { listKinds, listWhole } from '../api.ts'
import { usePlaceWords } from '../inspector/use-place-words.ts'
import { Listed } from '../Listed.tsx'
import { definitionAddress, labelText } from '../places.ts'
import { DraftBar } from '../review/DraftBar.tsx'
import { type Base, definitionIn, keyOf } from '../store/draft.ts'
import type { Json } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import './labels.css'
import { SearchBox } from '../SearchBox.tsx'
import { SheetActs, type SheetTold } from './SheetActs.tsx'
import { SheetNote } from './SheetNote.tsx'
import { keyOfText } from './text-sheet.ts'

/** Rows that come at once; more come on demand. */
const AT_ONCE = 80

const NONE: ReadonlySet<string> = new Set()

/** Every text that people read, of all definitions, in every language side by side; what is typed goes into the draft. */
export function LabelsPage() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [kind, setKind] = useState<string>()
  const [isMissing, setIsMissing] = useState(false)
  const [shown, setShown] = useState(AT_ONCE)
  const [told, setTold] = useState<SheetTold>()
  const [only, setOnly] = useState<ReadonlySet<string>>()
  // A text stays in sight while it is written, also where it is no longer what was looked for.
  const [touched, setTouched] = useState<ReadonlySet<string>>(NONE)
  const { query, places, kinds } = useTexts()
  const wanted = useDeferredValue(text.trim().toLowerCase())
  const isFound = (place: TextPlace): boolean =>
    (only?.has(keyOfText(place)) ?? true) &&
    (kind === undefined || place.kind === kind) &&
    (!isMissing || lacksWords(place)) &&
    (wanted === '' || `${place.name} ${Object.values(place.texts).join(' ')}`.toLowerCase().includes(wanted))
  const found = places.filter((place) => touched.has(keyOfText(place)) || isFound(place))
  const missing = places.filter(lacksWords).length
  const look = (change: () => void): void => {
    setTouched(NONE)
    setShown(AT_ONCE)
    change()
  }
  /** What a sheet changed, whatever was looked for before. */
  const showOnly = (changed: ReadonlySet<string>): void =>
    look(() => {
      setOnly(changed)
      setText('')
      setKind(undefined)
      setIsMissing(false)
    })
  const isNarrowed = found.length < places.length
  return (
    <Page
      title={t('labels.title')}
      beside={
        <span className="count num">
          {isNarrowed ? t('labels.ofAll', { count: found.length, all: places.length }) : places.length}
        </span>
      }
      acts={<DraftBar />}
    >
      <div className="list-head">
        <div className="list-tools">
          <SearchBox label={t('labels.search')} value={text} onChange={(next) => look(() => setText(next))} />
          <Select
            className="labels-kind"
            allowClear={clearing(t('act.clearOf', { title: t('labels.kind') }))}
            aria-label={t('labels.kind')}
            placeholder={t('labels.kind')}
            value={kind}
            options={kinds}
            onChange={(next) => look(() => setKind(next))}
            suffixIcon={<Icon name="chevron_down" />}
          />
          <Button
            aria-pressed={isMissing}
            className={isMissing ? 'on' : ''}
            icon={<Icon name="alert" />}
            onClick={() => look(() => setIsMissing(!isMissing))}
          >
            {t('labels.missing', { count: missing })}
          </Button>
          <SheetActs
            places={places}
            onRead={(next) => {
              setTold(next)
              setOnly(undefined)
            }}
          />
        </div>
      </div>
      {told === undefined ? null : (
        <SheetNote
          told={told}
          onShow={only !== undefined || 'fault' in told ? undefined : () => showOnly(told.outcome.changed)}
          onClose={() => {
            setTold(undefined)
            look(() => setOnly(undefined))
          }}
        />
      )}
      <Listed
        query={query}
        failed="designer.listFailed"
        empty={
          found.length > 0 ? undefined : isMissing && missing === 0 ? 'labels.allThere' : 'labels.noneFound'
        }
      >
        {found.length === 0 ? null : (
          <table className="labels">
            <thead>
              <tr>
                <th scope="col">{t('labels.where')}</th>
                {writtenLanguages().map(({ tag: key, name: label }) => (
                  <th key={key} scope="col" lang={key}>
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.slice(0, shown).map((place) => (
                <Row
                  key={keyOfText(place)}
                  place={place}
                  onTouch={() => setTouched((before) => new Set(before).add(keyOfText(place)))}
                />
              ))}
            </tbody>
          </table>
        )}
        {found.length > shown ? (
          <Button type="text" className="labels-more" onClick={() => setShown(shown + AT_ONCE)}>
            {t('labels.more', { count: found.length - shown })}
          </Button>
        ) : null}
      </Listed>
    </Page>
  )
}

/** Whether a text lacks one of the languages of the pages. */
const lacksWords = (place: TextPlace): boolean =>
  isIncomplete(
    place,
    languages().map(({ tag }) => tag),
  )

/** All texts as the draft has them, and the kinds that have any. */
function useTexts() {
  const { i18n } = useTranslation()
  const { model } = useWork()
  const { draft, items } = useStore()
  const query = useQuery({
    queryKey: ['meta', 'whole', model.version],
    queryFn: () => listWhole(),
    placeholderData: keepPreviousData,
  })
  const kindItems = useQuery({ queryKey: ['meta', 'kinds', i18n.language], queryFn: listKinds })
  const places = useMemo(() => {
    const known = new Set((query.data ?? []).map(keyOf))
    const made = [...items.values()].filter((item) => !known.has(keyOf(item)))
    const all = [
      ...(query.data ?? []).map((item) => ({ of: item, inForce: item.definition as Json | undefined })),
      ...made.map((item) => ({ of: item, inForce: undefined })),
    ]
    return all.flatMap(({ of, inForce }) => {
      const item = items.get(keyOf(of))
      const now = definitionIn(draft, of, item === undefined ? inForce : (item.definition ?? undefined))
      return now === undefined ? [] : textsOf(now)
    })
  }, [query.data, draft, items])
  const present = new Set(places.map(({ kind }) => kind))
  const kinds = (kindItems.data ?? [])
    .filter((item) => present.has(item.kind))
    .map((item) => ({ value: item.kind, label: labelText(item.label, i18n.language, item.kind) }))
  return { query, places, kinds }
}

interface RowProps {
  readonly place: TextPlace
  /** It is about to say something else. */
  readonly onTouch: () => void
}

function Row({ place, onTouch }: RowProps) {
  const { t, i18n } = useTranslation()
  const { model } = useWork()
  const { act, items, index, mayEdit, draft } = useStore()
  const words = usePlaceWords([place.kind])
  const { kind, name, path, texts } = place
  const whole = useQuery({
    queryKey: ['meta', 'whole', model.version],
    queryFn: () => listWhole(),
    enabled: false,
  })
  const inForce = whole.data?.find((one) => one.kind === kind && one.name === name)?.definition
  const item = items.get(`${kind}/${name}`)
  const start = item === undefined ? inForce : (item.definition ?? undefined)
  const now = definitionIn(draft, { kind, name }, start)
  const called = textIn(index.get(`${kind}/${name}`)?.label, i18n.language, name)
  const where = words(kind, path, now)
  const change = (language: string, text: string): void => {
    const { [language]: _former, ...others } = texts
    const to = text === '' ? others : { ...others, [language]: text }
    const base: Base = { inForce, start, version: item?.base_version ?? model.version }
    const of = { kind, name }
    onTouch()
    act({ type: 'take', base, step: { kind: 'set', of, path, to, at: Date.now() } })
  }
  return (
    <tr data-text={keyOfText(place)} className={lacksWords(place) ? 'incomplete' : ''}>
      <th scope="row">
        <Link className="plain-link" to={`${definitionAddress(kind, name)}#${path.join('/')}`}>
          {called}
        </Link>
        <p className="t12 ink-3">{where}</p>
      </th>
      {writtenLanguages().map(({ tag: key, name: label }) => (
        <td key={key}>
          <Input.TextArea
            aria-label={t('labels.cell', { called, where, language: label })}
            lang={key}
            autoSize={{ minRows: 1, maxRows: 8 }}
            disabled={!mayEdit(kind)}
            value={texts[key] ?? ''}
            onChange={(event) => change(key, event.target.value)}
          />
        </td>
      ))}
    </tr>
  )
}
