import { dateAgo, instantAgo } from './days.ts'
import type { DemoOpportunity } from './opportunities.ts'
import type { Random } from './random.ts'

export interface DemoContract {
  readonly name: string
  readonly opportunity: DemoOpportunity
  readonly status: 'draft' | 'in_review' | 'signed' | 'running' | 'completed'
  readonly amount: number
  readonly signedOn: string | undefined
  readonly startsOn: string | undefined
  readonly endsOn: string | undefined
  readonly paymentTerms: PaymentTerms
  readonly delivery: 'waiting' | 'shipped' | 'delivered'
  readonly payment: 'unpaid' | 'partly_paid' | 'paid'
  readonly createdDaysAgo: number
  readonly createdAt: string
}

/** Days after the start until a customer of such terms has paid. */
const PAID_AFTER = { prepaid: 0, net_30: 30, net_45: 45, deposit_30: 50, net_60: 60, net_90: 90 }
type PaymentTerms = keyof typeof PAID_AFTER

const SIGNED_SHARE = 0.8

/** Contracts of most won deals, and drafts for some that are being negotiated. */
export function generateContracts(random: Random, opportunities: readonly DemoOpportunity[]): DemoContract[] {
  const contracts = opportunities.flatMap((opportunity) => {
    if (opportunity.stage === 'won' && random.chance(SIGNED_SHARE)) return [signed(random, opportunity)]
    if (opportunity.stage === 'negotiation' && random.chance(0.4)) return [drafted(random, opportunity)]
    return []
  })
  return contracts.sort((a, b) => b.createdDaysAgo - a.createdDaysAgo)
}

function signed(random: Random, opportunity: DemoOpportunity): DemoContract {
  const signedDaysAgo = opportunity.closedDaysAgo!
  const startsDaysAgo = signedDaysAgo - random.int(0, 20)
  const endsDaysAgo = startsDaysAgo - random.pick([90, 180, 365, 365, 730])
  const running = endsDaysAgo > 0 ? 'completed' : 'running'
  const contract = base(
    random,
    opportunity,
    Math.min(opportunity.createdDaysAgo, signedDaysAgo + random.int(2, 15)),
  )
  return {
    ...contract,
    ...progressOf(contract.paymentTerms, startsDaysAgo),
    status: startsDaysAgo < 0 ? 'signed' : running,
    signedOn: dateAgo(signedDaysAgo),
    startsOn: dateAgo(startsDaysAgo),
    endsOn: dateAgo(endsDaysAgo),
  }
}

/** What is shipped a week after the start arrives within two more; payment follows the terms. */
function progressOf(terms: PaymentTerms, startsDaysAgo: number): Pick<DemoContract, 'delivery' | 'payment'> {
  const delivery = startsDaysAgo < 7 ? 'waiting' : startsDaysAgo < 21 ? 'shipped' : 'delivered'
  if (startsDaysAgo >= PAID_AFTER[terms]) return { delivery, payment: 'paid' }
  return { delivery, payment: terms === 'deposit_30' ? 'partly_paid' : 'unpaid' }
}

function drafted(random: Random, opportunity: DemoOpportunity): DemoContract {
  return {
    ...base(random, opportunity, Math.min(opportunity.createdDaysAgo, random.int(1, 12))),
    status: random.pick(['draft', 'draft', 'in_review']),
    signedOn: undefined,
    startsOn: undefined,
    endsOn: undefined,
    delivery: 'waiting',
    payment: 'unpaid',
  }
}

function base(random: Random, opportunity: DemoOpportunity, createdDaysAgo: number) {
  const { market } = opportunity.account
  return {
    name: market === 'zh' ? `${opportunity.name}合同` : `${opportunity.name}: contract`,
    opportunity,
    amount: opportunity.amount,
    paymentTerms: random.weighted({
      deposit_30: 34,
      net_30: 26,
      net_45: 14,
      net_60: 12,
      prepaid: 8,
      net_90: 6,
    }),
    createdDaysAgo,
    createdAt: instantAgo(createdDaysAgo, random.int(9 * 60, 18 * 60)),
  }
}
