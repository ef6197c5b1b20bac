import type { Answer, Client } from '../../support/http.ts'

const text = (name: string, more: object = {}) => ({ name, type: 'text', ...more })
const rule = (name: string, outcome: string, more: object) => ({
  ...{ kind: 'duplicate_rule', name, entity: 'enquiry' },
  ...Object.fromEntries([['then', outcome]]),
  ...more,
})

/** What a form asks, sets and guards. */
export const FORM = {
  kind: 'webform',
  name: 'fair',
  label: { en: 'Fair', 'zh-CN': '展会报名' },
  entity: 'enquiry',
  fields: [
    { field: 'name' },
    { field: 'phone', required: true },
    { field: 'email' },
    { field: 'topic', options: ['price', 'other'] },
    {
      field: 'message',
      visibleWhen: { '==': [{ var: 'topic' }, 'other'] },
      requiredWhen: { '==': [{ var: 'topic' }, 'other'] },
    },
    { field: 'budget' },
  ],
  set: { tags: ['fair_lead'], campaign: { code: 'fair' } },
  parameters: [{ name: 'utm_source', field: 'origin' }, { name: 'utm_campaign' }],
  consent: { text: { en: 'You may call me.', 'zh-CN': '同意致电。' }, version: '2026-11' },
  minimumSeconds: 0,
  perHour: { address: 10_000, form: 100_000 },
  sites: ['https://www.example.com'],
}

/** Enquiries with what a visitor is not asked, compared by phone. */
export const DEFINITIONS: readonly object[] = [
  {
    ...{ kind: 'entity', name: 'campaign', title: 'name' },
    fields: [text('name', { required: true }), text('code', { unique: true })],
  },
  {
    ...{ kind: 'entity', name: 'enquiry', title: 'name', owned: true },
    fields: [
      text('name', { required: true, max: 60 }),
      { name: 'phone', type: 'phone', personal: 'contact' },
      { name: 'email', type: 'email', personal: 'contact' },
      text('member', { unique: true }),
      {
        ...{ name: 'topic', type: 'select' },
        options: [{ name: 'price' }, { name: 'other' }, { name: 'internal' }],
      },
      { name: 'message', type: 'long_text' },
      { name: 'budget', type: 'currency', min: 0 },
      text('origin', { max: 20 }),
      text('secret'),
      { name: 'campaign', type: 'lookup', to: 'campaign', onDelete: 'clear' },
      { name: 'tags', type: 'tags' },
    ],
  },
  {
    ...{ kind: 'validation', name: 'no_joke', entity: 'enquiry' },
    must: { '!=': [{ var: 'name' }, 'Joker'] },
    problem: { field: 'name', message: { en: 'Your real name, please.', 'zh-CN': '请填写真实姓名。' } },
  },
  rule('known_phone', 'block', { match: [{ field: 'phone' }] }),
  rule('known_mail', 'warn', { match: [{ field: 'email' }] }),
  FORM,
]

export interface Page {
  readonly ticket: string
  readonly [key: string]: unknown
}

/** The form as a stranger gets it. */
export async function openForm(stranger: Client, name = 'fair'): Promise<Page> {
  const answer = await stranger.get(`/api/webforms/${name}`)
  if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${answer.text}`)
  return (answer.body as { data: Page }).data
}

export interface Sending {
  readonly form?: string
  readonly ticket?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly [key: string]: unknown
}

/** Opens the form, unless a ticket is given, and sends answers with consent. */
export async function submit(stranger: Client, answers: object, sending: Sending = {}): Promise<Answer> {
  const { form = 'fair', ticket, headers, ...rest } = sending
  const body = { ticket: ticket ?? (await openForm(stranger, form)).ticket, answers, consent: true, ...rest }
  return await stranger.post(
    `/api/webforms/${form}/submissions`,
    body,
    headers === undefined ? {} : { headers },
  )
}
