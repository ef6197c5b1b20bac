import { expect } from 'chai'
import type { ApiRecord, Client } from '../../support/http.ts'
import { eventually, loginAs, outcome } from '../../support/http-model.ts'
import { type ApprovalScene, approvalScene, CONTRACT, SCHEMA, THEN } from './world.ts'

const FLOWS = [
  {
    kind: 'flow',
    name: 'agree',
    trigger: { approval: 'contract', on: ['approved', 'not_needed'] },
    steps: [{ do: 'update', set: { status: 'agreed' } }],
  },
  {
    kind: 'flow',
    name: 'asked',
    trigger: { approval: 'contract', on: ['submitted'] },
    steps: [{ do: 'update', set: { status: 'asked' } }],
  },
  {
    kind: 'flow',
    name: 'cheat',
    trigger: { record: 'deal', button: {} },
    steps: [{ do: 'update', set: { amount: 1 } }],
  },
]

/** Sees all, and changes their own. */
const ONLOOKER = {
  ...{ kind: 'role', name: 'onlooker', default: { read: 'none' } },
  entities: { deal: { create: true, read: 'all', update: 'own' } },
}

interface Level {
  readonly name: string
  readonly state: string
  readonly people: readonly { readonly label: string; readonly state: string; readonly turn: string }[]
}
const levelsOf = (run: ApiRecord) =>
  (run.levels as readonly Level[]).map(
    ({ name, state, people }) =>
      `${name} ${state}${people.map((one) => ` ${one.label}:${one.state}`).join('')}`,
  )
const actsOf = (run: ApiRecord) =>
  (run.trail as readonly { act: string; actor: { label: string } | null; outcome: string | null }[]).map(
    ({ act, actor, outcome: came }) => [actor?.label ?? '–', act, came].filter(Boolean).join(' '),
  )

describe('approvals', () => {
  let scene: ApprovalScene

  before(async () => {
    scene = await approvalScene([CONTRACT, ONLOOKER, ...FLOWS])
  })
  after(() => scene.engine.stop())

  const stored = async (who: Client, { id }: { readonly id: string }) =>
    (await who.get(`/api/records/deal/${id}`)).record
  const status = (deal: { readonly id: string }, wanted: string) =>
    eventually(async () => (await stored(scene.admin, deal)).status === wanted)

  it('goes level after level to its people, locks meanwhile, and what follows is done', async () => {
    const { lily, tom, wang, li, said, trail, inbox } = scene
    const deal = await scene.submitted()
    await status(deal, 'asked') // what the approval itself sets off passes its lock
    expect(levelsOf((await trail(deal))[0]!)).to.deep.equal(['leader current tom:waiting', 'finance ahead'])
    expect(outcome(await lily.patch(`/api/records/deal/${deal.id}`, { amount: 1 }))).to.equal(
      '409 RECORD_LOCKED',
    )
    expect((await inbox(tom)).map(({ record }) => (record as ApiRecord).label)).to.deep.equal(['Big'])
    expect(await said(wang, 'approve', deal)).to.equal('403 APPROVAL_NOT_YOUR_TURN')
    expect(await said(tom, 'approve', deal, { comment: 'Fine {{amount}}' })).to.equal('200')
    // Who decides next reads what was said before, in the inbox and in what tells of it.
    const waits = (await inbox(wang)).find(({ record }) => (record as ApiRecord).id === deal.id)
    expect((waits!.words as readonly ApiRecord[]).map(({ act, comment }) => [act, comment])).to.deep.equal([
      ['approve', 'Fine {{amount}}'],
    ])
    const [told] = (await wang.get('/api/records/notification?sort=-created_at&limit=1')).records
    expect(told!.text).to.equal('tom：Fine {{amount}}')
    expect(levelsOf((await trail(deal))[0]!)).to.deep.equal([
      'leader passed tom:approved',
      'finance current wang:waiting li:waiting',
    ])
    expect(await said(wang, 'approve', deal)).to.equal('200')
    expect(await said(wang, 'approve', deal)).to.equal('409 APPROVAL_TURN_OVER')
    expect(await said(li, 'approve', deal)).to.equal('200')
    await status(deal, 'agreed')
    const [run] = await trail(deal)
    expect(run).to.include({ state: 'approved', version: (run as ApiRecord).version })
    expect(actsOf(run!)).to.deep.equal([
      'lily submit submitted',
      'tom approve',
      'wang approve',
      'li approve',
      '– end approved',
    ])
    expect(outcome(await lily.patch(`/api/records/deal/${deal.id}`, { amount: 70000 }))).to.equal('200')
    expect((await inbox(wang, 'done')).map(({ act, state }) => `${act} ${state}`)).to.include(
      'approve approved',
    )
    expect((await inbox(lily, 'mine')).some(({ run: id }) => id === run!.id)).to.equal(true)
    const notes = (await lily.get('/api/records/notification')).records.map(({ title }) => title)
    expect(notes).to.include('合同审批：Big 审批已通过')
  })

  it('is not needed where its condition does not hold, and says so to what follows', async () => {
    const deal = (await scene.lily.post('/api/records/deal', { name: 'Small', amount: 10 })).record
    const answer = await scene.act(scene.lily, 'submit', deal)
    expect(answer.record).to.include({ approval: 'contract', state: 'not_needed' })
    await status(deal, 'agreed')
  })

  it('tells before that whether it is needed, when it would be, and whether anything follows where it is not', async () => {
    const offered = async (who: Client, { id }: { readonly id: string }) =>
      ((await who.get(`/api/records/deal/${id}/approvals`)).body as { submit: readonly object[] }).submit
    const small = (await scene.lily.post('/api/records/deal', { name: 'Less', amount: 10 })).record
    const when = 'amount大于50,000'
    const told = { approval: 'contract', label: '合同审批', when }
    // A flow waits for the word that it is not needed.
    expect(await offered(scene.lily, small)).to.deep.equal([{ ...told, needed: false, goes_on: true }])
    await scene.lily.patch(`/api/records/deal/${small.id}`, { amount: 60_000 })
    expect(await offered(scene.lily, small)).to.deep.equal([{ ...told, needed: true, goes_on: true }])
    // Who sees a record that they may not change is offered nothing.
    const big = (await scene.lily.post('/api/records/deal', { name: 'Not hers', amount: 60_000 })).record
    const olga = await loginAs(scene.admin, 'olga', ['onlooker'])
    expect(await offered(olga, big)).to.deep.equal([])
    // Nor is it told who decides, where one may not read people: it is refused like any other write.
    const refused = await olga.patch(`/api/records/deal/${big.id}`, { name: 'Mine' })
    expect(outcome(refused)).to.equal('403 AUTH_DENIED')
    const own = (await olga.post('/api/records/deal', { name: 'Hers', amount: 60_000 })).record
    expect(await offered(olga, own)).to.have.length(1)
    expect(await offered(scene.admin, big)).to.have.length(1)
  })

  it('tells who would decide before anything is submitted', async () => {
    const { lily } = scene
    const deal = (await lily.post('/api/records/deal', { name: 'Asked', amount: 60000 })).record
    const answer = await lily.post(`/api/records/deal/${deal.id}/actions/submit?dry_run=1`)
    const { levels, needed } = answer.record as unknown as {
      needed: boolean
      levels: readonly { name: string; decide: string; people: readonly { label: string }[] }[]
    }
    expect(needed).to.equal(true)
    expect(
      levels.map(({ name, decide, people }) => [name, decide, people.map(({ label }) => label)]),
    ).to.deep.equal([
      ['leader', 'any', ['tom']],
      ['finance', 'all', ['wang', 'li']],
    ])
    expect((await lily.get(`/api/records/deal/${deal.id}/approvals`)).records).to.deep.equal([])
  })

  describe('a locked record', () => {
    let deal: ApiRecord
    let house: ApiRecord
    before(async () => {
      house = (await scene.lily.post('/api/records/house', { name: 'House' })).record
      deal = await scene.submitted({ name: 'Locked', parent: house.id })
      await status(deal, 'asked')
    })

    const ways: readonly (readonly [string, () => Promise<string>])[] = [
      [
        'a change',
        async () => outcome(await scene.lily.patch(`/api/records/deal/${deal.id}`, { name: 'X' })),
      ],
      [
        'an administrator',
        async () => outcome(await scene.admin.patch(`/api/records/deal/${deal.id}`, { name: 'X' })),
      ],
      ['a delete', async () => outcome(await scene.lily.delete(`/api/records/deal/${deal.id}`))],
      [
        'a bulk change',
        async () =>
          outcome(await scene.admin.post('/api/records/deal/bulk', { update: [{ id: deal.id, name: 'X' }] })),
      ],
      [
        'a bulk change by filter',
        async () =>
          outcome(
            await scene.admin.post('/api/records/deal/bulk', {
              filter: { '==': [{ var: 'id' }, deal.id] },
              set: { name: 'X' },
            }),
          ),
      ],
      [
        'going back in its history',
        async () =>
          outcome(await scene.admin.post(`/api/records/deal/${deal.id}/history/restore`, { version: 1 })),
      ],
      [
        'a delete that would clear its lookup',
        async () => outcome(await scene.lily.delete(`/api/records/house/${house.id}`)),
      ],
    ]
    for (const [what, attempt] of ways)
      it(`refuses ${what}`, async () => {
        expect(await attempt()).to.equal('409 RECORD_LOCKED')
      })

    it('says who holds it and why', async () => {
      const answer = await scene.lily.patch(
        `/api/records/deal/${deal.id}`,
        { name: 'X' },
        { headers: { 'accept-language': 'en' } },
      )
      expect(answer.problems[0]?.message).to.equal(
        'The record stays as it is until the approval “Contract” ends; at “Leader” it waits for tom.',
      )
    })

    it('refuses a flow that the approval did not set off', async () => {
      expect(outcome(await scene.lily.post(`/api/records/deal/${deal.id}/actions/cheat`, {}))).to.equal(
        '409 RECORD_LOCKED',
      )
      expect((await stored(scene.lily, deal)).amount).to.equal(60000)
      const open = await scene.lily.get(`/api/records/deal/${deal.id}/actions`)
      expect(open.records).to.deep.equal([])
    })

    it('is not seen by whoever may not see the record', async () => {
      const { admin, said } = scene
      const strange = await admin.post('/api/records/user', {
        name: 's',
        email: 's@example.com',
        roles: ['blind'],
        password: 'correct horse battery',
      })
      expect(strange.status).to.equal(201)
      const blind = await admin.as(undefined).login('s@example.com', 'correct horse battery')
      expect(await said(blind, 'approve', deal)).to.match(/^404/)
      expect(outcome(await blind.get(`/api/records/deal/${deal.id}/approvals`))).to.match(/^404/)
    })
  })

  it('lets the people of a level change its fields on their turn, and no others', async () => {
    const { wang, tom, said } = scene
    const deal = await scene.submitted({ name: 'Terms' })
    await status(deal, 'asked')
    const change = async (body: object) => outcome(await wang.patch(`/api/records/deal/${deal.id}`, body))
    expect(await change({ terms: '60 days' })).to.equal('409 RECORD_LOCKED')
    await said(tom, 'approve', deal)
    expect(await change({ terms: '60 days' })).to.equal('200')
    expect(await change({ amount: 1 })).to.match(/^(403 FIELD_DENIED|409 RECORD_LOCKED)$/)
    expect(await said(wang, 'approve', deal)).to.equal('200')
    expect(await change({ terms: '90 days' })).to.equal('409 RECORD_LOCKED')
    const [run] = await scene.trail(deal)
    const entries = run!.trail as readonly { act: string; changes: readonly { field: string }[] }[]
    const between = entries.at(-1)!.changes.filter(({ field }) => field === 'terms')
    expect(between).to.deep.include.members([
      { field: 'terms', label: 'terms', before: '30 days', after: '60 days' },
    ])
  })

  it('takes files with a word from whoever decides, though the record is held, and from nobody else', async () => {
    const { wang, tom, lily, act, said, trail } = scene
    const deal = await scene.submitted({ name: 'Files' })
    await status(deal, 'asked')
    const upload = (who: Client) => {
      const form = new FormData()
      form.set('entity', 'deal')
      form.set('record', deal.id)
      form.set('file', new Blob(['opinion'], { type: 'text/plain' }), 'opinion.txt')
      return who.post('/api/files', form)
    }
    expect([outcome(await upload(wang)), outcome(await upload(lily))]).to.deep.equal([
      '409 RECORD_LOCKED',
      '409 RECORD_LOCKED',
    ])
    const file = await upload(tom)
    expect(file.status, file.text).to.equal(201)
    const { status: said200 } = await act(tom, 'approve', deal, { files: [file.record.id] })
    expect(said200).to.equal(200)
    const [run] = await trail(deal, lily)
    const entries = run!.trail as readonly { act: string; files: readonly { id: string; name: string }[] }[]
    expect(entries.at(-1)).to.deep.include({
      act: 'approve',
      files: [{ id: file.record.id, name: 'opinion.txt' }],
    })
    expect((await lily.get(`/api/files/${file.record.id}`)).text).to.equal('opinion')
    expect(outcome(await upload(tom))).to.equal('409 RECORD_LOCKED')
    // Wang's turn has come; of a record that he may not change he still adds what goes with his word.
    expect(outcome(await upload(wang))).to.equal('201')
    expect(await said(wang, 'approve', deal, { files: [file.record.id] })).to.equal('200')
  })

  it('is rejected by one word, and may be submitted anew', async () => {
    const { tom, lily, said, trail } = scene
    const deal = await scene.submitted({ name: 'No' })
    expect(await said(tom, 'reject', deal, { comment: 'Too dear' })).to.equal('200')
    expect((await trail(deal))[0]).to.include({ state: 'rejected' })
    const [told] = (await lily.get('/api/records/notification?sort=-created_at&limit=1')).records
    expect([told!.title, told!.text]).to.deep.equal(['合同审批：No 审批被拒绝', 'tom：Too dear'])
    // Whoever has decided has read what told them that it waits; whoever submits it anew what became of it.
    const unread = async (who: Client) => {
      const filter = { and: [{ '==': [{ var: 'record' }, deal.id] }, { '==': [{ var: 'read' }, false] }] }
      const query = `filter=${encodeURIComponent(JSON.stringify(filter))}`
      return (await who.get(`/api/records/notification?${query}`)).records.map(({ title }) => title)
    }
    expect(await unread(tom)).to.deep.equal([])
    expect(await unread(lily)).to.deep.equal(['合同审批：No 审批被拒绝'])
    // Submitted anew it brings why it was refused, and what was changed since.
    expect(outcome(await lily.patch(`/api/records/deal/${deal.id}`, { amount: 55_000 }))).to.equal('200')
    expect(await said(lily, 'submit', deal, { comment: 'Less now' })).to.equal('200')
    expect(await unread(lily)).to.deep.equal([])
    expect(await unread(tom)).to.deep.equal(['合同审批：No 待您审批'])
    const runs = await trail(deal)
    expect(runs.map(({ state }) => state)).to.deep.equal(['running', 'rejected'])
    const waits = (await scene.inbox(tom)).find(({ record }) => (record as ApiRecord).id === deal.id)
    expect((waits!.words as readonly ApiRecord[]).map(({ act, comment }) => [act, comment])).to.deep.equal([
      ['reject', 'Too dear'],
      ['submit', 'Less now'],
    ])
    const [first] = runs[0]!.trail as readonly { changes: readonly ApiRecord[] }[]
    expect(first!.changes.map(({ field, before, after }) => [field, before, after])).to.deep.equal([
      ['amount', 60_000, 55_000],
    ])
    // What the approval's own flow has set is no change that somebody made.
    await status(deal, 'asked')
    expect((await trail(deal))[0]!.changed).to.deep.equal([])
  })

  it('goes back to the submitter, who mends it and lets it go on where it was', async () => {
    const { tom, lily, wang, said, trail } = scene
    const deal = await scene.submitted({ name: 'Back' })
    await status(deal, 'asked')
    await said(tom, 'approve', deal)
    expect(await said(wang, 'return', deal, { [THEN]: 'resume', comment: 'Terms?' })).to.equal('200')
    expect((await trail(deal))[0]).to.include({ state: 'returned' })
    expect(outcome(await lily.patch(`/api/records/deal/${deal.id}`, { terms: '10 days' }))).to.equal('200')
    expect(await said(lily, 'submit', deal)).to.equal('200')
    const [run] = await trail(deal)
    expect(levelsOf(run!).at(-1)).to.equal('finance current wang:waiting li:waiting')
  })

  it('goes back to a level that it has passed', async () => {
    const { tom, wang, said, trail } = scene
    const deal = await scene.submitted({ name: 'Level' })
    await said(tom, 'approve', deal)
    expect(await said(wang, 'return', deal, { to: 'nowhere' })).to.equal('422 APPROVAL_LEVEL_UNKNOWN')
    expect(await said(wang, 'return', deal, { to: 'leader' })).to.equal('200')
    expect(levelsOf((await trail(deal))[0]!)).to.deep.equal(['leader current tom:waiting', 'finance ahead'])
    expect(await said(tom, 'approve', deal)).to.equal('200')
    expect(levelsOf((await trail(deal))[0]!)[1]).to.equal('finance current wang:waiting li:waiting')
  })

  it('is withdrawn by whoever submitted it, and by nobody else', async () => {
    const { tom, lily, said, trail } = scene
    const deal = await scene.submitted({ name: 'Withdrawn' })
    expect(await said(tom, 'withdraw', deal)).to.equal('403 APPROVAL_NOT_SUBMITTER')
    expect(await said(lily, 'withdraw', deal)).to.equal('200')
    expect(await said(tom, 'approve', deal)).to.equal('409 APPROVAL_NOT_RUNNING')
    expect((await trail(deal))[0]).to.include({ state: 'withdrawn' })
    expect(outcome(await lily.patch(`/api/records/deal/${deal.id}`, { amount: 5 }))).to.equal('200')
  })

  it('is handed on, and has signers added before and after', async () => {
    const { tom, ann, wang, li, lily, said, trail } = scene
    const deal = await scene.submitted({ name: 'Signers' })
    expect(await said(tom, 'transfer', deal, { person: lily.id })).to.equal('422 APPROVAL_PERSON_UNFIT')
    expect(await said(tom, 'transfer', deal)).to.equal('422 FIELD_REQUIRED')
    expect(await said(tom, 'transfer', deal, { person: ann.id })).to.equal('200')
    expect(await said(tom, 'approve', deal)).to.equal('409 APPROVAL_TURN_OVER')
    expect(await said(ann, 'add_signer', deal, { person: wang.id, place: 'before' })).to.equal('200')
    expect(await said(ann, 'approve', deal)).to.match(/^(403|409)/)
    expect(await said(wang, 'approve', deal)).to.equal('200')
    expect(await said(ann, 'add_signer', deal, { person: li.id, place: 'after' })).to.equal('200')
    expect(await said(ann, 'approve', deal)).to.equal('200')
    expect(levelsOf((await trail(deal))[0]!)[0]).to.equal(
      'leader current wang:approved ann:approved li:waiting',
    )
    expect(await said(li, 'approve', deal)).to.equal('200')
    // first_only: both have agreed already.
    expect((await trail(deal))[0]).to.include({ state: 'approved' })
  })

  it('lets somebody decide for one who is away, and says for whom', async () => {
    const { tom, ann, said, trail, inbox } = scene
    const deal = await scene.submitted({ name: 'Away' })
    expect(await said(ann, 'approve', deal)).to.equal('403 APPROVAL_NOT_YOUR_TURN')
    const until = new Date(Date.now() + 86_400_000).toISOString()
    const made = await tom.post('/api/approvals/delegations', { delegate: ann.id, until })
    expect(made.status, made.text).to.equal(201)
    expect(outcome(await tom.post('/api/approvals/delegations', { delegate: ann.id, until }))).to.equal(
      '422 DELEGATION_INVALID',
    )
    expect(
      outcome(await ann.post('/api/approvals/delegations', { person: tom.id, delegate: ann.id, until })),
    ).to.equal('403 AUTH_DENIED')
    const mine = (await inbox(ann)).find(({ record }) => (record as ApiRecord).id === deal.id)
    expect(mine).to.deep.include({ instead_of: { id: tom.id, label: 'tom' } })
    expect(await said(ann, 'approve', deal)).to.equal('200')
    const entry = ((await trail(deal))[0]!.trail as readonly ApiRecord[]).at(-1)
    expect(entry).to.deep.include({
      actor: { id: ann.id, label: 'ann' },
      instead_of: { id: tom.id, label: 'tom' },
    })
    expect((await tom.delete(`/api/approvals/delegations/${made.record.id}`)).status).to.equal(200)
    expect((await inbox(ann)).length).to.equal(0)
  })

  it('has exactly one outcome however many decide at once', async () => {
    const { tom, lily, act, trail, query } = scene
    const deal = await scene.submitted({ name: 'Race' })
    const turn = ((await trail(deal))[0]!.levels as readonly Level[])[0]!.people[0]!.turn
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => act(tom, 'approve', deal, { turn })),
      act(tom, 'reject', deal, { turn }),
      act(lily, 'withdraw', deal),
      lily.patch(`/api/records/deal/${deal.id}`, { amount: 1 }),
    ])
    const turns = answers.slice(0, 5).filter(({ status: code }) => code === 200)
    expect(turns.length, answers.map(outcome).join()).to.be.at.most(1)
    for (const answer of answers) expect(answer.status).to.be.oneOf([200, 403, 409])
    const decided = await query(
      `SELECT e.act FROM ${SCHEMA}.tenon_approval_entry e JOIN ${SCHEMA}.tenon_approval a ON a.id = e.run ` +
        "WHERE a.record = $1 AND e.act IN ('approve', 'reject')",
      [deal.id],
    )
    expect(decided.length).to.equal(turns.length)
    if (answers.at(-1)!.status === 409) expect((await stored(lily, deal)).amount).to.equal(60000)
  })

  it('leaves nothing of a word that is cut off in the middle', async () => {
    const { tom, act, said, trail, engine } = scene
    const deal = await scene.submitted({ name: 'Cut' })
    const cut = await engine.database.transaction(async (tx) => {
      await tx.query({ text: `LOCK TABLE ${SCHEMA}.tenon_approval_entry IN EXCLUSIVE MODE` })
      const answer = act(tom, 'approve', deal)
      const killed = async () =>
        (
          await scene.query(
            'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() ' +
              "AND wait_event_type = 'Lock' AND query LIKE '%tenon_approval_entry%'",
          )
        ).length > 0
      await eventually(killed)
      return await answer
    })
    expect(cut.status).to.be.greaterThan(499)
    expect(levelsOf((await trail(deal))[0]!)[0]).to.equal('leader current tom:waiting')
    expect(actsOf((await trail(deal))[0]!)).to.deep.equal(['lily submit submitted'])
    expect(await said(tom, 'approve', deal)).to.equal('200')
    expect(actsOf((await trail(deal))[0]!)).to.deep.equal(['lily submit submitted', 'tom approve'])
  })

  it('refuses to approve what has changed since it was shown', async () => {
    const { tom } = scene
    const deal = await scene.submitted({ name: 'Shown' })
    const answer = await tom.post(
      `/api/records/deal/${deal.id}/actions/approve`,
      {},
      { headers: { 'if-match': '"1"' } },
    )
    expect(outcome(answer)).to.equal('412 RECORD_VERSION_MOVED')
  })

  it('decides several turns at once, each by itself', async () => {
    const { tom, inbox } = scene
    await scene.submitted({ name: 'One' })
    await scene.submitted({ name: 'Two' })
    const turns = (await inbox(tom)).slice(0, 2).map(({ turn }) => turn)
    const answer = await tom.post('/api/approvals/decide', {
      act: 'approve',
      turns: [...turns, 'x'],
      comment: 'Ok',
    })
    expect((answer.body as { data: readonly { ok: boolean }[] }).data.map(({ ok }) => ok)).to.deep.equal([
      true,
      true,
      false,
    ])
    expect((await inbox(tom)).some(({ turn }) => turns.includes(turn))).to.equal(false)
  })

  it('is paged by key', async () => {
    const { lily } = scene
    const seen: unknown[] = []
    let after = ''
    do {
      const answer = await lily.get(`/api/approvals?state=mine&limit=3${after}`)
      seen.push(...answer.records.map(({ id }) => id))
      const { next } = (answer.body as { page: { next: string | null } }).page
      after = next === null ? '' : `&after=${next}`
    } while (after !== '')
    expect(new Set(seen).size).to.equal(seen.length)
    expect(seen.length).to.be.greaterThan(6)
    expect(outcome(await lily.get('/api/approvals?state=all'))).to.equal('400 FIELD_OPTION_UNKNOWN')
  })

  it('refuses bad words with a clear problem', async () => {
    const { tom, said } = scene
    const deal = await scene.submitted({ name: 'Bad' })
    const cases: readonly (readonly [string, object, string])[] = [
      ['approve', { coment: 'x' }, '422 FIELD_UNKNOWN'],
      ['approve', { comment: 7 }, '422 FIELD_TYPE_WRONG'],
      ['approve', { comment: 'x'.repeat(2001) }, '422 FIELD_TEXT_TOO_LONG'],
      ['approve', { comment: 'a\u0000b' }, '422 FIELD_TYPE_WRONG'],
      ['approve', { files: [deal.id] }, '422 APPROVAL_FILE_UNKNOWN'],
      ['return', { [THEN]: 'later' }, '422 FIELD_OPTION_UNKNOWN'],
      ['add_signer', { person: deal.id, place: 'after' }, '422 APPROVAL_PERSON_UNFIT'],
      ['submit', {}, '409 APPROVAL_RUNNING'],
      ['submit', { approval: 'other' }, '404 APPROVAL_UNKNOWN'],
      ['applaud', {}, '404 FLOW_UNKNOWN'],
    ]
    for (const [act, body, expected] of cases)
      expect(await said(tom, act, deal, body), act).to.equal(expected)
  })
})
