import { type DemoAccount, latin } from './accounts.ts'
import { freshName, mailbox } from './contacts.ts'
import { dateAgo, instantAgo, workdayAgo } from './days.ts'
import { EN } from './lexicon-en.ts'
import { ZH } from './lexicon-zh.ts'
import { MARKETING, sellersOf } from './people.ts'
import { chineseMobile, fictionalNumber } from './phones.ts'
import { PRODUCTS } from './products.ts'
import type { Random } from './random.ts'

export interface DemoLead {
  readonly name: string
  readonly market: 'zh' | 'en'
  readonly company: string
  readonly jobTitle: string
  readonly stage: LeadStage
  readonly rating: 'hot' | 'warm' | 'cold'
  readonly source: string
  readonly industry: string
  readonly region: string
  readonly phone: string
  readonly email: string
  readonly interest: string
  readonly expectedAmount: number
  readonly nextContactOn: string | undefined
  readonly account: string | undefined
  readonly owner: string
  readonly createdBy: string
  readonly createdDaysAgo: number
  readonly createdAt: string
}
type LeadStage = 'new' | 'contacted' | 'qualified' | 'converted' | 'disqualified'

const HISTORY_DAYS = 365

/** The enquiries of a year; the older ones are settled, the fresh ones wait to be called. */
export function generateLeads(random: Random, accounts: readonly DemoAccount[], count: number): DemoLead[] {
  const taken = new Set<string>()
  const ages = Array.from({ length: count }, () => Math.floor(random.next() ** 1.6 * HISTORY_DAYS) + 1)
  return ages.sort((a, b) => b - a).map((age) => generateLead(random, accounts, workdayAgo(age), taken))
}

function generateLead(
  random: Random,
  accounts: readonly DemoAccount[],
  createdDaysAgo: number,
  taken: Set<string>,
): DemoLead {
  const market = random.chance(0.7) ? 'zh' : 'en'
  const stage = stageAt(random, createdDaysAgo)
  // A converted lead became a customer that is really there.
  const possible = accounts.filter(
    (account) =>
      account.market === market && account.createdDaysAgo <= createdDaysAgo && account.parent === undefined,
  )
  const became = stage === 'converted' && possible.length > 0 ? random.pick(possible) : undefined
  const product = random.pick(PRODUCTS.filter((item) => item.active && item.category !== 'spare_part'))
  const name = freshName(random, market, taken)
  const source = random.weighted({
    website: 30,
    expo: 20,
    social: 16,
    advertising: 12,
    phone_in: 12,
    partner: 6,
    referral: 4,
  })
  return {
    name,
    market,
    ...employer(random, market, name, became),
    jobTitle: random.pick<string>((market === 'zh' ? ZH.jobs : EN.jobs).map((job) => job.title)),
    stage: stage === 'converted' && became === undefined ? 'qualified' : stage,
    rating: random.weighted({ hot: 2, warm: 5, cold: 4 }),
    source,
    interest: product.name,
    expectedAmount: Math.round(product.price * random.pick([1, 1, 1, 2, 3])),
    nextContactOn: ['new', 'contacted', 'qualified'].includes(stage)
      ? dateAgo(random.int(-10, 3))
      : undefined,
    account: became?.name,
    owner: became?.owner ?? random.pick(sellersOf(market)),
    createdBy: source === 'phone_in' || source === 'referral' ? random.pick(sellersOf(market)) : MARKETING,
    createdDaysAgo,
    createdAt: instantAgo(createdDaysAgo, random.int(8 * 60, 20 * 60)),
  }
}

function stageAt(random: Random, daysAgo: number): LeadStage {
  if (daysAgo <= 4)
    return random.weighted({ new: 7, contacted: 2, qualified: 0, converted: 0, disqualified: 1 })
  if (daysAgo <= 30)
    return random.weighted({ new: 2, contacted: 5, qualified: 3, converted: 1, disqualified: 2 })
  return random.weighted({ new: 0, contacted: 1, qualified: 1.5, converted: 4, disqualified: 6 })
}

function employer(
  random: Random,
  market: 'zh' | 'en',
  name: string,
  became: DemoAccount | undefined,
): Pick<DemoLead, 'company' | 'industry' | 'region' | 'phone' | 'email'> {
  if (market === 'en') {
    const place = random.pick(EN.places)
    const trade = random.pick(EN.trades)
    const company = became?.name ?? `${random.pick(EN.lastNames)} ${trade.full} ${place.legal[0]}`
    const domain =
      became?.domain ??
      `${company
        .toLowerCase()
        .replace(/[^a-z]+/g, '-')
        .replace(/-$/, '')}.example`
    const phone = fictionalNumber(random, place.mobile)
    return {
      company,
      industry: became?.industry ?? trade.industry,
      region: became?.region ?? place.region,
      phone,
      email: `${mailbox(name, market)}@${domain}`,
    }
  }
  const city = random.pick(ZH.cities)
  const trade = random.pick(ZH.trades)
  const brand = random.pick(ZH.brandSecond) + random.pick(ZH.brandFirst)
  return {
    company: became?.name ?? `${city.name}${brand}${trade.full}有限公司`,
    industry: became?.industry ?? trade.industry,
    region: became?.region ?? city.region,
    phone: chineseMobile(random),
    email: `${mailbox(name, market)}@${became?.domain ?? `${latin(brand)}.example`}`,
  }
}
