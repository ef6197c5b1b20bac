import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useParams, useSearchParams } from 'react-router'
import { textIn } from '../metadata/text.ts'
import { Button } from '../runtime-ui/kit/Button.tsx'
import { Icon } from '../runtime-ui/kit/icons/Icon.tsx'
import { LoadingRows } from '../runtime-ui/kit/Loading.tsx'
import { useEntity } from '../runtime-ui/kit/model-context.tsx'
import { Page } from '../runtime-ui/kit/Page.tsx'
import { ProblemState, State } from '../runtime-ui/kit/State.tsx'
import { type DefinitionAnswer, listKinds } from './api.ts'
import { ContentNow } from './ContentNow.tsx'
import { isInPicture } from './canvas/at-hash.ts'
import { canvasOf } from './canvas/canvases.tsx'
import { DefinitionMenu } from './DefinitionMenu.tsx'
import { FlowActs } from './flows/FlowActs.tsx'
import { Inspector } from './inspector/Inspector.tsx'
import { JsonView } from './JsonView.tsx'
import { prettyJson } from './json-tokens.ts'
import { usePlaceInDraft } from './layouts/use-place-field.ts'
import { kindAddress, labelText } from './places.ts'
import { DraftBar } from './review/DraftBar.tsx'
import { FateChip } from './review/FateChip.tsx'
import { Warnings } from './review/Warnings.tsx'
import { BrandLink } from './settings/BrandLink.tsx'
import { isSame, type Json } from './store/json-value.ts'
import { useDefinition, useStore } from './store/store.tsx'
import { Uses } from './Uses.tsx'

// The code of a poster and the preview come when somebody looks at a form.
const WebformPanel = lazy(async () => ({
  default: (await import('./webforms/WebformPanel.tsx')).WebformPanel,
}))

const MessagePreview = lazy(async () => ({
  default: (await import('./connections/MessagePreview.tsx')).MessagePreview,
}))

const DocumentPreview = lazy(async () => ({
  default: (await import('./documents/DocumentPreview.tsx')).DocumentPreview,
}))

const FrictionPanel = lazy(async () => ({
  default: (await import('./friction/FrictionPanel.tsx')).FrictionPanel,
}))

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** One definition: its sentence in both languages, its properties to be changed, its JSON, and what mentions it. */
export function DefinitionPage({ kind: given }: { readonly kind?: string }) {
  const { t, i18n } = useTranslation()
  const { kind = given ?? '', name = '' } = useParams()
  const { index, fates, mayEdit } = useStore()
  const kinds = useQuery({ queryKey: ['meta', 'kinds', i18n.language], queryFn: listKinds })
  const definition = useDefinition({ kind, name })
  const { query, now, isKnown } = definition
  const Canvas = canvasOf(kind)
  const hasFriction = kind === 'entity' && definition.inForce !== undefined
  const [way, setWay] = useWay(kind, Canvas !== undefined)
  const item = kinds.data?.find((one) => one.kind === kind)
  const kindLabel = labelText(item?.label, i18n.language, kind)
  const label = ((now ?? definition.inForce)?.label ?? index.get(`${kind}/${name}`)?.label) as Parameters<
    typeof textIn
  >[0]
  const fate = fates.get(`${kind}/${name}`)
  const readOnly = !mayEdit(kind)
  // Who must agree to a publish agrees to a change of that as well.
  const isControl = kind === 'setting' && name === 'publish_approval'
  const savesNow =
    item?.content === true && !isControl && !readOnly && now !== undefined && fate !== undefined
  // What the draft says besides may be what this one needs: then publishing all of it is what one does next.
  const isAlone = fates.size === 1
  return (
    <Page
      title={textIn(label, i18n.language, name)}
      crumbs={[{ label: kindLabel, to: kindAddress(kind) }]}
      backTo={kindAddress(kind)}
      backLabel={kindLabel}
      line
      beside={
        <>
          <span className="mono ink-3 cut no-phone">{name}</span>
          {/* On a phone the bar has room for the name or for what comes of it. */}
          <span className={savesNow && !isAlone ? 'no-phone' : ''}>
            <FateChip fate={fate} />
          </span>
        </>
      }
      acts={
        <>
          {kind === 'entity' ? <ImportLink name={name} /> : null}
          {kind === 'flow' && now !== undefined && definition.inForce !== undefined ? (
            <FlowActs name={name} entity={recordOf(definition.inForce)} simulates={way !== 'picture'} />
          ) : null}
          {savesNow ? <ContentNow {...{ kind, name }} definition={now} isSecond={!isAlone} /> : null}
          {readOnly ? null : <DraftBar isSecond={savesNow && isAlone} />}
          {readOnly || now === undefined ? null : <DefinitionMenu {...{ kind, name, definition: now }} />}
        </>
      }
    >
      {query.isError ? (
        <ProblemState
          error={query.error}
          title={t('designer.definitionFailed')}
          retry={() => void query.refetch()}
        />
      ) : isKnown ? null : (
        <LoadingRows />
      )}
      {isKnown && now === undefined ? <Gone {...{ definition, fate }} /> : null}
      {now === undefined ? null : way === 'picture' && Canvas !== undefined ? (
        <Suspense fallback={<LoadingRows />}>
          <Canvas
            key={`${kind}/${name}`}
            {...{ kind, name, readOnly }}
            definition={now}
            inForce={definition.inForce}
            set={definition.set}
            ways={<Ways hasPicture {...{ way, setWay }} />}
          />
        </Suspense>
      ) : way === 'friction' && hasFriction ? (
        <div className="definition-main definition-alone">
          <Ways hasPicture={Canvas !== undefined} {...{ way, setWay, hasFriction }} />
          <Suspense fallback={<LoadingRows />}>
            <FrictionPanel {...{ name, readOnly }} />
          </Suspense>
        </div>
      ) : (
        <div className="definition">
          <div className="definition-main">
            {fate === undefined && definition.sentence !== undefined ? (
              <Sentences sentence={definition.sentence} />
            ) : null}
            <Previews {...{ kind, name, now }} inForce={definition.inForce} />
            {kind === 'entity' ? <Unplaced name={name} now={now} readOnly={readOnly} /> : null}
            <Ways hasPicture={Canvas !== undefined} {...{ way, setWay, hasFriction }} />
            {way === 'json' ? (
              <>
                <CopyButton text={prettyJson(now)} />
                <JsonView value={now} label={t('designer.json', { name })} />
              </>
            ) : (
              <Inspector
                key={`${kind}/${name}`}
                {...{ kind, name, readOnly }}
                definition={now}
                inForce={definition.inForce}
                set={definition.set}
              />
            )}
          </div>
          {definition.inForce === undefined ? null : <Uses kind={kind} name={name} />}
        </div>
      )}
    </Page>
  )
}

type Way = 'picture' | 'edit' | 'json' | 'friction'

/** How a definition is shown: by its picture where it has one, unless the address says otherwise. */
function useWay(kind: string, hasPicture: boolean): readonly [Way, (way: Way) => void] {
  const [search, setSearch] = useSearchParams()
  const { hash } = useLocation()
  const first = hasPicture ? 'picture' : 'edit'
  const asked = search.get('way')
  // A place of a definition is one of its picture, if that shows it, else of its properties.
  const isShown = hash === '' || (hasPicture && isInPicture(kind, hash))
  const way = asked === 'json' || asked === 'edit' || asked === 'friction' ? asked : isShown ? first : 'edit'
  return [way, (next) => setSearch(next === first ? {} : { way: next }, { replace: true })]
}

interface WaysProps {
  readonly hasPicture: boolean
  /** Whether it is known what it costs those who fill in its form. */
  readonly hasFriction?: boolean
  readonly way: Way
  readonly setWay: (way: Way) => void
}

function Ways({ hasPicture, hasFriction = false, way, setWay }: WaysProps) {
  const { t } = useTranslation()
  const ways: readonly Way[] = [
    ...(hasPicture ? (['picture'] as const) : []),
    ...(['edit', 'json'] as const),
    ...(hasFriction ? (['friction'] as const) : []),
  ]
  return (
    <Segmented<Way>
      className="definition-way"
      aria-label={t('inspector.way')}
      value={way}
      options={ways.map((value) => ({ value, label: t(`inspector.way.${value}`) }))}
      onChange={setWay}
    />
  )
}

interface GoneProps {
  readonly definition: ReturnType<typeof useDefinition>
  readonly fate: string | undefined
}

/** The draft removes it, or there is no such definition. */
function Gone({ definition, fate }: GoneProps) {
  const { t } = useTranslation()
  if (fate !== 'removed')
    return <State joint="empty" title={t('designer.unknown')} text={t('designer.unknownText')} />
  return (
    <State joint="empty" title={t('designer.removed')} text={t('designer.removedText')}>
      <Button onClick={definition.restore}>{t('designer.keepIt')}</Button>
    </State>
  )
}

/** New fields of an entity that are on no form, while they are made. */
function Unplaced({
  name,
  now,
  readOnly,
}: {
  readonly name: string
  readonly now: Json
  readonly readOnly: boolean
}) {
  const { warnings } = useStore()
  const place = usePlaceInDraft(now)
  const own = warnings.filter(({ path }) => path.startsWith(`/entity/${name}/`))
  return <Warnings warnings={own} onPlace={readOnly ? undefined : place} />
}

/** What a definition looks like to those whom it reaches: a message or a document as it is being written. */
function Previews({
  kind,
  name,
  now,
  inForce,
}: {
  readonly kind: string
  readonly name: string
  readonly now: Json
  readonly inForce: Json | undefined
}) {
  const drafted = inForce !== undefined && isSame(now, inForce) ? undefined : now
  const entity = textOf(now.entity)
  return (
    <Suspense fallback={<LoadingRows rows={2} />}>
      {kind === 'message' ? <MessagePreview {...{ name, entity, drafted }} /> : null}
      {kind === 'document' ? <DocumentPreview {...{ name, entity, drafted }} /> : null}
      {kind === 'webform' && inForce !== undefined ? <WebformPanel name={name} /> : null}
      {kind === 'setting' && inForce !== undefined ? <BrandLink name={name} /> : null}
    </Suspense>
  )
}

/** To the page that fills an entity from a file, for who may. */
function ImportLink({ name }: { readonly name: string }) {
  const { t } = useTranslation()
  const entity = useEntity(name)
  if (entity?.rights.import !== true) return null
  return (
    <a className="link t13 no-phone" href={`/records/${encodeURIComponent(name)}/import`}>
      {t('fromFile.import')}
    </a>
  )
}

/** The entity that a flow is about. */
function recordOf(flow: Json): string | undefined {
  return (flow.trigger as { readonly record?: string } | undefined)?.record
}

function Sentences({ sentence }: { readonly sentence: NonNullable<DefinitionAnswer['sentence']> }) {
  return (
    <dl className="sentences">
      <dt className="t12 ink-3" lang="en">
        English
      </dt>
      <dd lang="en">{sentence.en}</dd>
      <dt className="t12 ink-3" lang="zh-CN">
        中文
      </dt>
      <dd lang="zh-CN">{sentence['zh-CN']}</dd>
    </dl>
  )
}

function CopyButton({ text }: { readonly text: string }) {
  const { t } = useTranslation()
  const [done, setDone] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    setDone(true)
    setTimeout(() => setDone(false), 2000)
  }
  if (!('clipboard' in navigator)) return null // only on https and on this machine
  return (
    <Button icon={<Icon name={done ? 'check' : 'document'} />} onClick={() => void copy()}>
      {t(done ? 'designer.copied' : 'designer.copy')}
    </Button>
  )
}
