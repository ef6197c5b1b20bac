import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { textIn } from '../metadata/text.ts'
import { Button } from '../runtime-ui/kit/Button.tsx'
import { Icon } from '../runtime-ui/kit/icons/Icon.tsx'
import { LoadingRows } from '../runtime-ui/kit/Loading.tsx'
import { Page } from '../runtime-ui/kit/Page.tsx'
import { ProblemState } from '../runtime-ui/kit/State.tsx'
import { type DefinitionAnswer, getDefinition, listKinds, listUses, type Use } from './api.ts'
import { FlowActs } from './flows/FlowActs.tsx'
import { JsonView } from './JsonView.tsx'
import { prettyJson } from './json-tokens.ts'
import { definitionAddress, kindAddress, kindIcon, labelText } from './places.ts'

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

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** One definition: its sentence in both languages, its JSON, and what mentions it. */
export function DefinitionPage({ kind: given }: { readonly kind?: string }) {
  const { t, i18n } = useTranslation()
  const { kind = given ?? '', name = '' } = useParams()
  const kinds = useQuery({ queryKey: ['meta', 'kinds', i18n.language], queryFn: listKinds })
  const definition = useQuery({
    queryKey: ['meta', 'definition', kind, name],
    queryFn: () => getDefinition(kind, name),
  })
  const kindLabel = labelText(kinds.data?.find((item) => item.kind === kind)?.label, i18n.language, kind)
  const label = definition.data?.data.label as Parameters<typeof textIn>[0]
  return (
    <Page
      title={textIn(label, i18n.language, name)}
      crumbs={[{ label: kindLabel, to: kindAddress(kind) }]}
      backTo={kindAddress(kind)}
      backLabel={kindLabel}
      line
      beside={<span className="mono ink-3 cut no-phone">{name}</span>}
      acts={
        definition.data === undefined ? null : (
          <>
            {kind === 'flow' ? <FlowActs name={name} entity={recordOf(definition.data)} /> : null}
            <CopyButton text={prettyJson(definition.data.data)} />
          </>
        )
      }
    >
      {definition.isPending ? <LoadingRows /> : null}
      {definition.isError ? (
        <ProblemState
          error={definition.error}
          title={t('designer.definitionFailed')}
          retry={() => void definition.refetch()}
        />
      ) : null}
      {definition.data === undefined ? null : (
        <div className="definition">
          <div className="definition-main">
            <Sentences answer={definition.data} />
            {kind === 'message' ? (
              <Suspense fallback={<LoadingRows rows={2} />}>
                <MessagePreview name={name} entity={textOf(definition.data.data.entity)} />
              </Suspense>
            ) : null}
            {kind === 'document' ? (
              <Suspense fallback={<LoadingRows rows={2} />}>
                <DocumentPreview name={name} entity={textOf(definition.data.data.entity)} />
              </Suspense>
            ) : null}
            {kind === 'webform' ? (
              <Suspense fallback={<LoadingRows />}>
                <WebformPanel name={name} />
              </Suspense>
            ) : null}
            <JsonView value={definition.data.data} label={t('designer.json', { name })} />
          </div>
          <Uses kind={kind} name={name} />
        </div>
      )}
    </Page>
  )
}

/** The entity that a flow is about. */
function recordOf({ data }: DefinitionAnswer): string | undefined {
  return (data.trigger as { readonly record?: string } | undefined)?.record
}

function Sentences({ answer }: { readonly answer: DefinitionAnswer }) {
  if (answer.sentence === undefined) return null
  return (
    <dl className="sentences">
      <dt className="t12 ink-3" lang="en">
        English
      </dt>
      <dd lang="en">{answer.sentence.en}</dd>
      <dt className="t12 ink-3" lang="zh-CN">
        中文
      </dt>
      <dd lang="zh-CN">{answer.sentence['zh-CN']}</dd>
    </dl>
  )
}

function Uses({ kind, name }: { readonly kind: string; readonly name: string }) {
  const { t, i18n } = useTranslation()
  const uses = useQuery({
    queryKey: ['meta', 'uses', kind, name, i18n.language],
    queryFn: () => listUses(kind, name),
  })
  return (
    <aside className="uses">
      <h2 className="h3 row section-head">
        {t('designer.uses')}
        {uses.data === undefined ? null : <span className="count num">{byDefinition(uses.data).length}</span>}
      </h2>
      {uses.isError ? <p className="t13 bad">{t('designer.usesFailed')}</p> : null}
      {uses.isSuccess && uses.data.length === 0 ? <p className="t13 ink-3">{t('designer.unused')}</p> : null}
      <ul>
        {byDefinition(uses.data ?? []).map(({ definition, paths }) => (
          <li key={`${definition.kind}/${definition.name}`} className="use-row">
            <Icon name={kindIcon(definition.kind)} />
            <div className="grow">
              <Link className="definition-link" to={definitionAddress(definition.kind, definition.name)}>
                {textIn(definition.label, i18n.language, definition.name)}
              </Link>
              <span className="mono ink-3">
                {paths.slice(0, MOST_PATHS).join('  ')}
                {paths.length > MOST_PATHS ? ` +${paths.length - MOST_PATHS}` : ''}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </aside>
  )
}

/** Paths of a definition that are written out; the others are counted. */
const MOST_PATHS = 3

interface UsingDefinition {
  readonly definition: Use['definition']
  readonly paths: readonly string[]
}

/** The uses gathered by the definition that mentions. */
function byDefinition(uses: readonly Use[]): readonly UsingDefinition[] {
  const groups = new Map<string, { definition: Use['definition']; paths: string[] }>()
  for (const { definition, path } of uses) {
    const key = `${definition.kind}/${definition.name}`
    const group = groups.get(key) ?? { definition, paths: [] }
    if (!group.paths.includes(path)) group.paths.push(path)
    groups.set(key, group)
  }
  return [...groups.values()]
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
