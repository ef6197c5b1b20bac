import pg from 'pg'
import type { Database } from '../../engine/db/database.ts'
import { openDatabase } from '../../engine/db/pool.ts'
import { dataOf, publishAll, type Written } from '../support/drafts.ts'
import { ADMIN } from '../support/engine.ts'
import { ESIGN_SECRET, ESIGN_TOKEN, type FakeEsign, startEsign } from '../support/fake-esign.ts'
import { type FakeWecom, startWecom } from '../support/fake-systems.ts'
import { type Client, createClient } from '../support/http.ts'
import { PASSWORD } from '../support/http-model.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { type EngineProcess, spawnEngine } from '../support/process.ts'
import { SALES_SECRET, salesTemplate } from '../support/sales.ts'
import { scratchFolder } from '../support/scratch.ts'
import { enter, type Person } from './person.ts'

/** Who works at the company of the stories, with the name by which WeCom knows them. */
const PEOPLE = {
  tom: { name: '林晓岚', roles: ['supervisor'], team: 'east' },
  ann: { name: '许一诺', roles: ['sales'], team: 'east' },
  lily: { name: '陈立', roles: ['sales'], team: 'east' },
  max: { name: '周沐', roles: ['sales'], team: 'east' },
  wang: { name: '王会计', roles: ['finance'] },
} as const
export type Who = keyof typeof PEOPLE

/** One company on the sales template, in a process of its own that can be killed, beside a WeCom and a signing provider. */
export interface WalkWorld {
  readonly wecom: FakeWecom
  readonly esign: FakeEsign
  readonly db: Database
  readonly ids: Readonly<Record<Who, string>>
  url(): string
  admin(): Client
  as(who: Who): Promise<Client>
  /** A window of somebody at a desk, in Chinese. */
  window(who: Who): Promise<Person>
  /** From now on steps of this kind stop before they are committed, until it is let go. */
  hold(action: string): Promise<HeldStep>
  /** kill -9, and a new start on what is there. @param meanwhile what happens while nothing runs */
  kill(meanwhile?: () => Promise<void>): Promise<void>
  stop(): Promise<void>
}

/** A step that has done its work and cannot say so. */
export interface HeldStep {
  isHeld(): Promise<boolean>
  letGo(): Promise<void>
}

const email = (who: Who) => `${who}@example.com`

export async function walkWorld(): Promise<WalkWorld> {
  const [wecom, esign] = [
    await startWecom(Object.keys(PEOPLE)),
    await startEsign((phone) => phone.replace(/\D/g, '').endsWith('13800138000')),
  ]
  const database = await createTestDatabase(salesTemplate)
  const dataDir = scratchFolder('walk')
  let engine = start(database, dataDir)
  const url = await engine.ready
  let admin = await createClient(url).login(ADMIN.email, ADMIN.password)
  await connect(admin, wecom, esign)
  const ids = await settle(admin)
  const db = openDatabase({ url: database.url, poolSize: 1 })
  return {
    ...{ wecom, esign, ids, db },
    url: () => url,
    admin: () => admin,
    as: (who) => createClient(url).login(email(who), PASSWORD),
    window: (who) =>
      enter({ url }, { language: 'zh-CN', size: 'desk' }, { email: email(who), password: PASSWORD }),
    hold: (action) => holdStep(database.url, action),
    async kill(meanwhile) {
      await engine.end('SIGKILL')
      await meanwhile?.()
      engine = start(database, dataDir, new URL(url).port)
      await engine.ready
      admin = await createClient(url).login(ADMIN.email, ADMIN.password)
    },
    async stop() {
      await db.close()
      await engine.end()
      await database.drop()
      await Promise.all([wecom.stop(), esign.stop()])
    },
  }
}

const LOCK = 4712

/** The journal's row of such a step waits for a lock that the test holds: its effect and its row are one transaction. */
async function holdStep(url: string, action: string): Promise<HeldStep> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`
CREATE FUNCTION public.hold_walk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.action = TG_ARGV[0] THEN PERFORM pg_advisory_xact_lock(${LOCK}); END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER hold_walk BEFORE INSERT ON "ws_default".tenon_run_step FOR EACH ROW EXECUTE FUNCTION public.hold_walk('${action}')`)
  await client.query('SELECT pg_advisory_lock($1)', [LOCK])
  return {
    async isHeld() {
      const { rowCount } = await client.query(
        "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted",
        [LOCK],
      )
      return (rowCount ?? 0) > 0
    },
    letGo: () => client.end(),
  }
}

function start(database: TestDatabase, dataDir: string, port = '0'): EngineProcess {
  return spawnEngine({
    dataDir,
    env: {
      ...{
        PORT: port,
        DATABASE_URL: database.url,
        TENON_ADMIN_EMAIL: ADMIN.email,
        TENON_ADMIN_PASSWORD: ADMIN.password,
      },
      TENON_SECRET_KEY: SALES_SECRET,
      // Messages lead to records.
      TENON_PUBLIC_URL: 'https://crm.example.com',
      TENON_ALLOWED_HOSTS: 'wecom=127.0.0.1,e_sign=127.0.0.1',
    },
  })
}

/** The connections as an administrator sets them up: the template's own gets its address, both get their secrets. */
async function connect(admin: Client, wecom: FakeWecom, esign: FakeEsign): Promise<void> {
  const shipped = dataOf<Written & { readonly settings: object }>(
    await admin.get('/api/meta/definitions/connection/e_sign'),
    200,
  )
  await publishAll(admin, [
    { ...shipped, settings: { ...shipped.settings, url: esign.url } },
    {
      ...{
        kind: 'connection',
        name: 'wecom',
        label: { en: 'WeCom', 'zh-CN': '企业微信' },
        connector: 'wecom',
      },
      settings: { corpId: 'ww-test', agentId: 1000002, url: wecom.url },
    },
  ])
  dataOf(await admin.put('/api/connections/wecom/secrets', { corp_secret: 'wecom-secret' }), 200)
  dataOf(
    await admin.put('/api/connections/e_sign/secrets', { token: ESIGN_TOKEN, hook_secret: ESIGN_SECRET }),
    200,
  )
}

/** Teams, people, territories and the campaign; 许一诺 is away. */
async function settle(admin: Client): Promise<Readonly<Record<Who, string>>> {
  const make = async (entity: string, body: object) =>
    dataOf<{ id: string }>(await admin.post(`/api/records/${entity}`, body), 201).id
  const teams: Record<string, string> = { east: await make('team', { name: '华东机械销售部' }) }
  const made: [string, string][] = []
  for (const [who, { name, roles, ...more }] of Object.entries(PEOPLE)) {
    const team = 'team' in more ? { team: teams[more.team] } : {}
    const about = { ...{ name, roles, language: 'zh-CN', password: PASSWORD, wecom_id: who }, ...team }
    made.push([who, await make('user', { ...about, email: email(who as Who) })])
  }
  const ids = Object.fromEntries(made) as Record<Who, string>
  const day = 86_400_000
  dataOf(await admin.patch(`/api/records/team/${teams.east}`, { leader: ids.tom }), 200)
  dataOf(
    await admin.patch(`/api/records/user/${ids.ann}`, {
      absent_from: new Date(Date.now() - day).toISOString(),
      absent_until: new Date(Date.now() + 7 * day).toISOString(),
    }),
    200,
  )
  await make('territory', { name: '华东机械', region: 'east_china', industry: 'machinery', team: teams.east })
  await make('campaign', { name: '活动A', code: 'event_a', status: 'running' })
  return ids
}
