import { expect } from 'chai'
import { dataOf, inForce, openDraft, planOf, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Answer, Client } from '../support/http.ts'
import { loginAs, outcome } from '../support/http-model.ts'

const EVERYTHING = ['definitions', 'publish', 'users'] as const
const definitions = [
  { kind: 'entity', name: 'firm', title: 'name', fields: [{ name: 'name', type: 'text' }] },
  { kind: 'role', name: 'keeper', default: { read: 'all' }, administration: [...EVERYTHING] },
  { kind: 'role', name: 'reader', default: { read: 'all' } },
] as unknown as readonly Written[]
const RULE: Written = {
  kind: 'setting',
  name: 'publish_approval',
  value: { needs: 1, of: [{ role: 'keeper' }, { user: 'rita@example.com' }] },
}

interface Agreement {
  readonly rule: { readonly needs: number } | null
  readonly hash: string | null
  readonly asked: {
    readonly current: boolean
    readonly impact: readonly { readonly sentence: string }[]
  } | null
  readonly people: readonly { readonly person: { readonly id: string }; readonly decision: string | null }[]
  readonly earlier: readonly { readonly decision: string; readonly current: boolean }[]
  readonly have: number
  readonly requests: readonly { readonly id: string; readonly state: string }[]
}
type Person = Client & { readonly id: string }

describe('a publish to which others must agree', () => {
  let engine: TestEngine
  let admin: Client
  let kim: Person
  let lea: Person
  let rita: Person
  let count = 0

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, definitions)
    kim = await loginAs(admin, 'kim', ['keeper'])
    lea = await loginAs(admin, 'lea', ['keeper'])
    rita = await loginAs(admin, 'rita', ['reader'])
    for (const { id } of [kim, lea]) await admin.patch(`/api/records/user/${id}`, { language: 'en' })
    await publishAll(admin, [RULE])
  })
  after(async () => engine?.stop())

  const options = (): Written => ({ kind: 'option_set', name: 'sizes', options: [{ name: `s${++count}` }] })
  const draft = () => openDraft(kim, [options()])
  const at = (id: string, rest: string) => `/api/meta/changesets/${id}/${rest}`
  const agreement = async (who: Client, id: string) =>
    dataOf<Agreement>(await who.get(at(id, 'agreement')), 200)
  const say = (who: Client, id: string, hash: string, decision = 'agreed', text?: string): Promise<Answer> =>
    who.post(at(id, 'agreement'), { hash, decision, text })
  const publish = (who: Client, id: string, hash: string, emergency?: object): Promise<Answer> =>
    who.post(at(id, 'publish'), { hash, emergency })
  const titlesOf = async (who: Person) => {
    const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'owner' }, who.id] }))
    return (await admin.get(`/api/records/notification?filter=${filter}`)).records.map(({ title }) => title)
  }
  const versionOf = async (answer: Answer) => {
    const { version } = dataOf<{ version: number }>(answer, 200)
    const versions = (await admin.get('/api/meta/versions')).records as unknown as readonly {
      readonly version: number
      readonly control?: Record<string, unknown>
    }[]
    return versions.find((one) => one.version === version)?.control
  }

  it('is asked for, agreed to by somebody else, and kept with its impact', async () => {
    const id = await draft()
    const { hash } = await planOf(kim, id)
    expect(outcome(await publish(kim, id, hash))).to.equal('409 META_AGREEMENT_MISSING')
    const asked = dataOf<Agreement>(
      await kim.post(at(id, 'agreement/ask'), { hash, text: 'Please look' }),
      200,
    )
    expect(asked.asked?.impact.length).to.equal(1)
    expect(await titlesOf(lea)).to.deep.equal(['kim asks you to agree to a draft: Test'])
    expect(await titlesOf(kim)).to.deep.equal([])
    // Who reads no definitions cannot judge them, though named.
    expect(asked.people.map(({ person }) => person.id).sort()).to.deep.equal([kim.id, lea.id].sort())
    expect(outcome(await say(kim, id, hash))).to.equal('200') // one's own word is kept, and does not count
    expect(outcome(await publish(kim, id, hash))).to.equal('409 META_AGREEMENT_MISSING')
    expect(outcome(await say(lea, id, hash, 'declined'))).to.equal('422 META_AGREEMENT_WORD_MISSING')
    expect(outcome(await say(lea, id, hash, 'declined', 'Not yet'))).to.equal('200')
    expect(outcome(await publish(kim, id, hash))).to.equal('409 META_AGREEMENT_MISSING')
    expect(outcome(await say(lea, id, hash))).to.equal('200')
    expect(await titlesOf(kim)).to.deep.equal([
      'lea agrees to the draft: Test',
      'lea declines the draft: Test',
    ])
    const kept = await versionOf(await publish(kim, id, hash))
    expect(kept).to.deep.include({ needs: 1, emergency: null })
    expect(
      (kept!.said as { decision: string; counts: boolean }[]).map((one) => [one.decision, one.counts]),
    ).to.deep.equal([
      ['agreed', true],
      ['declined', true],
      ['agreed', true],
    ])
    expect((kept!.impact as object[]).length).to.equal(1)
  })

  it('counts what was said of exactly this plan, once a person', async () => {
    const id = await draft()
    const { hash } = await planOf(kim, id)
    expect(outcome(await say(lea, id, hash))).to.equal('200')
    expect(outcome(await say(lea, id, hash))).to.equal('409 META_AGREEMENT_SAME')
    expect(outcome(await say(lea, id, 'x'))).to.equal('409 META_PLAN_MOVED')
    expect(outcome(await say(admin, id, hash))).to.equal('403 META_AGREEMENT_NOT_NAMED')
    expect(outcome(await say(rita, id, hash))).to.equal('403 AUTH_DENIED')
    expect(outcome(await say(lea, id, hash, 'perhaps'))).to.equal('422 FIELD_OPTION_UNKNOWN')
    expect((await agreement(kim, id)).have).to.equal(1)
    // A report that somebody saves is no other plan.
    const report = { kind: 'report', name: 'firms', entity: 'firm', rows: ['name'] }
    dataOf(await admin.put('/api/meta/content/report/firms', report), 200)
    expect(await agreement(kim, id)).to.deep.include({ have: 1, hash })
    dataOf(await kim.put(at(id, 'definitions/option_set/sizes'), options()), 200)
    const moved = await agreement(kim, id)
    expect([moved.have, moved.earlier.map((one) => one.current)]).to.deep.equal([0, [false]])
    const again = await planOf(kim, id)
    expect(outcome(await publish(kim, id, again.hash))).to.equal('409 META_AGREEMENT_MISSING')
    expect(outcome(await publish(kim, id, hash))).to.equal('409 META_PLAN_MOVED')
  })

  it('passes over who is switched off meanwhile', async () => {
    const max = await loginAs(admin, 'max', ['keeper'])
    const id = await draft()
    const { hash } = await planOf(kim, id)
    dataOf(await say(max, id, hash), 200)
    expect((await agreement(kim, id)).have).to.equal(1)
    dataOf(await admin.patch(`/api/records/user/${max.id}`, { active: false }), 200)
    expect((await agreement(kim, id)).have).to.equal(0)
    expect(outcome(await publish(kim, id, hash))).to.equal('409 META_AGREEMENT_MISSING')
  })

  it('is published once, by the one who comes first', async () => {
    const id = await draft()
    const { hash } = await planOf(kim, id)
    dataOf(await say(lea, id, hash), 200)
    const answers = await Promise.all([
      publish(kim, id, hash),
      publish(kim, id, hash),
      say(lea, id, hash, 'declined', 'No'),
    ])
    // Either the decline came first, or exactly one publish went through.
    const published = answers.slice(0, 2).filter(({ status }) => status === 200).length
    expect(published).to.equal(answers[2]!.status === 200 ? 0 : 1)
  })

  it('goes without agreement for administrators alone, with a reason that is kept', async () => {
    const id = await draft()
    const { hash } = await planOf(kim, id)
    const reason = 'The phones are down'
    expect(outcome(await publish(kim, id, hash, { reason }))).to.equal('403 META_EMERGENCY_DENIED')
    expect(outcome(await publish(admin, id, hash, { reason: ' ' }))).to.equal('422 FIELD_REQUIRED')
    expect(await versionOf(await publish(admin, id, hash, { reason }))).to.deep.include({
      emergency: { reason },
    })
  })

  it('answers the change requests that the draft was made for', async () => {
    const wish = (await rita.post('/api/requests', { page: '/records/firm', text: 'More sizes' })).record.id
    const id = await draft()
    expect(outcome(await kim.put(at(id, 'requests'), { requests: [id] }))).to.equal('404 REQUEST_UNKNOWN')
    const linked = dataOf<Agreement>(await kim.put(at(id, 'requests'), { requests: [wish] }), 200)
    expect(linked.requests).to.deep.equal([{ id: wish, text: 'More sizes', state: 'open' }])
    const { hash } = await planOf(kim, id)
    dataOf(await say(lea, id, hash), 200)
    const { version } = dataOf<{ version: number }>(await publish(kim, id, hash), 200)
    const [told] = (await rita.get('/api/requests')).records as unknown as { state: string; answer: string }[]
    expect([told?.state, told?.answer]).to.deep.equal(['done', `已随版本 ${version} 发布：Test`])
    expect((await titlesOf(rita)).length).to.equal(1)
  })

  it('keeps its own rule: neither a save nor a rename loosens it, and a draft needs the same agreement', async () => {
    const path = '/api/meta/content/setting/publish_approval'
    expect(outcome(await admin.delete(path))).to.equal('409 META_CONTROL_NOT_SAVED')
    const loose = { ...RULE, value: { needs: 1, of: [{ user: 'kim@example.com' }] } }
    expect(outcome(await admin.put(path, loose))).to.equal('409 META_CONTROL_NOT_SAVED')
    const { id: kept } = await inForce<Written>(admin, 'setting/publish_approval')
    const renamed = { kind: 'setting', name: 'language', value: 'en', id: kept }
    const saved = await admin.put('/api/meta/content/setting/language', renamed)
    expect(outcome(saved)).to.equal('409 META_CONTROL_NOT_SAVED')
    for (const value of [
      { needs: 0, of: [{ role: 'keeper' }] },
      { needs: 1, of: [] },
      { needs: 1, of: [{ field: 'owner' }] },
    ]) {
      const id = await openDraft(kim, [{ ...RULE, value }])
      const { problems } = dataOf<{ problems: object[] }>(await kim.post(at(id, 'check')), 200)
      expect(problems, JSON.stringify(value)).to.not.deep.equal([])
    }
    const off = await openDraft(kim, [], ['setting/publish_approval'])
    const { hash } = await planOf(kim, off)
    expect(outcome(await publish(kim, off, hash))).to.equal('409 META_AGREEMENT_MISSING')
    dataOf(await say(lea, off, hash), 200)
    dataOf(await publish(kim, off, hash), 200)
    const free = await draft()
    const plan = await planOf(kim, free)
    expect((await agreement(kim, free)).rule).to.equal(null)
    expect(outcome(await say(lea, free, plan.hash))).to.equal('409 META_AGREEMENT_NOT_NEEDED')
    dataOf(await publish(kim, free, plan.hash), 200)
  })
})
