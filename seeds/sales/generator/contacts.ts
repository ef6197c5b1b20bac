import { type DemoAccount, latin } from './accounts.ts'
import { instantAgo, TODAY, workdayAgo } from './days.ts'
import { EN } from './lexicon-en.ts'
import { ZH } from './lexicon-zh.ts'
import { chineseLandline, chineseMobile, fictionalNumber } from './phones.ts'
import type { Random } from './random.ts'

export interface DemoContact {
  readonly name: string
  readonly account: DemoAccount
  readonly jobTitle: string
  readonly department: string
  readonly decisionRole: string
  readonly mainContact: boolean
  readonly mobile: string
  readonly phone: string | undefined
  readonly email: string
  readonly wechat: string | undefined
  readonly preferredChannel: string
  readonly birthday: string | undefined
  readonly reportsTo: string | undefined
  readonly createdAt: string
  readonly createdDaysAgo: number
}

/** At least one contact an account, the others where the important customers are; names are all different. */
export function generateContacts(
  random: Random,
  accounts: readonly DemoAccount[],
  count: number,
): DemoContact[] {
  const taken = new Set<string>()
  const byAccount = new Map<string, DemoContact[]>()
  const weights = { a: 6, b: 3, c: 1.2, d: 0.5 }
  const likely = accounts.flatMap((account) =>
    Array<DemoAccount>(Math.ceil(weights[account.level] * 2)).fill(account),
  )
  const hosts = [...accounts, ...Array.from({ length: count - accounts.length }, () => random.pick(likely))]
  for (const account of hosts) {
    const colleagues = byAccount.get(account.name) ?? []
    byAccount.set(account.name, [...colleagues, generateContact(random, account, colleagues, taken)])
  }
  return [...byAccount.values()].flat().sort((a, b) => b.createdDaysAgo - a.createdDaysAgo)
}

/** The people of each account, by its name. */
export function contactsByAccount(
  contacts: readonly DemoContact[],
): ReadonlyMap<string, readonly DemoContact[]> {
  const byAccount = new Map<string, DemoContact[]>()
  for (const contact of contacts) {
    byAccount.set(contact.account.name, [...(byAccount.get(contact.account.name) ?? []), contact])
  }
  return byAccount
}

/** A name in the market's language that nobody has yet. */
export function freshName(random: Random, market: 'zh' | 'en', taken: Set<string>): string {
  for (;;) {
    const name =
      market === 'zh'
        ? random.pick([...ZH.surnames]) + random.pick(ZH.given)
        : `${random.pick(EN.firstNames)} ${random.pick(EN.lastNames)}`
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
}

/** The part of a mail address before the @, as companies of the market build it. */
export function mailbox(name: string, market: 'zh' | 'en'): string {
  if (market === 'en') return name.toLowerCase().replace(' ', '.')
  return `${latin(name.slice(0, 1))}.${latin(name.slice(1))}`
}

function generateContact(
  random: Random,
  account: DemoAccount,
  colleagues: readonly DemoContact[],
  taken: Set<string>,
): DemoContact {
  const { market, place } = account
  const name = freshName(random, market, taken)
  const job = random.pick<(typeof ZH.jobs | typeof EN.jobs)[number]>(market === 'zh' ? ZH.jobs : EN.jobs)
  const daysAgo = workdayAgo(
    Math.max(1, account.createdDaysAgo - (colleagues.length === 0 ? 0 : random.int(0, 240))),
  )
  const boss = colleagues.find((colleague) => colleague.decisionRole === 'decision_maker')
  return {
    name,
    account,
    jobTitle: job.title,
    department: job.department,
    decisionRole: job.role,
    mainContact: colleagues.length === 0,
    mobile: place.market === 'zh' ? chineseMobile(random) : fictionalNumber(random, place.mobile),
    phone: random.chance(0.4) ? landline(random, account) : undefined,
    email: `${mailbox(name, market)}@${account.domain}`,
    wechat: market === 'zh' && random.chance(0.7) ? `wx_${latin(name)}_${random.int(10, 99)}` : undefined,
    preferredChannel: random.weighted(
      market === 'zh'
        ? { phone: 4, wechat: 5, email: 1, visit: 1 }
        : { phone: 3, wechat: 0, email: 6, visit: 1 },
    ),
    birthday: random.chance(0.25) ? birthday(random) : undefined,
    reportsTo: job.role === 'decision_maker' || boss === undefined ? undefined : boss.name,
    createdDaysAgo: daysAgo,
    createdAt:
      daysAgo === account.createdDaysAgo ? account.createdAt : instantAgo(daysAgo, random.int(540, 1080)),
  }
}

function landline(random: Random, { place }: DemoAccount): string {
  return place.market === 'zh' ? chineseLandline(random, place.area) : fictionalNumber(random, place.phone)
}

function birthday(random: Random): string {
  const year = Number(TODAY.slice(0, 4)) - random.int(27, 58)
  return `${year}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`
}
