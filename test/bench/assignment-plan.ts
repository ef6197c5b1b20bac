import { openDraft } from '../support/drafts.ts'
import { startSales } from '../support/sales.ts'
import { median } from './report.ts'

/**
 * How long a plan takes that tries a changed assignment of the sales template on the last 1,000 leads, beside one that changes
 * nothing: `npx tsx test/bench/assignment-plan.ts`.
 */
const LEADS = 1_000
const TURNS = 5

interface Trial {
  readonly effect: string
  readonly looked: number
  readonly examples: readonly unknown[]
}

interface Assignment {
  readonly rules: readonly { readonly name: string; readonly by?: string }[]
}

const engine = await startSales()
const admin = await engine.loginAdmin()
const regions = ['east_china', 'north_china', 'south_china', 'west_china']
const create = Array.from({ length: LEADS }, (_, index) => ({
  name: `Lead ${index}`,
  company: `Company ${index}`,
  region: regions[index % regions.length],
}))
const made = await admin.post('/api/records/lead/bulk?duplicates=accept', { create, atomic: false })
const refused = (made.records as unknown as { status: number }[]).find(({ status }) => status !== 201)
if (refused !== undefined) throw new Error(JSON.stringify(refused))
const { data } = (await admin.get('/api/meta/definitions/assignment/new_leads')).body as { data: Assignment }
const before: number[] = []
const changed: number[] = []
let looked = 0
for (let turn = 0; turn < TURNS; turn++) {
  before.push(await plan([]))
  const rules = data.rules.map((rule) => (rule.name === 'territory' ? { ...rule, by: 'least_open' } : rule))
  changed.push(await plan([{ ...data, rules }]))
}
process.stdout.write(
  `a changed assignment tried on ${looked} leads: the plan takes ${Math.round(median(changed))} ms, ` +
    `${Math.round(median(before))} ms with nothing changed\n`,
)
await engine.stop()
process.exit(0)

async function plan(definitions: readonly object[]): Promise<number> {
  const id = await openDraft(admin, definitions as never)
  const begun = performance.now()
  const answer = await admin.post(`/api/meta/changesets/${id}/plan`)
  const took = performance.now() - begun
  if (answer.status !== 200) throw new Error(answer.text)
  const { simulations } = (answer.body as { data: { simulations: readonly Trial[] } }).data
  for (const trial of simulations) if (trial.effect === 'assigns') looked = trial.looked
  await admin.delete(`/api/meta/changesets/${id}`)
  return took
}
