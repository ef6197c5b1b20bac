import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { clearing } from '../../runtime-ui/kit/clearing.tsx'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { RecordPicker } from '../../runtime-ui/widgets/RecordPicker.tsx'
import { listDefinitions } from '../api.ts'
import { Listed } from '../Listed.tsx'
import { listRuns, type RunRow, STATES } from './api.ts'
import { RunRecord, RunState, useCauseText } from './RunState.tsx'
import './runs.css'

/** What flows do goes on while one looks, milliseconds. */
const AGAIN_MS = 5_000

/** The runs of flows, newest first; those that died are a filter of their own. */
export function RunsPage() {
  const { t, i18n } = useTranslation()
  const [search] = useSearchParams()
  const question = Object.fromEntries(
    (['flow', 'state', 'record'] as const).map((name) => [name, search.get(name) ?? undefined]),
  )
  const runs = useInfiniteQuery({
    queryKey: ['runs', question, i18n.language],
    queryFn: ({ pageParam }) => listRuns(question, pageParam || undefined),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
    refetchInterval: AGAIN_MS,
  })
  const rows = runs.data?.pages.flatMap((page) => page.data) ?? []
  const isAsked = Object.values(question).some((value) => value !== undefined)
  return (
    <Page title={t('runs.title')}>
      <RunFilters rows={rows} />
      <Listed
        query={runs}
        failed="runs.failed"
        empty={rows.length > 0 ? undefined : isAsked ? 'runs.noneFound' : 'runs.none'}
      >
        <ul className="definitions" data-testid="runs">
          {rows.map((run) => (
            <RunItem key={run.id} run={run} />
          ))}
        </ul>
        {runs.hasNextPage ? (
          <Button
            className="more-button runs-more"
            disabled={runs.isFetchingNextPage}
            onClick={() => void runs.fetchNextPage()}
          >
            {t('record.earlier')}
          </Button>
        ) : null}
      </Listed>
    </Page>
  )
}

function RunItem({ run }: { readonly run: RunRow }) {
  const causeText = useCauseText()
  return (
    <li className="definition-row run-row" data-run={run.id}>
      <div className="grow">
        <div className="row run-line">
          <Link className="strong cut definition-link" to={`/designer/runs/${run.id}`}>
            {run.label}
          </Link>
          <span className="run-record cut t13">
            <RunRecord entity={run.entity} id={run.record} />
          </span>
        </div>
        <p className="t13 ink-2 cut">{run.fault === null ? causeText(run.cause) : run.fault.message}</p>
      </div>
      <span className="t12 ink-3 nowrap no-phone">
        <InstantText instant={run.created_at} />
      </span>
      <RunState state={run.state} tried={run.tried} />
    </li>
  )
}

function RunFilters({ rows }: { readonly rows: readonly RunRow[] }) {
  const { t, i18n } = useTranslation()
  const { me, model } = useWork()
  const [search, setSearch] = useSearchParams()
  const flows = useQuery({
    queryKey: ['meta', 'definitions', 'flow', i18n.language],
    queryFn: () => listDefinitions('flow'),
    enabled: me.definitions.length > 0,
  })
  const change = (next: Readonly<Record<string, string | undefined>>): void => {
    const all = { ...Object.fromEntries(search), ...next }
    const said = Object.entries(all).filter(
      (one): one is [string, string] => one[1] !== undefined && one[1] !== '',
    )
    setSearch(Object.fromEntries(said), { replace: true })
  }
  const named = new Map(rows.map(({ flow, label }) => [flow, label]))
  for (const { name, label } of flows.data ?? []) named.set(name, textIn(label, i18n.language, name))
  const entity = search.get('of') ?? undefined
  return (
    <div className="list-head run-filters">
      <Select
        aria-label={t('runs.flow')}
        placeholder={t('runs.anyFlow')}
        allowClear={clearing(t('act.clearOf', { title: t('runs.flow') }))}
        value={search.get('flow')}
        options={[...named].map(([value, label]) => ({ value, label }))}
        onChange={(flow?: string) => change({ flow })}
      />
      <Select
        aria-label={t('runs.state')}
        placeholder={t('runs.anyState')}
        allowClear={clearing(t('act.clearOf', { title: t('runs.state') }))}
        value={search.get('state')}
        options={STATES.map((value) => ({ value, label: t(`runs.state.${value}`) }))}
        onChange={(state?: string) => change({ state })}
      />
      <Select
        aria-label={t('runs.entity')}
        placeholder={t('runs.anyRecord')}
        allowClear={clearing(t('act.clearOf', { title: t('runs.entity') }))}
        value={entity}
        options={model.entities.map(({ name, label }) => ({ value: name, label }))}
        onChange={(of?: string) => change({ of, record: undefined })}
      />
      {entity === undefined ? null : (
        <RecordPicker
          key={entity}
          entity={entity}
          className="run-picker"
          label={t('runs.record')}
          value={search.get('record') ?? undefined}
          onChange={(record) => change({ record })}
        />
      )}
      {entity === undefined && search.has('record') ? (
        <Button icon={<Icon name="close" />} onClick={() => change({ record: undefined })}>
          {t('runs.allRecords')}
        </Button>
      ) : null}
    </div>
  )
}
