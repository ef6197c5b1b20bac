import { createHmac, randomUUID } from 'node:crypto'
import { ADMIN, type TestEngine } from '../support/engine.ts'
import type { Answer, Client } from '../support/http.ts'
import { PASSWORD } from '../support/http-model.ts'
import { TRIAL_DRIVERS } from './openapi-trials.ts'

/** Things that calls can be made on. */
export interface Samples {
  readonly engine: TestEngine
  readonly job: string
  readonly file: string
}

export interface Drive {
  readonly admin: Client
  readonly samples: Samples
  /** As the document has it, with `{id}`. */
  readonly path: string
  readonly method: string
  /** The first of the values that a parameter may have, by its name. */
  readonly choices: Readonly<Record<string, string | undefined>>
  readonly operationId: string
}

export type Driver = (drive: Drive) => Promise<Answer>

let count = 0
const unique = () => `t${++count}`

/** The smallest body of a new record, by entity. */
const NEW: Readonly<Record<string, (admin: Client) => object | Promise<object>>> = {
  company: () => ({ name: unique() }),
  order: () => ({ select: unique() }),
  team: () => ({ name: unique() }),
  notification: () => ({ title: unique() }),
  user: () => ({ name: 'x', email: `${unique()}@example.com`, password: PASSWORD }),
  file: () => ({ name: 'x.txt', media_type: 'text/plain', size: 1, digest: '0'.repeat(64) }),
  comment: async (admin) => ({ text: 'x', about: { entity: 'company', id: await newId(admin, 'company') } }),
}

async function newId(admin: Client, entity: string): Promise<string> {
  return (await admin.post(`/api/records/${entity}`, await NEW[entity]!(admin))).record.id
}

const entityOf = (path: string): string => path.split('/')[3]!

/** Puts a fresh record's id, and the first choice of every other parameter, into the address. */
async function onRecord({ admin, path, choices }: Drive): Promise<string> {
  const id = await newId(admin, entityOf(path))
  return path.replace('{id}', id).replaceAll(/\{(\w+)\}/g, (_whole, name: string) => choices[name] ?? 'x')
}

const withBody =
  (body: (drive: Drive) => object | Promise<object>): Driver =>
  async (drive) =>
    drive.admin.call(drive.method, await onRecordOrPlain(drive), { body: await body(drive) })
const plain: Driver = async (drive) => drive.admin.call(drive.method, await onRecordOrPlain(drive))

function onRecordOrPlain(drive: Drive): Promise<string> | string {
  return drive.path.includes('{id}') ? onRecord(drive) : drive.path
}

/** A record that waits for the word of its owner. */
const onAsked: Driver = async (drive) => {
  const path = await onRecord(drive)
  const id = path.split('/').at(-3)
  await drive.samples.engine.database.query({
    text: `INSERT INTO ws_default.tenon_acceptance (record, entity, assignment, decision, owner, due_at, tried)
SELECT a.record, a.entity, a.assignment, a.id, a.chosen, now() + interval '1 day', ARRAY[a.chosen] FROM ws_default.tenon_assignment a WHERE a.record = $1::uuid`,
    values: [id],
  })
  return drive.admin.post(path)
}

async function newSandbox(admin: Client): Promise<string> {
  const known = (await admin.get('/api/sandboxes')).records[0]?.name
  if (known !== undefined) return String(known)
  const name = unique()
  await admin.post('/api/sandboxes', { name, records: 0 })
  return name
}

/** A sandbox that has something otherwise than the workspace it is of. */
function onSandbox(body?: object): Driver {
  return async ({ admin, path, method }) => {
    const name = await newSandbox(admin)
    if (path.endsWith('/promote')) {
      const answer = await admin.post('/api/auth/sandbox', { name })
      const headers = { 'x-workspace': name }
      const inside = admin.as(String(answer.record.token))
      const role = { kind: 'role', name: unique(), default: { read: 'none' } }
      const { id } = (await inside.post('/api/meta/changesets', { label: 'x' }, { headers })).record
      const at = `/api/meta/changesets/${id}`
      await inside.put(`${at}/definitions/role/${role.name}`, role, { headers })
      const { hash } = (await inside.post(`${at}/plan`, {}, { headers })).record
      await inside.post(`${at}/publish`, { hash }, { headers })
    }
    return admin.call(method, path.replace('{name}', name), body === undefined ? {} : { body })
  }
}

/** A record that lies in the pool. */
const onPooled: Driver = async (drive) => {
  const path = await onRecord(drive)
  await drive.admin.post(path.replace(/claim$/, 'release'))
  return drive.admin.post(path)
}

const SHARE = { with: { role: 'reader' }, access: 'read' }

/** A call on a fresh share of a fresh record. */
const onShare: Driver = async ({ admin, path, method }) => {
  const id = await newId(admin, entityOf(path))
  const [base = '', rest = ''] = path.replace('{id}', id).split('{share}')
  const share = (await admin.post(base.slice(0, -1), SHARE)).record.id
  return admin.call(method, `${base}${share}${rest}`, method === 'PATCH' ? { body: { remark: 'x' } } : {})
}

/** A call on a fresh comment of a fresh record. */
const onComment: Driver = async ({ admin, path, method }) => {
  const id = await newId(admin, entityOf(path))
  const [base = '', rest = ''] = path.replace('{id}', id).split('{comment}')
  const comment = (await admin.post(base.slice(0, -1), { text: 'x' })).record.id
  if (rest !== '') await admin.delete(`${base}${comment}`)
  const body = method === 'PATCH' ? { body: { text: 'y' } } : {}
  return admin.call(method, `${base}${comment}${rest}`, body)
}

const restore: Driver = async (drive) => {
  const path = await onRecord(drive)
  await drive.admin.delete(path.replace(/\/restore$/, ''))
  return drive.admin.post(path)
}

function fileNamed(name: string, content: string): FormData {
  const form = new FormData()
  form.set('file', new Blob([content]), name)
  return form
}

const newFile = async (admin: Client) =>
  (await admin.post('/api/files', fileNamed('hello.txt', 'hello'))).record.id

const upload: Driver = ({ admin, path }) => admin.post(path, fileNamed('hello.txt', 'hello'))

/** A file of one company, uploaded to be imported. */
async function uploadCompanies(admin: Client): Promise<string> {
  const file = fileNamed('companies.csv', `name\nu${++count}\n`)
  return (await admin.post('/api/imports/company', file)).record.id
}

/** A call on a fresh run, in a state from which it leads on. */
const onRun: Driver = async ({ admin, samples, method, path, operationId }) => {
  const flow = (await admin.get('/api/meta/definitions/flow/greet')).record
  const { rows } = await samples.engine.database.query<{ id: string }>({
    text:
      'INSERT INTO "ws_default".tenon_run (id, flow, name, version, state, due_at, cause, fault, created_at, updated_at) ' +
      "VALUES (gen_random_uuid(), $1, 'greet', 1, $2, now() + interval '1 day', " +
      `'{"by":"button","at":"2026-01-01T00:00:00.000Z"}', '{"code":"FIELD_REQUIRED","path":"/name"}', now(), now()) RETURNING id::text AS id`,
    values: [flow.id, operationId === 'cancel_flow_run' ? 'waiting' : 'failed'],
  })
  return admin.call(method, path.replace('{id}', rows[0]!.id))
}

/** A word about a fresh record that has been submitted, where it is not the submission itself. */
const onApproval: Driver = async ({ admin, path, operationId }) => {
  const id = (await admin.post('/api/records/order', { select: unique(), case: 200 })).record.id
  const base = path.replace('{id}', id)
  if (!operationId.startsWith('approval_submit')) await admin.post(`/api/records/order/${id}/actions/submit`)
  const isPersonal = /^approval_(transfer|add_signer)/.test(operationId)
  const person = isPersonal ? { person: await newAdministrator(admin) } : {}
  const place = operationId.startsWith('approval_add_signer') ? { place: 'after' } : {}
  return admin.post(base, { ...person, ...place })
}

async function newAdministrator(admin: Client): Promise<string> {
  const user = { name: 'x', email: `${unique()}@example.com`, password: PASSWORD, roles: ['administrator'] }
  return (await admin.post('/api/records/user', user)).record.id
}

/** Somebody who stands in for somebody else for a day. */
const delegation = async (admin: Client): Promise<object> => ({
  person: await newAdministrator(admin),
  delegate: await newAdministrator(admin),
  until: new Date(Date.now() + 86_400_000).toISOString(),
})

async function newChangeset(admin: Client): Promise<string> {
  return (await admin.post('/api/meta/changesets', { label: 'x' })).record.id
}

const VIEW = { kind: 'view', name: 'x', entity: 'company', type: 'table', columns: ['name'] }
const OPTIONS = { kind: 'option_set', name: 'x', options: [{ name: 'a' }] }

/** A call on a fresh draft that holds one definition. */
const onDraft =
  (body?: (drive: Drive, id: string) => Promise<object>): Driver =>
  async (drive) => {
    const id = await newChangeset(drive.admin)
    const definition = `/api/meta/changesets/${id}/definitions/option_set/x`
    await drive.admin.put(definition, { ...OPTIONS, options: [{ name: unique() }] })
    const path = drive.path.replace('{id}', id).replace('{kind}', 'option_set').replace('{name}', 'x')
    return drive.admin.call(drive.method, path, body === undefined ? {} : { body: await body(drive, id) })
  }

const publishBody = async ({ admin }: Drive, id: string): Promise<object> => ({
  hash: (await admin.post(`/api/meta/changesets/${id}/plan`)).record.hash,
})

/** The same while administrators must agree; the draft in an emergency ends that again. */
const underAgreement =
  (body: (hash: string) => object): Driver =>
  async (drive) => {
    const { admin } = drive
    const at = 'definitions/setting/publish_approval'
    const value = { needs: 1, of: [{ role: 'administrator' }] }
    const put = async (change: (id: string) => Promise<Answer>, emergency?: object): Promise<void> => {
      const id = await newChangeset(admin)
      await change(`/api/meta/changesets/${id}/${at}`)
      await admin.post(`/api/meta/changesets/${id}/publish`, { ...(await publishBody(drive, id)), emergency })
    }
    await put((path) => admin.put(path, { kind: 'setting', name: 'publish_approval', value }))
    const answer = await onDraft(async (_drive, id) => {
      const { hash } = (await publishBody(drive, id)) as { readonly hash: string }
      return body(hash)
    })(drive)
    await put((path) => admin.delete(path), { reason: 'The test is over.' })
    return answer
  }

const REPORT = { kind: 'report', name: 'x', entity: 'company', rows: ['level'], trend: true }
const DASHBOARD = { kind: 'dashboard', name: 'x', tiles: [{ name: 'levels', report: 'x' }] }

/** A call on a report or dashboard called `x`. */
const onReport =
  (body?: object): Driver =>
  async ({ admin, method, path }) => {
    await admin.put('/api/meta/content/report/x', REPORT)
    await admin.put('/api/meta/content/dashboard/x', DASHBOARD)
    const address = path.replace('{kind}', 'report').replace('{name}', 'x')
    return admin.call(method, address, body === undefined ? {} : { body })
  }

const filled =
  (parameters: Readonly<Record<string, string>>, body?: object): Driver =>
  ({ admin, method, path }) => {
    const address = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => parameters[name]!)
    return admin.call(method, address, body === undefined ? {} : { body })
  }

/** The token of a link by which a new user sets a password. */
async function newLink(admin: Client): Promise<string> {
  const body = { name: 'x', email: `${unique()}@example.com` }
  const made = (await admin.post('/api/records/user', body)).body as { invitation: { link: string } }
  return new URL(made.invitation.link).hash.slice(1)
}

/** The calls on the engine as a whole, by operation. */
const ENGINE: Readonly<Record<string, Driver>> = {
  health: plain,
  readiness: plain,
  metrics: plain,
  login: withBody(() => ADMIN),
  logout: async ({ samples, path }) => (await samples.engine.loginAdmin()).post(path),
  me: plain,
  list_tokens: plain,
  create_token: withBody(() => ({ label: 'x', roles: ['reader'] })),
  revoke_token: async ({ admin, path }) => {
    await admin.post('/api/tokens', { label: 'y', roles: ['reader'] })
    return admin.delete(path.replace('{id}', (await admin.get('/api/tokens')).records[0]!.id))
  },
  forgot_password: ({ admin, path }) => admin.as(undefined).post(path, { email: 'nobody@example.com' }),
  look_at_link: async ({ admin, path }) => admin.post(path, { token: await newLink(admin) }),
  set_password: async ({ admin, path }) =>
    admin.as(undefined).post(path, { token: await newLink(admin), password: PASSWORD }),
  change_password: async ({ admin, path }) => {
    const user = (await NEW.user!(admin)) as { readonly email: string }
    await admin.post('/api/records/user', user)
    const client = await admin.as(undefined).login(user.email, PASSWORD)
    return client.post(path, { current_password: PASSWORD, password: `${PASSWORD}!` })
  },
  get_profile: plain,
  update_profile: withBody(() => ({ time_zone: 'Asia/Shanghai' })),
  my_sessions: plain,
  sign_out_everywhere: async ({ samples, path }) => {
    const user = { name: 'x', email: `${unique()}@example.com`, password: PASSWORD }
    await (await samples.engine.loginAdmin()).post('/api/records/user', user)
    return (await samples.engine.client.login(user.email, PASSWORD)).delete(path)
  },
  end_session: async ({ samples, admin, path }) => {
    await samples.engine.loginAdmin()
    const other = (await admin.get('/api/auth/sessions')).records.find(({ current }) => current === false)
    return admin.delete(path.replace('{id}', other!.id))
  },
  invite_user: async ({ admin, path }) => admin.post(path.replace('{id}', await newId(admin, 'user'))),
  sign_out_user: async ({ admin, path }) => admin.delete(path.replace('{id}', await newId(admin, 'user'))),
  view_as: async ({ admin, path }) => admin.post(path, { user: await newId(admin, 'user') }),
  end_view_as: plain,
  upload_file: upload,
  remove_file: async ({ admin, path }) => admin.delete(path.replace('{id}', await newFile(admin))),
  download_file: ({ admin, samples, path }) => admin.get(path.replace('{id}', samples.file)),
  list_audit_entry: plain,
  query_audit_entry: withBody(() => ({ limit: 1 })),
  get_audit_entry: async ({ admin, path }) => {
    const [entry] = (await admin.get('/api/records/audit_entry?limit=1')).records
    return admin.get(path.replace('{id}', entry!.id))
  },
  list_sandboxes: plain,
  make_sandbox: withBody(() => ({ name: unique(), records: 1 })),
  get_sandbox: onSandbox(),
  promote_sandbox: onSandbox({}),
  refresh_sandbox: onSandbox({}),
  remove_sandbox: onSandbox(),
  enter_sandbox: async ({ admin }) => {
    const name = await newSandbox(admin)
    return admin.post('/api/auth/sandbox', { name })
  },
  leave_sandbox: plain,
  list_templates: plain,
  get_template: filled({ name: 'sales' }),
  get_template_screenshot: filled({ name: 'sales', file: 'home-en.webp' }),
  install_template: filled({ name: 'cn_regions' }, { data: false }),
  upgrade_template: async ({ admin, samples }) => {
    // As if the version that is installed had come without its options, and these were not there.
    await admin.post('/api/templates/cn_regions/install', { data: false })
    await samples.engine.database.query({ text: `UPDATE ws_default.tenon_base SET definitions = '[]'` })
    const { id } = (await admin.post('/api/meta/changesets', { label: 'x' })).record
    const at = `/api/meta/changesets/${id}`
    await admin.delete(`${at}/definitions/option_set/cn_regions`)
    const { hash } = (await admin.post(`${at}/plan`)).record
    await admin.post(`${at}/publish`, { hash })
    return admin.post('/api/templates/cn_regions/upgrade')
  },
  uninstall_template: async ({ admin, samples }) => {
    await samples.engine.database.query({
      text: `INSERT INTO ws_default.tenon_template (name, version) VALUES ('cn_regions', '1') ON CONFLICT DO NOTHING`,
    })
    await samples.engine.database.query({
      text: `INSERT INTO ws_default.tenon_base (source, version, definitions)
SELECT 'template/cn_regions', '1', jsonb_agg(r.value) FROM ws_default.tenon_version v,
  jsonb_each(v.definitions -> 'role') r WHERE v.version = (SELECT version FROM ws_default.tenon_current)
ON CONFLICT (source) DO UPDATE SET definitions = excluded.definitions`,
    })
    return admin.post('/api/templates/cn_regions/uninstall')
  },
  count_demo: plain,
  remove_demo: plain,
  list_backups: plain,
  make_backup: plain,
  get_audit_retention: plain,
  set_audit_retention: withBody(() => ({ months: null })),
  get_form: filled({ entity: 'company' }),
  get_form_relatives: filled({ entity: 'company' }),
  get_form_options: ({ admin }) => admin.get('/api/forms/company/options?field=level'),
  get_form_validator: filled({ entity: 'company' }),
  explain_record: async ({ admin, path }) =>
    admin.get(path.replace('{entity}', 'company').replace('{id}', await newId(admin, 'company'))),
  explain_field: filled({ entity: 'company', field: 'phone' }),
  list_roles: plain,
  explain_role: withBody(() => ({ kind: 'role', name: 'draft', default: { read: 'own' } })),
  explain_user: async ({ admin, path }) => admin.get(path.replace('{id}', await newId(admin, 'user'))),
  user_standing: async ({ admin, path }) => admin.get(`${path}?ids=${await newId(admin, 'user')}`),
  evaluate_rule: async ({ admin, path }) =>
    admin.post(path, {
      rule: { '>': [{ count: { var: 'orders' } }, 0] },
      entity: 'company',
      id: await newId(admin, 'company'),
    }),
  check_rule: withBody(() => ({ rule: 'SUM(orders.case) > score', entity: 'company' })),
  parse_rule: withBody(() => ({ text: '名称 = 1', entity: 'company' })),
  print_rule: withBody(() => ({ rule: { '==': [{ var: 'name' }, 'x'] }, entity: 'company' })),
  get_rule_catalogue: ({ admin, path }) => admin.get(`${path}?entity=company`),
  get_model: plain,
  get_openapi: plain,
  get_job: ({ admin, samples, path }) => admin.get(path.replace('{id}', samples.job)),
  list_kinds: plain,
  list_conversions: plain,
  get_kind_schema: filled({ kind: 'entity' }),
  list_definitions: plain,
  get_definition: filled({ kind: 'entity', name: 'company' }),
  get_uses: filled({ kind: 'entity', name: 'company' }),
  list_definition_changes: filled({ kind: 'entity', name: 'company' }),
  list_versions: plain,
  get_definition_at: filled({ version: '1', kind: 'entity', name: 'user' }),
  compare_versions: filled({ from: '1', to: '2' }),
  restore_version: filled({ version: '1' }),
  save_content: filled({ kind: 'view', name: 'x' }, VIEW),
  remove_content: filled({ kind: 'view', name: 'x' }),
  list_reports: onReport(),
  preview_report: withBody(() => ({ definition: { entity: 'company', rows: ['level'] } })),
  get_report: onReport(),
  run_report: onReport({ period: 'this_month' }),
  keep_report: onReport({ label: 'Mine', period: 'this_month' }),
  report_trend: onReport(),
  export_report: onReport(),
  list_dashboards: onReport(),
  search: async ({ admin, path }) => {
    await newId(admin, 'company')
    return admin.get(`${path}?q=t${count}`)
  },
  own_views: plain,
  list_acts: plain,
  upload_import: ({ admin, path }) =>
    admin.post(path.replace('{entity}', 'company'), fileNamed('companies.csv', 'name\nx\n')),
  import_progress: async ({ admin, path }) =>
    admin.get(path.replace('{entity}', 'company').replace('{id}', await uploadCompanies(admin))),
  import_upload: async ({ admin, path }) => {
    const at = path.replace('{entity}', 'company').replace('{id}', await uploadCompanies(admin))
    return admin.post(at, { columns: ['name'] })
  },
  undo_act: async ({ admin, path }) => {
    const made = await admin.post('/api/records/company/bulk', { create: [{ name: `u${++count}` }] })
    return admin.post(path.replace('{id}', (made.body as { undo: string }).undo))
  },
  get_dashboard: onReport(),
  changes: plain,
  events: plain,
  promote_content: onReport(),
  list_changesets: plain,
  open_changeset: withBody(() => ({ label: 'x' })),
  get_changeset: onDraft(),
  describe_changeset: onDraft(async () => ({ description: 'Why', announcement: 'New' })),
  discard_changeset: onDraft(),
  set_in_draft: onDraft(async () => OPTIONS),
  change_in_draft: onDraft(async () => ({ to: OPTIONS })),
  remove_in_draft: onDraft(),
  check_changeset: onDraft(),
  resolve_changeset: onDraft(async () => ({ ours: [], theirs: [] })),
  plan_changeset: onDraft(),
  publish_changeset: onDraft(publishBody),
  preview_form: ({ admin, path }) => admin.get(path.replace('{entity}', 'company')),
  propose_entity: ({ admin, path }) => admin.post(path, fileNamed('deals.csv', 'name,amount\nAcme,3\n')),
  get_agreement: onDraft(),
  ...TRIAL_DRIVERS,
  link_requests: onDraft(async () => ({ requests: [] })),
  ask_agreement: underAgreement((hash) => ({ hash })),
  decide_agreement: underAgreement((hash) => ({ hash, decision: 'agreed' })),
  preview_message: withBody(() => ({ name: 'invitation', language: 'en' })),
  preview_document: async ({ admin, path }) => {
    const title = '{{name}}'
    const entity = 'company'
    const document = { ...{ kind: 'document', name: 'sheet', entity, title, body: '# {{name}}' } }
    return await admin.post(path, { document, language: 'en' })
  },
  forecast_recycling: ({ admin, path, choices }) => admin.get(path.replace('{name}', choices.name!)),
  list_approvals: plain,
  decide_approvals: withBody(() => ({ act: 'approve', turns: ['x'] })),
  list_delegations: plain,
  add_delegation: withBody(({ admin }) => delegation(admin)),
  remove_delegation: async ({ admin, path }) => {
    const made = await admin.post('/api/approvals/delegations', await delegation(admin))
    return admin.delete(path.replace('{id}', made.record.id))
  },
  list_requests: plain,
  file_request: withBody(() => ({ page: '/records/company', text: unique() })),
  answer_request: async ({ admin, path }) => {
    const made = await admin.post('/api/requests', { page: '/records/company', text: unique() })
    return admin.patch(path.replace('{id}', made.record.id), { state: 'declined', answer: 'No.' })
  },
  list_flow_runs: plain,
  get_flow_run: onRun,
  retry_flow_run: onRun,
  cancel_flow_run: onRun,
  replay_flow_run: onRun,
  simulate_flow: async ({ admin, path }) =>
    admin.post(path.replace('{name}', 'greet'), { record: await newId(admin, 'company') }),
  list_connections: plain,
  list_connection_calls: filled({ name: 'chat' }),
  set_connection_secrets: filled({ name: 'chat' }, { key: 'x' }),
  test_connection: filled({ name: 'chat' }, { to: '1' }),
  retry_connection_call: async ({ admin, samples, path }) => {
    const chat = (await admin.get('/api/meta/definitions/connection/chat')).record
    const { rows } = await samples.engine.database.query<{ id: string }>({
      text:
        'INSERT INTO "ws_default".tenon_outgoing (id, connection, name, operation, purpose, key, state, input, most_tries, due_at, until) ' +
        "VALUES (gen_random_uuid(), $1, 'chat', 'message', 'test', 'x', 'failed', '{}', 1, now(), now()) RETURNING id::text AS id",
      values: [chat.id],
    })
    return admin.post(path.replace('{name}', 'chat').replace('{id}', rows[0]!.id))
  },
  list_deliveries: plain,
  get_notification_preference: plain,
  save_texts: plain,
  read_texts: ({ admin, path }) => admin.post(path, fileNamed('texts.csv', 'Address,English\na#b,Firm\n')),
  tell_effort: filled({ entity: 'company' }, { fields: { name: 900 } }),
  tell_opened: ({ admin, path }) => admin.post(path.replace('{name}', 'large'), {}),
  get_friction: ({ admin, path }) => admin.get(path.replace('{entity}', 'company')),
  own_settings: plain,
  brand: plain,
  save_own_settings: withBody(() => ({
    favourites: [{ kind: 'list', entity: 'company', label: 'Companies' }],
    opening_views: { company: null },
  })),
  set_notification_preference: withBody(() => ({ quiet: { from: '22:00', until: '07:00' }, gather: 15 })),
  take_hook: async ({ admin, path }) => {
    await admin.put('/api/connections/erp/secrets', { hook_secret: 'hook' })
    const body = JSON.stringify({ id: unique(), event: 'finished', data: {} })
    const seconds = Math.floor(Date.now() / 1000)
    const v1 = createHmac('sha256', 'hook').update(`${seconds}.${body}`).digest('hex')
    const headers = { 'content-type': 'application/json', 'x-tenon-signature': `t=${seconds},v1=${v1}` }
    return admin.as(undefined).post(path.replace('{connection}', 'erp'), body, { headers })
  },
  list_webforms: plain,
  get_webform: filled({ form: 'call_me' }),
  get_webform_validator: filled({ form: 'call_me' }),
  submit_webform: async ({ admin, path }) => {
    const ticket = (await admin.get('/api/webforms/call_me')).record.ticket
    return admin.post(path.replace('{form}', 'call_me'), { ticket, answers: { select: unique() } })
  },
  list_submissions: async ({ admin, path }) =>
    admin.get(path.replace('{entity}', 'company').replace('{id}', await newId(admin, 'company'))),
  list_requirements: plain,
  get_requirement_sheet: plain,
  run_scenarios: withBody(() => ({ names: [] })),
  export_definitions: plain,
  import_definitions: async ({ admin, path }) => admin.post(path, (await admin.get('/api/meta/export')).body),
}

/** The calls on records, by what their operation begins with. */
const RECORDS: readonly (readonly [string, Driver])[] = [
  ['list_', plain],
  ['press_', plain],
  ['buttons_of_', plain],
  ['approvals_of_', plain],
  ['approval_', onApproval],
  ['create_', withBody(({ admin, path }) => NEW[entityOf(path)]!(admin))],
  ['query_', withBody(() => ({ limit: 1, count: 'exact' }))],
  ['aggregate_', withBody(() => ({ measures: [{ fn: 'count' }] }))],
  ['export_by_query_', withBody(() => ({ fields: 'id', header: 'labels' }))],
  ['export_', plain],
  ['bulk_', withBody(async ({ admin, path }) => ({ create: [await NEW[entityOf(path)]!(admin)] }))],
  ['get_', plain],
  ['update_', withBody(() => ({}))],
  ['delete_', plain],
  ['restore_comment_on_', onComment],
  ['restore_', restore],
  ['history_of_', plain],
  ['stages_of_', plain],
  ['timeline_of_', plain],
  ['assignments_of_', plain],
  ['transfer_', transfer],
  ['merge_', merge],
  ['duplicates_of_new_', withBody(() => ({ name: 'x' }))],
  ['duplicates_of_changed_', withBody(() => ({ name: 'x' }))],
  ['accept_', onAsked],
  ['claim_', onPooled],
  ['release_', withBody(() => ({}))],
  ['milestone_of_', withBody(() => ({ milestone: 'packed' }))],
  ['revert_', withBody(() => ({ version: 1 }))],
  ['comments_of_', plain],
  ['mentionable_on_', plain],
  ['comment_on_', withBody(() => ({ text: 'x' }))],
  ['change_comment_on_', onComment],
  ['uncomment_', onComment],
  ['files_of_', plain],
  ['shares_of_', plain],
  ['share_', withBody(() => SHARE)],
  ['change_share_of_', onShare],
  ['unshare_', onShare],
  ['related_to_', plain],
  ['upsert_', upsert],
]

async function transfer(drive: Drive): Promise<Answer> {
  const { user } = (await drive.admin.get('/api/auth/me')).record as unknown as { user: { id: string } }
  return drive.admin.post(await onRecord(drive), { owner: user.id, with: [] })
}

async function merge(drive: Drive): Promise<Answer> {
  const other = await newId(drive.admin, entityOf(drive.path))
  return drive.admin.post(await onRecord(drive), { with: [other], reason: 'x' })
}

async function upsert({ admin, path, choices }: Drive): Promise<Answer> {
  const field = choices.field!
  const value = field === 'email' ? `${unique()}@example.com` : unique()
  const { [field]: _unused, ...body } = (await NEW[entityOf(path)]!(admin)) as Record<string, unknown>
  return admin.put(path.replace('{field}', field).replace('{value}', encodeURIComponent(value)), body)
}

/** What makes the call of an operation; undefined where nothing is known to. */
export function driverOf(operationId: string): Driver | undefined {
  return ENGINE[operationId] ?? RECORDS.find(([prefix]) => operationId.startsWith(prefix))?.[1]
}

/** A job that is done, and a file. */
export async function prepareSamples(engine: TestEngine, admin: Client): Promise<Samples> {
  const job = randomUUID()
  const { rows } = await engine.database.query<{ schema_name: string }>({
    text: "SELECT quote_ident(schema_name) AS schema_name FROM tenon.workspace WHERE name = 'default'",
  })
  await engine.database.query({
    text: `INSERT INTO ${rows[0]!.schema_name}.tenon_job (id, kind, state, payload) VALUES ($1, 'prepare', 'done', '{}')`,
    values: [job],
  })
  return { engine, job, file: await newFile(admin) }
}
