import type { DemoAccount } from './accounts.ts'
import type { DemoContact } from './contacts.ts'
import type { DemoContract } from './contracts.ts'
import { dateAgo, instantAgo } from './days.ts'
import type { DemoLead } from './leads.ts'
import type { DemoOpportunity } from './opportunities.ts'
import { TEAMS, TERRITORIES, USERS } from './people.ts'
import { PRODUCTS } from './products.ts'
import { createRandom, type Random } from './random.ts'

/** One row of a CSV file by column, in order; undefined leaves the cell empty. */
export type Row = { readonly [column: string]: string | number | boolean | undefined }

const FOUNDED_DAYS_AGO = 731

export function teamRows(): Row[] {
  return TEAMS.map(({ name, parent, leader }) => ({
    ...{ name, parent, leader, created_at: instantAgo(FOUNDED_DAYS_AGO, 548) },
  }))
}

/** Who is in which team: after the teams, whose leaders are people that have to be there before. */
export function memberRows(): Row[] {
  return USERS.map(({ email, team }) => ({ email, team }))
}

export function territoryRows(): Row[] {
  return TERRITORIES.map(({ name, region, team }) => ({
    ...{ name, region, team, created_at: instantAgo(FOUNDED_DAYS_AGO, 548) },
  }))
}

export function userRows(): Row[] {
  return USERS.map(({ name, email, roles, language }) => ({
    name,
    email,
    roles: roles.join('; '),
    language,
    created_at: instantAgo(FOUNDED_DAYS_AGO, 540),
  }))
}

export function productRows(): Row[] {
  return PRODUCTS.map((product) => ({
    code: product.code,
    name: product.name,
    category: product.category,
    unit: product.unit,
    price: product.price,
    cost: Math.round(product.price * 0.62),
    tax_rate: product.category === 'service' || product.category === 'software' ? 0.06 : 0.13,
    active: product.active,
    launched_on: dateAgo(product.launchedDaysAgo),
    created_at: instantAgo(FOUNDED_DAYS_AGO, 550),
  }))
}

/** Accounts with what follows from their deals: those that bought are customers since then. */
export function accountRows(
  random: Random,
  accounts: readonly DemoAccount[],
  opportunities: readonly DemoOpportunity[],
): Row[] {
  return accounts.map((account, index) => {
    const deals = opportunities.filter((deal) => deal.account === account)
    const won = deals.filter((deal) => deal.stage === 'won').map((deal) => deal.closedDaysAgo!)
    const asleep =
      won.length > 0 && Math.min(...won) > 400 && !deals.some((deal) => deal.closedDaysAgo === undefined)
    const type =
      won.length > 0 ? (asleep ? 'former' : 'customer') : random.chance(0.05) ? 'partner' : 'prospect'
    return {
      name: account.name,
      short_name: account.shortName,
      type,
      level: account.level,
      industry: account.industry,
      region: account.region,
      source: random.weighted({
        referral: 20,
        expo: 20,
        website: 20,
        outbound: 18,
        phone_in: 10,
        partner: 8,
        advertising: 4,
      }),
      phone: account.phone,
      email: `info@${account.domain}`,
      website: `https://www.${account.domain}`,
      address: JSON.stringify(account.address),
      parent: account.parent,
      tax_number: account.market === 'zh' ? taxNumber(random) : undefined,
      employees: account.employees,
      annual_revenue: account.annualRevenue,
      credit_limit:
        won.length > 0
          ? Math.max(50_000, Math.round(account.annualRevenue / 5_000_000) * 100_000)
          : undefined,
      payment_terms:
        won.length > 0 ? random.weighted({ deposit_30: 4, net_30: 4, net_45: 2, net_60: 2 }) : undefined,
      bank_account: won.length > 0 ? bankAccount(index) : undefined,
      customer_since: won.length > 0 ? dateAgo(Math.max(...won)) : undefined,
      next_contact_on: random.chance(0.4) ? dateAgo(random.int(-21, 4)) : undefined,
      tags: account.tags.join('; '),
      description: undefined,
      ...written(account.owner, account.createdAt),
    }
  })
}

/** Shaped like a unified social credit code; no real one has the registration authority 0. */
function taxNumber(random: Random): string {
  const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  return `0${random.int(1, 9)}${Array.from({ length: 16 }, () => random.pick([...letters])).join('')}`
}

/** Nobody's: no bank's numbers begin with zeros. Of a stream of its own, so that all other data stay as they are. */
function bankAccount(index: number): string {
  return `0000${digits(createRandom(index), 15)}`
}

/** Nobody's: the region 000000 does not exist. One in ten of the main contacts has given it. */
function idNumber({ mainContact, account, birthday = '1980-01-01' }: DemoContact, index: number) {
  const random = createRandom(-1 - index)
  const isKnown = mainContact && account.market === 'zh' && random.chance(0.1)
  return isKnown ? `000000${birthday.replaceAll('-', '')}${digits(random, 3)}X` : undefined
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.int(0, 9)).join('')
}

export function contactRow(contact: DemoContact, index: number): Row {
  return {
    name: contact.name,
    account: contact.account.name,
    job_title: contact.jobTitle,
    department: contact.department,
    decision_role: contact.decisionRole,
    main_contact: contact.mainContact,
    mobile: contact.mobile,
    phone: contact.phone,
    email: contact.email,
    wechat: contact.wechat,
    preferred_channel: contact.preferredChannel,
    id_number: idNumber(contact, index),
    birthday: contact.birthday,
    reports_to: contact.reportsTo,
    ...written(contact.account.owner, contact.createdAt),
  }
}

export function leadRow(lead: DemoLead): Row {
  return {
    name: lead.name,
    company: lead.company,
    job_title: lead.jobTitle,
    stage: lead.stage,
    rating: lead.rating,
    source: lead.source,
    industry: lead.industry,
    region: lead.region,
    phone: lead.phone,
    email: lead.email,
    interest: lead.interest,
    expected_amount: lead.expectedAmount,
    next_contact_on: lead.nextContactOn,
    account: lead.account,
    ...written(lead.owner, lead.createdAt),
    created_by: lead.createdBy,
  }
}

export function opportunityRow(deal: DemoOpportunity): Row {
  return {
    name: deal.name,
    account: deal.account.name,
    contact: deal.contact.name,
    stage: deal.stage,
    amount: deal.amount,
    probability: deal.probability,
    close_date: deal.closeDate,
    closed_on: deal.closedDaysAgo === undefined ? undefined : dateAgo(deal.closedDaysAgo),
    products: deal.products.join('; '),
    discount: deal.discount,
    source: deal.source,
    competitor: deal.competitor,
    lost_reason: deal.lostReason,
    next_step: deal.nextStep,
    ...written(deal.account.owner, deal.createdAt),
  }
}

export function contractRow(contract: DemoContract): Row {
  const { account, contact, name } = contract.opportunity
  return {
    name: contract.name,
    account: account.name,
    opportunity: name,
    status: contract.status,
    amount: contract.amount,
    signed_on: contract.signedOn,
    starts_on: contract.startsOn,
    ends_on: contract.endsOn,
    payment_terms: contract.paymentTerms,
    delivery_status: contract.delivery,
    payment_status: contract.payment,
    signatory: contract.signedOn === undefined ? undefined : contact.name,
    ...written(account.owner, contract.createdAt),
  }
}

function written(owner: string, createdAt: string): Row {
  return { owner, created_by: owner, created_at: createdAt }
}
