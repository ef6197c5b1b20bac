import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { ProblemState, State } from '../../runtime-ui/kit/State.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { MoreButton } from '../../runtime-ui/screens/record/MoreButton.tsx'
import { definitionAddress } from '../places.ts'
import { type Call, type Connection, listCalls, listConnections, setSecrets, testConnection } from './api.ts'
import './connections.css'

/** The log is looked at so often while the page is seen, milliseconds. */
const LOOK_EVERY_MS = 3_000

/** One connection: its secrets, a test, and every call that went out. */
export function ConnectionPage() {
  const { t, i18n } = useTranslation()
  const { name = '' } = useParams()
  const query = useQuery({ queryKey: ['connections', i18n.language], queryFn: listConnections })
  const connection = query.data?.find((one) => one.name === name)
  const list = '/designer/connections'
  return (
    <Page
      title={connection?.label ?? name}
      line
      crumbs={[{ label: t('connections.title'), to: list }]}
      backTo={list}
      backLabel={t('connections.title')}
    >
      <div className="connections-body">
        {query.isPending ? <LoadingRows /> : null}
        {query.isError ? (
          <ProblemState
            error={query.error}
            title={t('connections.failed')}
            retry={() => void query.refetch()}
          />
        ) : null}
        {query.isSuccess && connection === undefined ? (
          <State joint="empty" title={t('connections.unknown')} />
        ) : null}
        {connection === undefined ? null : <Parts key={connection.name} connection={connection} />}
      </div>
    </Page>
  )
}

function Parts({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation()
  const { name, connector_label: sort, hook, secrets, channel } = connection
  return (
    <>
      <p className="t13 ink-2">
        {sort} ·{' '}
        <Link className="link" to={definitionAddress('connection', name)}>
          {t('connections.definition')}
        </Link>
      </p>
      {hook === null ? null : (
        <p className="t13 ink-2">
          {t('connections.hook')} <span className="mono">{hook}</span>
        </p>
      )}
      {secrets.length === 0 ? null : <SecretsForm connection={connection} />}
      {channel === null ? null : <TestForm name={name} />}
      <Calls name={name} />
    </>
  )
}

/** A form that sends, tells what was wrong, and looks at the connection anew. */
function useSending(said: string) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const send = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (busy) return false
    setBusy(true)
    setFault(undefined)
    try {
      await work()
      await client.invalidateQueries({ queryKey: ['connections'] })
      toast({ text: said })
      return true
    } catch (error) {
      setFault(faultOf(error, t))
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, fault, send }
}

function SecretsForm({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation()
  const isViewing = useWork().me.viewer !== undefined
  const [draft, setDraft] = useState<Readonly<Record<string, string>>>({})
  const { busy, fault, send } = useSending(t('connections.secretsSaved'))
  const written = Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== ''))
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (Object.keys(written).length === 0) return
    if (await send(() => setSecrets(connection.name, written))) setDraft({})
  }
  return (
    <section className="connections-part" aria-labelledby="secrets">
      <h2 className="h2" id="secrets">
        {t('connections.secrets')}
      </h2>
      <p className="t13 ink-3">{t('connections.secretsText')}</p>
      <form className="connection-form" onSubmit={(event) => void submit(event)} noValidate>
        <FaultNote id="secrets-fault" fault={fault} />
        {connection.secrets.map(({ name, label, description, set_at: setAt }) => (
          <div key={name} className="field">
            <label htmlFor={`secret-${name}`}>{label}</label>
            <Input
              id={`secret-${name}`}
              type="password"
              autoComplete="off"
              value={draft[name] ?? ''}
              placeholder={setAt === null ? t('connections.notSet') : '••••••••'}
              aria-describedby={`secret-${name}-text`}
              onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
            />
            <p className="t12 ink-3" id={`secret-${name}-text`}>
              {description}{' '}
              {setAt === null ? null : (
                <>
                  {t('connections.setAt')} <InstantText instant={setAt} />
                </>
              )}
            </p>
          </div>
        ))}
        <span className="row">
          <Button
            type="primary"
            htmlType="submit"
            aria-busy={busy}
            disabled={isViewing || Object.keys(written).length === 0}
          >
            {t('connections.saveSecrets')}
          </Button>
        </span>
      </form>
    </section>
  )
}

function TestForm({ name }: { readonly name: string }) {
  const { t } = useTranslation()
  const isViewing = useWork().me.viewer !== undefined
  const [to, setTo] = useState('')
  const { busy, fault, send } = useSending(t('connections.testQueued'))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (to.trim() !== '') void send(() => testConnection(name, to.trim()))
  }
  return (
    <section className="connections-part" aria-labelledby="test">
      <h2 className="h2" id="test">
        {t('connections.test')}
      </h2>
      <form className="connection-form" onSubmit={submit} noValidate>
        <FaultNote id="test-fault" fault={fault} />
        <div className="field">
          <label htmlFor="test-to">{t('connections.testTo')}</label>
          <Input id="test-to" value={to} maxLength={200} onChange={(event) => setTo(event.target.value)} />
        </div>
        <span className="row">
          <Button htmlType="submit" aria-busy={busy} disabled={isViewing || to.trim() === ''}>
            {t('connections.sendTest')}
          </Button>
        </span>
      </form>
    </section>
  )
}

function Calls({ name }: { readonly name: string }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery({
    queryKey: ['connections', 'calls', name],
    queryFn: ({ pageParam }) => listCalls(name, pageParam),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
    refetchInterval: LOOK_EVERY_MS,
  })
  const calls = query.data?.pages.flatMap((page) => page.data) ?? []
  return (
    <section className="connections-part" aria-labelledby="calls">
      <h2 className="h2" id="calls">
        {t('connections.calls')}
      </h2>
      {query.isPending ? <LoadingRows rows={3} /> : null}
      {query.isError ? <ProblemState error={query.error} title={t('connections.callsFailed')} /> : null}
      {query.isSuccess && calls.length === 0 ? (
        <p className="t13 ink-3">{t('connections.callsNone')}</p>
      ) : null}
      <ul>
        {calls.map((call) => (
          <CallRow key={call.id} call={call} />
        ))}
      </ul>
      <MoreButton query={query} />
    </section>
  )
}

const TONES: { readonly [S in Call['state']]: string } = {
  waiting: '',
  sending: '',
  done: 'jade',
  failed: 'clay',
  cancelled: '',
}

function CallRow({ call }: { readonly call: Call }) {
  const { t } = useTranslation()
  const { operation, purpose, state, tries, duration_ms: took, fault, input, output } = call
  return (
    <li className="call-row" data-call={call.id} data-state={state}>
      <div className="row">
        <span className={`chip ${TONES[state]}`}>{t(`connections.state.${state}`)}</span>
        <span className="strong grow cut">
          {purpose === 'call' ? operation : t(`connections.purpose.${purpose}`)}
        </span>
        <span className="t12 ink-3 nowrap">
          <InstantText instant={call.begun_at ?? call.created_at} />
        </span>
      </div>
      <p className="t13 ink-2">
        {t('connections.tries', { count: tries })}
        {took === null ? null : ` · ${t('connections.took', { ms: took })}`}
        {fault === null ? null : (
          <span className={state === 'done' ? '' : 'bad'}>
            {' '}
            · {fault.code}: {fault.text}
          </span>
        )}
      </p>
      <details className="t12 ink-3">
        <summary>{t('connections.bodies')}</summary>
        <pre className="mono call-body">{JSON.stringify({ input, output }, null, 2)}</pre>
      </details>
    </li>
  )
}
