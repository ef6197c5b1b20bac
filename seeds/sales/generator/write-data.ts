import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { generateAccounts } from './accounts.ts'
import { generateActivities, mattersOf } from './activities.ts'
import { campaignRows } from './campaigns.ts'
import { generateContacts } from './contacts.ts'
import { generateContracts } from './contracts.ts'
import { generateLeads } from './leads.ts'
import { generateOpportunities } from './opportunities.ts'
import { createRandom } from './random.ts'
import {
  accountRows,
  contactRow,
  contractRow,
  leadRow,
  memberRows,
  opportunityRow,
  productRows,
  type Row,
  teamRows,
  territoryRows,
  userRows,
} from './rows.ts'

const SEED = 20261122

/** The demo data of the sales template: the text of each CSV file in data/, by its name. Always the same. */
export function generateData(): Record<string, string> {
  const random = createRandom(SEED)
  const accounts = generateAccounts(random, 300)
  const contacts = generateContacts(random, accounts, 600)
  const leads = generateLeads(random, accounts, 220)
  const opportunities = generateOpportunities(random, accounts, contacts, 800)
  const contracts = generateContracts(random, opportunities)
  const matters = mattersOf(opportunities, leads, contracts)
  const rows: Record<string, readonly Row[]> = {
    user: userRows(),
    team: teamRows(),
    member: memberRows(),
    territory: territoryRows(),
    product: productRows(),
    campaign: campaignRows(),
    account: accountRows(random, accounts, opportunities),
    contact: contacts.map(contactRow),
    lead: leads.map(leadRow),
    opportunity: opportunities.map(opportunityRow),
    contract: contracts.map(contractRow),
    ...generateActivities(random, matters, { task: 700, call: 1100, meeting: 340, note: 360 }),
  }
  return Object.fromEntries(Object.entries(rows).map(([entity, list]) => [entity, toCsv(list)]))
}

function toCsv(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {}).filter((column) =>
    rows.some((row) => (row[column] ?? '') !== ''),
  )
  return stringify([...rows], { header: true, columns, cast: { boolean: String } })
}

if (process.argv[1] === import.meta.filename) {
  const folder = join(import.meta.dirname, '../data')
  mkdirSync(folder, { recursive: true })
  for (const [entity, csv] of Object.entries(generateData()))
    writeFileSync(join(folder, `${entity}.csv`), csv)
  console.error(`wrote ${folder}`)
}
