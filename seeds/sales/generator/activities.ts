import { ACTIVITY_TEXTS, fillIn } from './activity-texts.ts'
import type { DemoContract } from './contracts.ts'
import { dateAgo, instantAgo, workdayAgo } from './days.ts'
import type { DemoLead } from './leads.ts'
import type { DemoOpportunity } from './opportunities.ts'
import { SERVICE } from './people.ts'
import { PRODUCTS } from './products.ts'
import type { Random } from './random.ts'
import type { Row } from './rows.ts'

/** Something that people called, met and wrote about, and when that could have been. */
export interface Matter {
  /** As the column `about` names it: the entity and the title. */
  readonly about: string
  readonly market: 'zh' | 'en'
  readonly owner: string
  readonly who: string
  readonly phone: string
  readonly firm: string
  readonly what: string
  /** From `fromDaysAgo` down to `toDaysAgo`, both at least 1. */
  readonly fromDaysAgo: number
  readonly toDaysAgo: number
  readonly open: boolean
}

export interface ActivityRows {
  readonly task: Row[]
  readonly call: Row[]
  readonly meeting: Row[]
  readonly note: Row[]
}

export function mattersOf(
  opportunities: readonly DemoOpportunity[],
  leads: readonly DemoLead[],
  contracts: readonly DemoContract[],
): Matter[] {
  return [
    ...opportunities.flatMap(opportunityMatters),
    ...leads.map(leadMatter),
    ...contracts.map(contractMatter),
  ]
}

/** A deal is talked about with the deal, with its person and with its account. */
function opportunityMatters(deal: DemoOpportunity): Matter[] {
  const { account, contact } = deal
  const product = PRODUCTS.find((item) => item.name === deal.products[0])!
  const common = {
    market: account.market,
    owner: account.owner,
    who: contact.name,
    phone: contact.mobile,
    firm: account.shortName,
    what: product.deal[account.market],
    fromDaysAgo: deal.createdDaysAgo,
    toDaysAgo: deal.closedDaysAgo ?? 1,
    open: deal.closedDaysAgo === undefined,
  }
  return [
    { ...common, about: `opportunity:${deal.name}` },
    { ...common, about: `opportunity:${deal.name}` },
    { ...common, about: `contact:${contact.name}` },
    { ...common, about: `account:${account.name}` },
  ]
}

function leadMatter(lead: DemoLead): Matter {
  return {
    about: `lead:${lead.name}`,
    market: lead.market,
    owner: lead.owner,
    who: lead.name,
    phone: lead.phone,
    firm: lead.company,
    what: PRODUCTS.find((product) => product.name === lead.interest)!.deal[lead.market],
    fromDaysAgo: lead.createdDaysAgo,
    toDaysAgo: Math.max(1, lead.createdDaysAgo - 30),
    open: lead.nextContactOn !== undefined,
  }
}

/** After the signature, service looks after the customer. */
function contractMatter({ name, opportunity, createdDaysAgo, status }: DemoContract): Matter {
  const [deal] = opportunityMatters(opportunity)
  return {
    ...deal!,
    about: `contract:${name}`,
    owner: SERVICE,
    fromDaysAgo: createdDaysAgo,
    toDaysAgo: Math.max(1, createdDaysAgo - 180),
    open: status === 'running',
  }
}

export function generateActivities(
  random: Random,
  matters: readonly Matter[],
  counts: Readonly<Record<keyof ActivityRows, number>>,
): ActivityRows {
  const live = matters.filter((matter) => matter.open)
  const draw = (count: number, row: (random: Random, matter: Matter) => Row): Row[] =>
    Array.from({ length: count }, () =>
      row(random, random.chance(0.3) ? random.pick(live) : random.pick(matters)),
    ).sort((a, b) => (String(a.created_at) < String(b.created_at) ? -1 : 1))
  return {
    task: draw(counts.task, taskRow),
    call: draw(counts.call, callRow),
    meeting: draw(counts.meeting, meetingRow),
    note: draw(counts.note, noteRow),
  }
}

const CALL_MINUTES = {
  connected: [1, 18],
  no_answer: [0, 0],
  busy: [0, 0],
  call_later: [1, 3],
  wrong_number: [0, 1],
} as const

function callRow(random: Random, matter: Matter): Row {
  const daysAgo = someDay(random, matter)
  const startedAt = instantAgo(daysAgo, random.int(9 * 60, 17 * 60 + 45))
  const outcome = random.weighted({ connected: 62, no_answer: 18, call_later: 10, busy: 7, wrong_number: 3 })
  const text = random.pick(ACTIVITY_TEXTS[matter.market].calls)
  const [least, most] = CALL_MINUTES[outcome]
  const talked = outcome === 'connected' || outcome === 'call_later'
  return {
    subject: fillIn(text.subject, matter),
    direction: random.chance(0.78) ? 'outgoing' : 'incoming',
    started_at: startedAt,
    duration: talked ? `PT${random.int(least, most)}M${random.int(1, 59)}S` : undefined,
    outcome,
    phone: matter.phone,
    notes: outcome === 'connected' ? fillIn(text.notes, matter) : undefined,
    next_contact_on: matter.open && random.chance(0.3) ? dateAgo(daysAgo - random.int(3, 14)) : undefined,
    ...common(matter, startedAt),
  }
}

function meetingRow(random: Random, matter: Matter): Row {
  const ahead = matter.open && random.chance(0.15)
  const daysAgo = ahead ? -random.int(1, 10) : someDay(random, matter)
  const text = random.pick(ACTIVITY_TEXTS[matter.market].meetings)
  const start = random.pick([9, 10, 11, 13, 14, 15, 16]) * 60 + random.pick([0, 0, 30])
  return {
    subject: fillIn(text.subject, matter),
    type: text.type,
    starts_at: instantAgo(daysAgo, start),
    ends_at: instantAgo(daysAgo, start + random.pick([30, 60, 60, 90, 120])),
    place: text.place,
    attendees: matter.about.startsWith('lead:') ? undefined : matter.who,
    minutes: ahead ? undefined : text.minutes,
    ...common(matter, instantAgo(Math.max(1, daysAgo + random.int(1, 6)), random.int(540, 1080))),
  }
}

function noteRow(random: Random, matter: Matter): Row {
  const text = random.pick(ACTIVITY_TEXTS[matter.market].notes)
  return {
    subject: `${matter.firm}${matter.market === 'zh' ? '：' : ': '}${text.subject}`,
    text: text.text,
    pinned: random.chance(0.08),
    tags: random.chance(0.3)
      ? random.pick(
          matter.market === 'zh' ? ['重要', '内部', '待确认'] : ['important', 'internal', 'to confirm'],
        )
      : undefined,
    ...common(matter, instantAgo(someDay(random, matter), random.int(9 * 60, 20 * 60))),
  }
}

function taskRow(random: Random, matter: Matter): Row {
  const daysAgo = someDay(random, matter)
  const type = random.weighted({ call_back: 34, quote: 22, visit: 16, sample: 8, paperwork: 10, other: 10 })
  const dueDaysAgo = daysAgo - random.int(1, 12)
  const done = dueDaysAgo > 2 && random.chance(0.93)
  const status = done
    ? random.weighted({ done: 94, cancelled: 6 })
    : random.weighted({ open: 7, in_progress: 3 })
  return {
    subject: fillIn(ACTIVITY_TEXTS[matter.market].tasks[type], matter),
    status,
    priority: random.weighted({ high: 2, normal: 6, low: 2 }),
    type,
    due_at: instantAgo(dueDaysAgo, random.pick([600, 720, 900, 1020, 1080])),
    done_at:
      status === 'done'
        ? instantAgo(Math.max(1, dueDaysAgo + random.int(-1, 1)), random.int(540, 1080))
        : undefined,
    ...common(matter, instantAgo(daysAgo, random.int(9 * 60, 18 * 60))),
  }
}

function someDay(random: Random, matter: Matter): number {
  return workdayAgo(random.int(Math.min(matter.toDaysAgo, matter.fromDaysAgo), matter.fromDaysAgo))
}

function common(matter: Matter, createdAt: string): Row {
  return { about: matter.about, owner: matter.owner, created_by: matter.owner, created_at: createdAt }
}
