import type { DemoAccount } from './accounts.ts'
import { contactsByAccount, type DemoContact } from './contacts.ts'
import { dateAgo, instantAgo, workdayAgo } from './days.ts'
import { type DemoProduct, PRODUCTS } from './products.ts'
import type { Random } from './random.ts'

export interface DemoOpportunity {
  readonly name: string
  readonly account: DemoAccount
  readonly contact: DemoContact
  readonly stage: OpportunityStage
  readonly amount: number
  readonly probability: number
  readonly closeDate: string
  /** Undefined while it is open. */
  readonly closedDaysAgo: number | undefined
  readonly products: readonly string[]
  readonly discount: number
  readonly source: string
  readonly competitor: string | undefined
  readonly lostReason: string | undefined
  readonly nextStep: string | undefined
  readonly createdDaysAgo: number
  readonly createdAt: string
}
export type OpportunityStage =
  | 'first_contact'
  | 'requirement_confirmed'
  | 'proposal'
  | 'negotiation'
  | 'won'
  | 'lost'

const OPEN_STAGES = ['first_contact', 'requirement_confirmed', 'proposal', 'negotiation'] as const
const PROBABILITY: Record<OpportunityStage, number> = {
  first_contact: 0.1,
  requirement_confirmed: 0.3,
  proposal: 0.5,
  negotiation: 0.75,
  won: 1,
  lost: 0,
}
const NEXT_STEPS = {
  zh: {
    first_contact: '约电话沟通需求',
    requirement_confirmed: '整理需求确认书',
    proposal: '跟进报价反馈',
    negotiation: '确认付款条件与交期',
  },
  en: {
    first_contact: 'Arrange a discovery call',
    requirement_confirmed: 'Send the requirement summary',
    proposal: 'Ask for feedback on the quote',
    negotiation: 'Agree payment terms and delivery',
  },
} as const
const COMPETITORS = {
  zh: ['海陵机床', '德马吉华东', '北辰数控', '自研方案'],
  en: ['Hartwig Tools', 'Maxon CNC', 'In-house build'],
} as const
const HISTORY_DAYS = 720

/** Deals over two years, more of them each month; what is old is decided, what is young is on its way. */
export function generateOpportunities(
  random: Random,
  accounts: readonly DemoAccount[],
  contacts: readonly DemoContact[],
  count: number,
): DemoOpportunity[] {
  const people = contactsByAccount(contacts)
  const taken = new Set<string>()
  const ages = Array.from({ length: count }, () =>
    workdayAgo(1 + Math.floor(random.next() ** 1.15 * HISTORY_DAYS)),
  )
  return ages
    .sort((a, b) => b - a)
    .map((age) => {
      const account = drawAccount(random, accounts, age)
      return generateOpportunity(
        random,
        account,
        people.get(account.name)!,
        Math.min(age, account.createdDaysAgo),
        taken,
      )
    })
    .sort((a, b) => b.createdDaysAgo - a.createdDaysAgo)
}

const LIKELIHOOD = { a: 14, b: 8, c: 3, d: 1 }

/** One of the accounts that were there by then, the important ones more often; else the first of all. */
function drawAccount(random: Random, accounts: readonly DemoAccount[], daysAgo: number): DemoAccount {
  const there = accounts.filter((account) => account.createdDaysAgo >= daysAgo)
  const likely = there.flatMap((account) => Array<DemoAccount>(LIKELIHOOD[account.level]).fill(account))
  return likely.length === 0 ? accounts[0]! : random.pick(likely)
}

function generateOpportunity(
  random: Random,
  account: DemoAccount,
  people: readonly DemoContact[],
  createdDaysAgo: number,
  taken: Set<string>,
): DemoOpportunity {
  const product = drawProduct(random)
  const extras = random.some(
    PRODUCTS.filter((item) => item.active && item.category === 'service' && item !== product),
    random.pick([0, 1, 1, 2]),
  )
  const cycleDays = Math.round(Math.min(260, random.logNormal(product.price > 400_000 ? 110 : 62, 0.45)))
  const stage = stageAt(random, createdDaysAgo, cycleDays, account)
  const open = stage !== 'won' && stage !== 'lost'
  const closedDaysAgo = open
    ? undefined
    : Math.min(createdDaysAgo, workdayAgo(Math.max(1, createdDaysAgo - cycleDays)))
  const discount = stage === 'first_contact' ? 0 : random.pick([0, 0, 0.03, 0.05, 0.08, 0.1, 0.15])
  return {
    name: freshName(account, product, taken),
    account,
    contact: random.pick(people),
    stage,
    amount: amountOf(random, product, extras, discount),
    probability: PROBABILITY[stage],
    closeDate: dateAgo(
      closedDaysAgo === undefined
        ? expectedIn(random, createdDaysAgo, cycleDays)
        : closedDaysAgo + random.int(-14, 14),
    ),
    closedDaysAgo,
    products: [product, ...extras].map((item) => item.name),
    discount,
    source: random.weighted({
      referral: 24,
      expo: 18,
      website: 18,
      outbound: 16,
      phone_in: 12,
      partner: 8,
      social: 4,
    }),
    competitor: random.chance(0.45) ? random.pick<string>(COMPETITORS[account.market]) : undefined,
    lostReason:
      stage === 'lost'
        ? random.weighted({ price: 30, competitor: 24, no_decision: 18, budget: 14, timing: 8, product: 6 })
        : undefined,
    nextStep:
      open && random.chance(0.8)
        ? NEXT_STEPS[account.market][stage as (typeof OPEN_STAGES)[number]]
        : undefined,
    createdDaysAgo,
    createdAt: instantAgo(createdDaysAgo, random.int(9 * 60, 18 * 60)),
  }
}

function drawProduct(random: Random): DemoProduct {
  const category = random.weighted({ machine: 40, component: 25, software: 22, service: 8, spare_part: 5 })
  return random.pick(PRODUCTS.filter((item) => item.category === category && item.active))
}

/** Important customers buy more often; a deal past its cycle is decided, but for a few that linger. */
function stageAt(
  random: Random,
  daysAgo: number,
  cycleDays: number,
  { level }: DemoAccount,
): OpportunityStage {
  const progress = daysAgo / cycleDays
  if (progress >= 1 && !random.chance(0.06)) {
    return random.chance({ a: 0.5, b: 0.43, c: 0.36, d: 0.28 }[level]) ? 'won' : 'lost'
  }
  const step = Math.floor(Math.min(progress, 0.99) * 4 + random.next() * 0.8 - 0.4)
  return OPEN_STAGES[Math.max(0, Math.min(3, step))]!
}

/** Days ago (negative: ahead) on which an open deal is hoped to close; some hopes have passed. */
function expectedIn(random: Random, createdDaysAgo: number, cycleDays: number): number {
  const hoped = createdDaysAgo - cycleDays
  return hoped > 0 ? random.int(-45, 12) : hoped - random.int(0, 20)
}

function amountOf(
  random: Random,
  product: DemoProduct,
  extras: readonly DemoProduct[],
  discount: number,
): number {
  const pieces =
    product.unit === 'day' ? random.int(5, 20) : random.weighted({ 1: 60, 2: 22, 3: 9, 4: 5, 6: 3, 10: 1 })
  const days = extras.reduce(
    (sum, extra) => sum + extra.price * (extra.unit === 'day' ? random.int(2, 10) : 1),
    0,
  )
  return Math.round((product.price * Number(pieces) + days) * (1 - discount))
}

function freshName({ market, shortName }: DemoAccount, product: DemoProduct, taken: Set<string>): string {
  for (let round = 1; ; round += 1) {
    const name =
      market === 'zh'
        ? `${shortName} ${product.deal.zh}${round === 1 ? '' : `（${'〇一二三四五六七八九十'[round] ?? round}期）`}`
        : `${shortName} – ${product.deal.en}${round === 1 ? '' : `, phase ${round}`}`
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
}
