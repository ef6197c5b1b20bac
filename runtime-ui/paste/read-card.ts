import { findPhoneNumbersInText } from 'libphonenumber-js/min'
import { type AddressParts, readChineseAddress } from './chinese-address.ts'

export interface CardPhone {
  /** As it was written. */
  readonly number: string
  readonly kind: 'mobile' | 'fixed'
}

/** What a business card, a signature or a message says of somebody. */
export interface Card {
  readonly name?: string
  readonly title?: string
  readonly department?: string
  readonly company?: string
  readonly wechat?: string
  readonly phones: readonly CardPhone[]
  readonly emails: readonly string[]
  readonly urls: readonly string[]
  readonly address?: AddressParts
  /** Lines of which nothing was understood. */
  readonly rest: readonly string[]
}

type Texts = 'name' | 'title' | 'department' | 'company' | 'wechat' | 'address'

/** Words before a colon, and what stands behind it then. */
const LABELS: Readonly<Record<Texts | 'contact', RegExp>> = {
  name: /^(?:姓\s*名|联系人|收件人|收货人|name|contact(?: person)?)$/i,
  title: /^(?:职\s*[务位称]|岗位|头衔|title|position|job title)$/i,
  department: /^(?:部\s*门|department|dept\.?)$/i,
  company: /^(?:公\s*司(?:名称)?|单\s*位|企业(?:名称)?|客户(?:名称)?|company|organi[sz]ation|firm)$/i,
  wechat: /^(?:微信号?|wechat|wx|vx)$/i,
  address: /^(?:地\s*址|(?:公司|收货|联系|详细|所在)地[址区]|add(?:ress|r)?\.?)$/i,
  contact:
    /^(?:电\s*话|手\s*机(?:号码?)?|座机|固话|传\s*真|邮\s*箱|电邮|邮\s*件|网\s*[址站]|主页|联系(?:电话|方式)|tel(?:ephone)?\.?|phone|mob(?:ile)?\.?|cell|fax|e-?mail|mail|web(?:site)?|url|t|m|p|f|e|w)$/i,
}

const LABELLED = /^\s*([\p{L}][\p{L}\s.-]{0,14}?)\s*[:：]\s*(.+)$/u
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g
const URL =
  /(?:https?:\/\/|www\.)[^\s,，;；。<>()（）|]+|(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|io|co|info|biz|de|uk|example)(?:\.[a-z]{2})?(?:\/[^\s,，;；]*)?(?![\w@])/gi
const COMPANY =
  /(?:公司|集团|股份|事务所|研究院|研究所|设计院|大学|学院|医院|银行|商行|工作室|合作社|厂)(?:[)）（(]|$|\p{Script=Han}{0,6}$)|\b(?:ltd|inc|llc|gmbh|corp|corporation|limited|plc|company|co|group|holdings)\b\.?(?:,? ?(?:ltd|inc)\.?)?$/iu
const TITLE =
  /(?:经理|总监|主管|总裁|董事长?|工程师|助理|代表|主任|部长|顾问|专员|厂长|院长|校长|教授|会计|秘书|合伙人|负责人|创始人|店长|科长|处长|老板|总)$|\b(?:manager|director|engineer|president|ceo|cto|cfo|coo|vp|head|lead|officer|assistant|consultant|partner|founder|representative|executive|buyer|accountant|secretary|chair(?:man|woman)?)\b/iu
const DEPARTMENT = /^\p{Script=Han}{2,10}(?:部|中心|科|处)$|\b(?:department|dept|division)\b/iu
const SURNAME =
  /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺])\p{Script=Han}{1,2}$/u
const LATIN_NAME = /^(?:(?:mr|ms|mrs|dr)\.? )?\p{Lu}[\p{L}'’-]+(?: \p{Lu}\.)?(?: \p{Lu}[\p{L}'’-]+){1,2}$/iu

/** Numbers without a country are read as Chinese ones; faxes are left out. */
const COUNTRY = 'CN'
const FAX = /(?:传\s*真|fax|^\s*f\s*[:：])/i
const CELL = /(?:手机|mob|cell|\bm\s*[:：])/i
/** Numbers of other countries, also those that the plan of a country does not know yet. */
const ABROAD = /\+\d[\d ()-]{6,18}\d/g
const MOBILE = /^(?:\+?86)?[\s-]*1[3-9]\d/

interface Reading {
  texts: Partial<Record<Texts, string>>
  phones: CardPhone[]
  emails: string[]
  urls: string[]
  rest: string[]
}

/**
 * Understands a block of text as somebody's card: numbers, addresses and names of companies by their form, the rest by the
 * words before a colon and by what a name or a title looks like. Nothing is invented: what is not understood is given back.
 */
export function readCard(text: string): Card {
  const reading: Reading = { texts: {}, phones: [], emails: [], urls: [], rest: [] }
  for (const line of text.normalize('NFKC').split(/\r?\n/)) readLine(reading, line)
  const { address, ...texts } = reading.texts
  const parts = address === undefined ? undefined : readChineseAddress(address)
  return {
    ...texts,
    phones: distinct(reading.phones, ({ number }) => number.replaceAll(/\D/g, '')),
    emails: distinct(reading.emails, (email) => email.toLowerCase()),
    urls: distinct(reading.urls, (url) => url.toLowerCase()),
    ...(address === undefined ? {} : { address: parts ?? { street: address } }),
    rest: reading.rest,
  }
}

function readLine(reading: Reading, line: string): void {
  const isFax = FAX.test(line)
  for (const piece of piecesOf(takeReach(reading, line, isFax))) readPiece(reading, piece)
}

/** Takes out what is reached by its form: mail, web, telephone. */
function takeReach(reading: Reading, line: string, isFax: boolean): string {
  let left = line.replaceAll(EMAIL, (email) => {
    reading.emails.push(email)
    return ' '
  })
  left = left.replaceAll(URL, (url) => {
    reading.urls.push(/^https?:/i.test(url) ? url : `https://${url}`)
    return ' '
  })
  const known = findPhoneNumbersInText(left, { defaultCountry: COUNTRY, extended: false })
  const others = [...left.matchAll(ABROAD)].map((match) => ({
    startsAt: match.index,
    endsAt: match.index + match[0].length,
  }))
  const isNew = (one: { readonly startsAt: number; readonly endsAt: number }): boolean =>
    known.every(({ startsAt, endsAt }) => one.endsAt <= startsAt || one.startsAt >= endsAt)
  const found = [...known, ...others.filter(isNew)].sort((one, other) => one.startsAt - other.startsAt)
  const isCode = (at: number): boolean => !/\d/.test(left[at - 1] ?? '')
  const phones: CardPhone[] = []
  for (const { startsAt, endsAt } of [...found].reverse()) {
    const number = left.slice(startsAt, endsAt).trim()
    const before = left.slice(Math.max(0, startsAt - 12), startsAt)
    const isOwnFax = isFax && (found.length === 1 || FAX.test(before))
    if (!isOwnFax && isCode(startsAt))
      phones.unshift({ number, kind: MOBILE.test(number) || CELL.test(before) ? 'mobile' : 'fixed' })
    left = `${left.slice(0, startsAt)} ${left.slice(endsAt)}`
  }
  reading.phones.push(...phones)
  return left
}

/** What stands side by side in a line. Latin words are kept together: "Acme Co., Ltd" is one. */
function piecesOf(line: string): readonly string[] {
  return line.split(/\s*[|｜;；]\s*|\s{2,}/).flatMap((piece) => {
    if (!/\p{Script=Han}/u.test(piece)) return [piece]
    if (LABELLED.test(piece) || readChineseAddress(piece) !== undefined) return [piece]
    return piece.split(/\s*[,，、/。]\s*|\s+(?=\p{Script=Han})|(?<=\p{Script=Han})\s+/u)
  })
}

const EDGES = /^[\s,，;；|｜/·:：。-]+|[\s,，;；|｜/·:：。-]+$/g
/** What comes before a name or a place in a message without a colon. */
const LEAD = /^(?:我是|我叫|本人|姓名|联系人|收件人|公司|单位|地址|电话|手机|微信|邮箱)(?=.)/
const BARE =
  /^(?:你好|您好|谢谢|hi|hello|dear|regards|best regards|[a-z]|电\s*话|手\s*机(?:号码?)?|座\s*机|传\s*真|邮\s*箱|网\s*址|微信|tel(?:ephone)?|phone|fax|mob(?:ile)?|cell|e-?mail|mail|web(?:site)?)\.?$/i

function readPiece(reading: Reading, raw: string): void {
  const piece = raw.replaceAll(EDGES, '')
  if (piece === '' || BARE.test(piece)) return
  const labelled = LABELLED.exec(piece)
  const label = (labelled?.[1] ?? '').trim()
  const key = (Object.keys(LABELS) as (Texts | 'contact')[]).find((one) => LABELS[one].test(label))
  const value = (labelled?.[2] ?? '').trim()
  if (key === 'contact') {
    readPiece(reading, value)
    return
  }
  if (key === 'address') {
    // The area and the street often stand in two lines.
    reading.texts.address = `${reading.texts.address ?? ''}${value}`
    return
  }
  if (key !== undefined) {
    reading.texts[key] ??= value
    return
  }
  const bare = piece.replace(LEAD, '').replaceAll(EDGES, '')
  if (reading.texts.address === undefined && readChineseAddress(bare) !== undefined) {
    reading.texts.address = bare
    return
  }
  const sort = sortOf(bare)
  if (sort !== undefined && reading.texts[sort] === undefined) reading.texts[sort] = bare
  else reading.rest.push(piece)
}

function sortOf(piece: string): Exclude<Texts, 'address' | 'wechat'> | undefined {
  if (COMPANY.test(piece) && piece.length > 3) return 'company'
  if (piece.length <= 40 && TITLE.test(piece)) return 'title'
  if (DEPARTMENT.test(piece)) return 'department'
  if (SURNAME.test(piece)) return 'name'
  return LATIN_NAME.test(piece) ? 'name' : undefined
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()]
}
