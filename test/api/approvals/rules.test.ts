import { expect } from 'chai'
import { publishAll } from '../../support/drafts.ts'
import type { ApiRecord } from '../../support/http.ts'
import { eventually, outcome } from '../../support/http-model.ts'
import { type ApprovalScene, approvalScene, SCHEMA, THEN } from './world.ts'

type Levels = readonly {
  readonly state: string
  readonly people: readonly { label: string; state: string }[]
}[]

const approval = (name: string, levels: readonly object[], more: object = {}) => ({
  kind: 'approval',
  name,
  entity: 'deal',
  levels: levels.map((level, index) => ({ name: `l${index + 1}`, ...level })),
  ...more,
})
const late = (what: string) => ({ by: { user: 'tom@example.com' }, limit: { after: 'P1D', [THEN]: what } })

/** Each with how a record that Lily submits stands then. */
const CASES: readonly (readonly [object & { name: string; kind: string }, string])[] = [
  [
    approval('chain', [{ by: [{ leaderOf: 'owner' }, { leaderOf: 'owner', level: 2 }], decide: 'in_order' }]),
    'running tom',
  ],
  [approval('self_superior', [{ by: { field: 'owner' } }]), 'running tom'],
  [
    approval('self_skip', [{ by: { field: 'owner' } }, { by: { user: 'wang@example.com' } }], {
      self: 'skip',
    }),
    'running wang',
  ],
  [approval('self_skipped', [{ by: { field: 'owner' } }], { self: 'skip' }), 'approved'],
  [approval('self_allow', [{ by: { field: 'owner' } }], { self: 'allow' }), 'running lily'],
  [approval('empty_refuse', [{ by: { role: 'blind' } }]), '422 APPROVAL_NOBODY'],
  [approval('empty_approve', [{ by: { role: 'blind' } }], { empty: 'approve' }), 'approved'],
  [
    approval('empty_people', [{ by: { role: 'blind' } }], { empty: { user: 'li@example.com' } }),
    'running li',
  ],
  [
    approval('not_this_level', [{ by: { user: 'tom@example.com' }, when: { '<': [{ var: 'amount' }, 10] } }]),
    'not_needed',
  ],
  [
    approval('some_levels', [
      { by: { user: 'tom@example.com' }, when: { '<': [{ var: 'amount' }, 10] } },
      { by: { user: 'li@example.com' } },
    ]),
    'running li',
  ],
]

const LATE = ['remind', 'next', 'return'].map((what) =>
  approval(`late_${what}`, [late(what)], { lock: false }),
)
const REPEATS = ['every', 'first_only', 'consecutive'].map((repeat) =>
  approval(
    `repeat_${repeat}`,
    ['tom', 'wang', 'tom'].map((name) => ({ by: { user: `${name}@example.com` } })),
    { repeat, lock: false },
  ),
)

describe('rules of approvals', () => {
  let scene: ApprovalScene

  before(async () => {
    scene = await approvalScene([...CASES.map(([one]) => one), ...LATE, ...REPEATS] as never)
  })
  after(() => scene.engine.stop())

  const fresh = async (): Promise<ApiRecord> =>
    (await scene.lily.post('/api/records/deal', { name: 'Deal', amount: 60000 })).record
  const submit = async (name: string) => {
    const deal = await fresh()
    return { deal, answer: await scene.act(scene.lily, 'submit', deal, { approval: name }) }
  }
  const standing = async (deal: ApiRecord): Promise<string> => {
    const [run] = await scene.trail(deal)
    const waiting = (run!.levels as Levels).flatMap(({ people }) =>
      people.flatMap(({ label, state }) => (state === 'waiting' ? [label] : [])),
    )
    return [run!.state, ...waiting].join(' ')
  }

  for (const [{ name }, expected] of CASES)
    it(`${name}: ${expected}`, async () => {
      const { deal, answer } = await submit(name)
      if (answer.status !== 200) expect(outcome(answer)).to.equal(expected)
      else expect(await standing(deal)).to.equal(expected)
    })

  it('asks a chain of leaders one after the other', async () => {
    const { deal } = await submit('chain')
    await scene.act(scene.tom, 'approve', deal)
    expect(await standing(deal)).to.equal('running ann')
    await scene.act(scene.ann, 'approve', deal)
    expect(await standing(deal)).to.equal('approved')
  })

  for (const [repeat, expected] of [
    ['every', 'running tom'],
    ['first_only', 'approved'],
    ['consecutive', 'running tom'],
  ] as const)
    it(`repeat ${repeat}: whoever agreed two levels before is ${expected === 'approved' ? 'not ' : ''}asked again`, async () => {
      const { deal } = await submit(`repeat_${repeat}`)
      await scene.act(scene.tom, 'approve', deal)
      await scene.act(scene.wang, 'approve', deal)
      expect(await standing(deal)).to.equal(expected)
    })

  for (const [what, expected, act] of [
    ['remind', 'running tom', 'remind'],
    ['next', 'approved', 'time_over'],
    ['return', 'returned', 'time_over'],
  ] as const)
    it(`a limit that is over does what it says: ${what}`, async () => {
      const { deal } = await submit(`late_${what}`)
      // As though a day had passed: the queue's call and the level's time are both due.
      await scene.query(
        `UPDATE ${SCHEMA}.tenon_approval SET due_at = now() - interval '1 second' WHERE record = $1`,
        [deal.id],
      )
      await scene.query(
        "UPDATE graphile_worker._private_jobs SET run_at = now() WHERE key = 'approval_clock default' AND locked_at IS NULL",
      )
      await scene.query("SELECT pg_notify('jobs:insert', '{\"count\":1}')")
      await eventually(async () => {
        const trail = (await scene.trail(deal))[0]!.trail as readonly { act: string }[]
        return trail.some((entry) => entry.act === act)
      })
      expect(await standing(deal)).to.equal(expected)
    })

  it('asks which one is meant where several fit', async () => {
    expect(await scene.said(scene.lily, 'submit', await fresh())).to.equal('422 APPROVAL_AMBIGUOUS')
  })

  it('ends on the version on which it began, whatever is published meanwhile', async () => {
    const { deal } = await submit('some_levels')
    await publishAll(scene.admin, [
      approval('some_levels', [
        { by: { user: 'wang@example.com' } },
        { by: { user: 'ann@example.com' } },
      ]) as never,
    ])
    expect(await standing(deal)).to.equal('running li')
    expect(await scene.said(scene.li, 'approve', deal)).to.equal('200')
    expect(await standing(deal)).to.equal('approved')
    const later = await submit('some_levels')
    expect(await standing(later.deal)).to.equal('running wang')
  })

  it('steps to administrators where there is nobody left on the way', async () => {
    const { deal } = await submit('repeat_every')
    await scene.admin.patch(`/api/records/user/${scene.wang.id}`, { active: false })
    await scene.act(scene.tom, 'approve', deal)
    expect((await scene.trail(deal))[0]).to.include({ state: 'running' })
    expect(await scene.said(scene.admin, 'approve', deal)).to.equal('200')
    await scene.admin.patch(`/api/records/user/${scene.wang.id}`, { active: true })
  })
})
