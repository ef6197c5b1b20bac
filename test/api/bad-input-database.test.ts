import { expect } from 'chai'
import { createEngine, type Engine } from '../../engine/app.ts'
import { readConfig } from '../../engine/config.ts'
import { databasePid, killHard, waitForStatus } from '../start/support.ts'
import { ADMIN } from '../support/engine.ts'
import { type Client, createClient } from '../support/http.ts'
import { httpTemplate, outcome } from '../support/http-model.ts'
import { scratchFolder } from '../support/scratch.ts'

const WRITERS = 4
const FIRST_WRITES = 40
const LAST_WRITES = 40

describe('a database that goes away in the middle', () => {
  const dataDir = scratchFolder('away')
  let engine: Engine
  let admin: Client

  before(async () => {
    engine = await createEngine(
      readConfig({
        PORT: '0',
        TENON_DATA_DIR: dataDir,
        TENON_TEMPLATE: 'none',
        TENON_ADMIN_EMAIL: ADMIN.email,
        TENON_ADMIN_PASSWORD: ADMIN.password,
        LOG_LEVEL: 'silent',
      }),
    )
    await httpTemplate.build(engine.database, '')
    admin = await createClient(engine.url).login(ADMIN.email, ADMIN.password)
    await waitForStatus(engine.url, 200)
    while ((await admin.get('/api/records/company')).status === 404) await pause(20)
  })
  after(() => engine.close())

  it('costs 503s with Retry-After, and no record that was confirmed', async () => {
    const pid = databasePid(dataDir)
    const outcomes = new Map<string, string>()
    let stored = 0
    let isBack = false
    let lastWrites = 0
    const write = async (writer: number): Promise<void> => {
      for (let index = 0; lastWrites < LAST_WRITES; index++) {
        const code = `${writer}-${index}`
        const answer = await admin.post('/api/records/company', { name: 'x', code })
        outcomes.set(code, outcome(answer))
        if (answer.status === 503) {
          expect(answer.headers.get('retry-after')).to.match(/^\d+$/)
          await pause(20)
        }
        if (answer.status === 201) stored++
        if (answer.status === 201 && isBack) lastWrites++
      }
    }
    const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer))
    while (stored < FIRST_WRITES) await pause(5)
    await killHard(pid)
    await waitForStatus(engine.url, 200)
    isBack = true
    await Promise.all(writers)

    expect([...new Set(outcomes.values())].sort()).to.deep.equal(['201', '503 HTTP_UNAVAILABLE'])
    const found = await allCodes(admin)
    const confirmed = [...outcomes].filter(([, status]) => status === '201').map(([code]) => code)
    expect(confirmed.filter((code) => !found.has(code))).to.deep.equal([])
    for (const [code, id] of found) {
      const history = await admin.get(`/api/records/company/${id}/history`)
      expect([code, history.records.map((entry) => entry.action)]).to.deep.equal([code, ['create']])
    }
  })

  it('leaves sessions and everything else as they were', async () => {
    expect((await admin.get('/api/auth/me')).status).to.equal(200)
    expect((await admin.get('/api/meta/model')).status).to.equal(200)
  })
})

/** The ids of all records by code. */
async function allCodes(admin: Client): Promise<Map<string, string>> {
  const codes = new Map<string, string>()
  let after = ''
  do {
    const answer = await admin.get(`/api/records/company?fields=code&limit=200${after && `&after=${after}`}`)
    for (const record of answer.records) codes.set(String(record.code), record.id)
    after = (answer.body as { page: { next: string | null } }).page.next ?? ''
  } while (after !== '')
  return codes
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
