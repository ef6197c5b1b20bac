import { dateAgo, instantAgo } from './days.ts'
import type { Row } from './rows.ts'

/** The campaign of the web form of Event A, and one that is over. */
export function campaignRows(): Row[] {
  return [
    {
      ...{ name: '活动A：智能制造开放日', code: 'event_a', status: 'running', channel: 'expo' },
      ...{ starts_on: dateAgo(20), ends_on: dateAgo(-20), budget: 80000 },
      created_at: instantAgo(40, 600),
    },
    {
      ...{ name: '华东机床展', code: 'east_fair', status: 'done', channel: 'expo' },
      ...{ starts_on: dateAgo(180), ends_on: dateAgo(176), budget: 150000 },
      created_at: instantAgo(220, 600),
    },
  ]
}
