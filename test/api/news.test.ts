import { expect } from 'chai'
import { dataOf, openDraft, planOf } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Answer, Client } from '../support/http.ts'
import { loginAs, outcome } from '../support/http-model.ts'

interface News {
  readonly version: number
  readonly text: string
}

describe('what is new with a version', () => {
  let engine: TestEngine
  let admin: Client
  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
  })
  after(() => engine.stop())

  let count = 0
  const publish = async (announcement: unknown): Promise<Answer> => {
    const name = `told_${count++}`
    const view = { kind: 'view', name, label: name, entity: 'user', type: 'table', columns: ['name'] }
    const id = await openDraft(admin, [view])
    const { hash } = await planOf(admin, id)
    return admin.post(`/api/meta/changesets/${id}/publish`, { hash, announcement })
  }
  const announce = async (text: unknown) => dataOf<{ version: number }>(await publish(text), 200).version
  const newsOf = async (who: Client): Promise<readonly string[] | undefined> =>
    dataOf<{ news?: readonly News[] }>(await who.get('/api/auth/me'), 200).news?.map(({ text }) => text)

  it('is told once to everybody who was there', async () => {
    const ann = await loginAs(admin, 'ann', [])
    const bob = await loginAs(admin, 'bob', [])
    const first = await announce('  Deals have a board now.\n<b>看板</b> ')
    await announce(null)
    expect(await newsOf(ann)).to.deep.equal(['Deals have a board now.\n<b>看板</b>'])

    const versions = dataOf<{ version: number; announcement?: string }[]>(
      await admin.get('/api/meta/versions'),
      200,
    )
    const told = versions.filter(({ announcement }) => announcement !== undefined)
    expect(told.map(({ version }) => version)).to.deep.equal([first])

    // Put away it stays away, on every device; an older device takes nothing back.
    const save = async (seen: unknown) => ann.patch('/api/auth/settings', { news_seen: seen })
    expect((await save(2_147_483_647)).record).to.deep.include({ news_seen: first + 1 })
    expect((await save(0)).record).to.deep.include({ news_seen: first + 1 })
    expect(await newsOf(ann)).to.equal(undefined)
    expect(await newsOf(bob)).to.have.length(1)
    expect(await newsOf(await loginAs(admin, 'carl', []))).to.equal(undefined)
    for (const seen of [-1, 1.5, '1', null, 2_147_483_648]) {
      expect(outcome(await save(seen))).to.equal('422 META_VALUE_INVALID')
    }

    for (const text of ['2', '3', '4']) await announce(text)
    expect(await newsOf(bob)).to.deep.equal(['4', '3', '2'])
    expect(await newsOf(ann)).to.deep.equal(['4', '3', '2'])
    await engine.database.query({
      text: `UPDATE "ws_default".tenon_version SET published_at = now() - interval '31 days' WHERE announcement <> '4'`,
    })
    await engine.database.query({
      text: `UPDATE "ws_default"."user" SET created_at = now() - interval '40 days' WHERE id = $1::uuid`,
      values: [bob.id],
    })
    expect(await newsOf(bob)).to.deep.equal(['4'])
  })

  const wrong: readonly { readonly sent: unknown; readonly code: string }[] = [
    { sent: 'x'.repeat(501), code: 'FIELD_TEXT_TOO_LONG' },
    { sent: ' \n', code: 'FIELD_REQUIRED' },
    { sent: 'a\0', code: 'FIELD_TEXT_INVALID' },
    { sent: 7, code: 'FIELD_TYPE_WRONG' },
  ]
  it('publishes nothing with a text that cannot be kept', async () => {
    for (const { sent, code } of wrong) {
      const answer = await publish(sent)
      expect(answer.problems).to.have.length(1)
      expect(answer.problems[0]).to.deep.include({ code, path: '/announcement' })
      expect(answer.status).to.equal(422)
    }
  })
})
