import { inForce, publishAll } from '../support/drafts.ts'
import { createClient } from '../support/http.ts'
import { tokenOf } from './ids.ts'
import { median } from './report.ts'
import { type Measured, measure, type RoundSource } from './rounds.ts'

const ADMINISTRATOR = 1
const PAIRS = 3

interface Customer {
  readonly kind: 'entity'
  readonly name: string
  readonly fields: readonly { readonly name: string }[]
  readonly [key: string]: unknown
}

/**
 * W2 as it is, beside W2 while a field is added to that entity and retired again, in turns.
 * @returns a sentence with the p99 of both and the answers that were no success
 */
export async function measurePublishing(
  source: RoundSource,
  tell: (measured: Measured) => void,
): Promise<string> {
  const tenon = source.targets.tenon!
  const admin = createClient(tenon.url, tokenOf(ADMINISTRATOR))
  const plain: Measured[] = []
  const beside: Measured[] = []
  const versions: number[] = []
  for (let pair = 0; pair < PAIRS; pair++) {
    plain.push(await measure(source, 'tenon', tenon, 'W2', 32))
    const [one] = await Promise.all([measure(source, 'tenon', tenon, 'W2', 32), publishTwice(pair)])
    beside.push(one)
    for (const measured of [plain.at(-1)!, one]) tell(measured)
  }
  const p99 = (list: readonly Measured[]) => median(list.map((one) => one.p99Ms)).toFixed(0)
  const bad = [...plain, ...beside].reduce((sum, one) => sum + one.bad, 0)
  return `W2 beside ${versions.length} publishes: p99 ${p99(beside)} ms, without them ${p99(plain)} ms; ${bad} answers were no success`

  /** At a quarter and at three quarters of the time. */
  async function publishTwice(pair: number): Promise<void> {
    const customer = await inForce<Customer>(admin, 'entity/customer')
    const field = { name: `probe_${Date.now()}_${pair}`, type: 'text' }
    await pause(source.seconds * 250)
    versions.push(await publishAll(admin, [{ ...customer, fields: [...customer.fields, field] }]))
    await pause(source.seconds * 500)
    versions.push(await publishAll(admin, [customer]))
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
