import type { Entity, Field } from '../api/types.ts'
import type { Card } from './read-card.ts'

/** A field and what the text says of it. */
export interface Fitting {
  readonly field: Field
  readonly value: unknown
}

type Texts = 'name' | 'title' | 'department' | 'company' | 'wechat'

/** By which words in the name or the label of a text field it asks for what. */
const WORDS: Readonly<Record<Texts, RegExp>> = {
  wechat: /wechat|微信/i,
  title: /job|position|职[务位称]|岗位|\btitle\b/i,
  department: /department|部门/i,
  company: /company|organi[sz]ation|employer|公司|单位|企业/i,
  name: /姓名|contact.?name|person|联系人|^name$|名称/i,
}
const MOBILE = /mobile|cell|手机/i
const FIXED = /座机|固话|landline|office|办公/i

/** What a text field is called: its name with the underscores as spaces, and its label. */
const namesOf = ({ name, label }: Field): string => `${name.replaceAll('_', ' ')} ${label}`

/**
 * The fields of a form that a card fills, by their type and by the words of their labels; no entity is known by name.
 * @param known the fields that the form asks for
 */
export function fitCard(entity: Entity, known: ReadonlySet<string>, card: Card): readonly Fitting[] {
  const fields = entity.fields.filter((field) => field.writable && known.has(field.name))
  const taken = new Set<string>()
  const fill = (field: Field | undefined, value: unknown): readonly Fitting[] => {
    if (field === undefined || value === undefined || taken.has(field.name)) return []
    taken.add(field.name)
    return [{ field, value }]
  }
  const ofType = (type: string) => fields.filter((field) => field.type === type)
  const texts = ofType('text')
  const asking = (sort: Texts) =>
    texts.find((field) => field.name !== entity.title && WORDS[sort].test(namesOf(field)))
  const companyField = asking('company')
  const titleField = texts.find(({ name }) => name === entity.title)
  // What a record is called is the person where another field asks for the company, or nothing but a person is told of.
  const isPerson = companyField !== undefined || hasJob(texts) || card.company === undefined
  const called = isPerson ? (card.name ?? card.company) : card.company
  return [
    ...fill(titleField, called),
    ...fill(companyField, card.company),
    ...(['title', 'department', 'wechat'] as const).flatMap((sort) => fill(asking(sort), card[sort])),
    ...(isPerson ? [] : fill(asking('name'), card.name)),
    ...phones(ofType('phone'), card, fill),
    ...ofType('email').flatMap((field, index) => fill(field, card.emails[index])),
    ...ofType('url').flatMap((field, index) => fill(field, card.urls[index])),
    ...fill(ofType('address')[0], card.address),
  ]
}

const hasJob = (texts: readonly Field[]): boolean => texts.some((field) => WORDS.title.test(namesOf(field)))

/** Mobile numbers to the field for them, others to the rest; where there is one field, it takes the first. */
function phones(
  fields: readonly Field[],
  { phones: all }: Card,
  fill: (field: Field | undefined, value: unknown) => readonly Fitting[],
): readonly Fitting[] {
  const left = [...all]
  const take = (kind?: 'mobile' | 'fixed') => {
    const at = kind === undefined ? 0 : left.findIndex((phone) => phone.kind === kind)
    return at < 0 ? undefined : left.splice(at, 1)[0]?.number
  }
  const kindOf = (field: Field) =>
    MOBILE.test(namesOf(field)) ? 'mobile' : FIXED.test(namesOf(field)) ? 'fixed' : undefined
  const named = fields.filter((field) => kindOf(field) !== undefined)
  const others = fields.filter((field) => kindOf(field) === undefined)
  return [
    ...named.flatMap((field) => fill(field, take(kindOf(field)))),
    ...others.flatMap((field) => fill(field, take())),
  ]
}

/** What the text says that no field asks for. */
export function unfitted(card: Card, fittings: readonly Fitting[]): readonly string[] {
  const used = new Set(fittings.map(({ value }) => value))
  const { name, title, department, company, wechat, phones: numbers, emails, urls, rest } = card
  const texts = [
    company,
    name,
    title,
    department,
    wechat,
    ...numbers.map(({ number }) => number),
    ...emails,
    ...urls,
  ]
  return [...texts.filter((text) => text !== undefined && !used.has(text)), ...rest] as string[]
}
