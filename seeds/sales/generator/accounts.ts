import { pinyin } from 'pinyin-pro'
import { instantAgo, workdayAgo } from './days.ts'
import { EN } from './lexicon-en.ts'
import { ZH } from './lexicon-zh.ts'
import { sellersOf } from './people.ts'
import { chineseLandline, fictionalNumber } from './phones.ts'
import type { Random } from './random.ts'

export interface DemoAccount {
  readonly market: 'zh' | 'en'
  readonly name: string
  readonly shortName: string
  readonly domain: string
  readonly level: 'a' | 'b' | 'c' | 'd'
  readonly industry: string
  readonly region: string
  readonly phone: string
  readonly address: DemoAddress
  readonly place: Place
  readonly parent: string | undefined
  readonly owner: string
  readonly createdDaysAgo: number
  readonly createdAt: string
  readonly employees: number
  readonly annualRevenue: number
  readonly tags: readonly string[]
}

export interface DemoAddress {
  readonly country: string
  readonly province: string
  readonly city: string
  readonly district?: string
  readonly street: string
  readonly postcode: string
}

/** Where its people's numbers come from. */
export type Place =
  | { readonly market: 'zh'; readonly area: string }
  | { readonly market: 'en'; readonly phone: string; readonly mobile: string }

const CHINESE_SHARE = 0.68
const HISTORY_DAYS = 725

/** So many companies, most of them from the early days, the oldest first; one in twelve belongs to another. */
export function generateAccounts(random: Random, count: number): DemoAccount[] {
  const ages = Array.from({ length: count }, () => workdayAgo(random.int(3, HISTORY_DAYS))).sort(
    (a, b) => b - a,
  )
  const taken = new Set<string>()
  const accounts: DemoAccount[] = []
  for (const daysAgo of ages) {
    const market = random.chance(CHINESE_SHARE) ? 'zh' : 'en'
    const parents = accounts.filter((account) => account.market === market && account.level === 'a')
    const parent = parents.length > 0 && random.chance(1 / 12) ? random.pick(parents) : undefined
    accounts.push(fresh(taken, () => generateAccount(random, market, daysAgo, parent)))
  }
  return accounts
}

/** Draws until the name is a new one. */
function fresh(taken: Set<string>, draw: () => DemoAccount): DemoAccount {
  for (;;) {
    const account = draw()
    if (taken.has(account.name) || taken.has(account.shortName)) continue
    taken.add(account.name).add(account.shortName)
    return account
  }
}

function generateAccount(
  random: Random,
  market: 'zh' | 'en',
  createdDaysAgo: number,
  parent: DemoAccount | undefined,
): DemoAccount {
  const company = market === 'zh' ? chineseCompany(random, parent) : englishCompany(random, parent)
  const level = random.weighted({ a: 8, b: 22, c: 45, d: 25 })
  const size = { a: 1400, b: 420, c: 130, d: 40 }[level]
  const employees = Math.max(6, Math.round(random.logNormal(size, 0.5)))
  return {
    ...company,
    level,
    market,
    parent: parent?.name,
    owner: random.pick(sellersOf(market)),
    createdDaysAgo,
    createdAt: instantAgo(createdDaysAgo, random.int(9 * 60, 18 * 60)),
    employees,
    annualRevenue: Math.round((employees * random.logNormal(620_000, 0.3)) / 100_000) * 100_000,
    tags: random.some(market === 'zh' ? ZH.accountTags : EN.accountTags, random.pick([0, 0, 1, 1, 2, 3])),
  }
}

type Company = Pick<
  DemoAccount,
  'name' | 'shortName' | 'domain' | 'industry' | 'region' | 'phone' | 'address' | 'place'
>

function chineseCompany(random: Random, parent: DemoAccount | undefined): Company {
  const city = random.pick(ZH.cities)
  const trade = random.pick(ZH.trades)
  const brand =
    parent === undefined
      ? random.pick(ZH.brandFirst) + random.pick(ZH.brandSecond)
      : parent.shortName.slice(0, 2)
  return {
    name: `${city.name}${brand}${joined(trade.full, random.weighted(ZH.suffixes))}`,
    shortName: brand + trade.short,
    domain: `${latin(brand)}-${latin(trade.short)}.example`,
    industry: trade.industry,
    region: city.region,
    phone: chineseLandline(random, city.area),
    place: { market: 'zh', area: city.area },
    address: {
      country: 'CN',
      province: city.province,
      city: `${city.name}市`,
      district: city.district,
      street: `${random.pick(city.streets)}${random.int(8, 988)}号`,
      postcode: city.postcode,
    },
  }
}

/** A trade and the suffix of a name; what ends the one and begins the other is said once: 电子科技有限公司. */
function joined(trade: string, suffix: string): string {
  return trade.endsWith('科技') && suffix.startsWith('科技') ? trade + suffix.slice(2) : trade + suffix
}

function englishCompany(random: Random, parent: DemoAccount | undefined): Company {
  const place = random.pick(EN.places)
  const trade = random.pick(EN.trades)
  const brand = EN.brands.find((name) => parent?.name.startsWith(name)) ?? random.pick(EN.brands)
  const shortName = `${brand} ${trade.full}`
  return {
    name: `${shortName} ${random.pick(place.legal)}`,
    shortName,
    domain: `${shortName.toLowerCase().replaceAll(' ', '-')}.example`,
    industry: trade.industry,
    region: place.region,
    phone: fictionalNumber(random, place.phone),
    place: { market: 'en', phone: place.phone, mobile: place.mobile },
    address: {
      country: place.country,
      province: place.state,
      city: place.city,
      street: `${random.int(2, 420)} ${place.street}`,
      postcode: place.postcode,
    },
  }
}

/** Chinese text as it stands in a mail address: pinyin without tones or spaces. */
export function latin(text: string): string {
  return pinyin(text, { toneType: 'none', type: 'array' }).join('').toLowerCase().replaceAll('ü', 'v')
}
