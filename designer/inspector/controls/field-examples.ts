/** What people keep in a field of each type: an example that says more than the type's name, by group in their order. */
export const FIELD_GROUPS = {
  text: ['text', 'long_text', 'rich_text'],
  number: ['integer', 'decimal', 'currency', 'percent', 'rating'],
  time: ['date', 'date_time', 'time', 'duration', 'time_zone'],
  choice: ['select', 'multi_select', 'boolean', 'tags', 'stage'],
  contact: ['email', 'phone', 'url', 'address', 'location'],
  link: ['lookup', 'many_to_many', 'child_list', 'dynamic_lookup', 'user', 'team'],
  computed: ['auto_number', 'formula', 'roll_up'],
  other: ['file', 'image', 'encrypted', 'json', 'password'],
} as const

export type FieldGroup = keyof typeof FIELD_GROUPS

type Example = Readonly<Record<string, string>>

const both = (example: string): Example => ({ en: example, 'zh-CN': example })

export const FIELD_EXAMPLES: Readonly<Record<string, Example>> = {
  text: { en: 'Suzhou Precision Ltd', 'zh-CN': '苏州澄川精密机械' },
  long_text: { en: 'what was said in a visit', 'zh-CN': '拜访中谈到的内容' },
  rich_text: { en: 'a proposal with headings', 'zh-CN': '带标题的方案' },
  integer: both('128'),
  decimal: both('3.75'),
  currency: both('¥12,800.00'),
  percent: both('12.5%'),
  rating: both('★★★★'),
  date: both('2026-03-02'),
  date_time: both('2026-03-02 09:30'),
  time: both('09:30'),
  duration: { en: '2 h 30 min', 'zh-CN': '2 小时 30 分' },
  time_zone: both('Asia/Shanghai'),
  select: { en: 'gold, silver or bronze', 'zh-CN': '金牌、银牌、铜牌之一' },
  multi_select: { en: 'several products of interest', 'zh-CN': '感兴趣的几种产品' },
  boolean: { en: 'has signed: yes', 'zh-CN': '已签约：是' },
  tags: { en: 'expo, key person', 'zh-CN': '展会、关键人' },
  stage: { en: 'proposal, negotiation, won', 'zh-CN': '方案、谈判、赢单' },
  email: both('li.wei@example.com'),
  phone: both('138 0013 8000'),
  url: both('https://example.com'),
  address: { en: '5 Xinghu Street, Suzhou', 'zh-CN': '苏州市星湖街 5 号' },
  location: { en: 'a point on the map', 'zh-CN': '地图上的一点' },
  lookup: { en: 'the customer of a deal', 'zh-CN': '商机所属的客户' },
  many_to_many: { en: 'the companies at a fair', 'zh-CN': '参展的多家公司' },
  child_list: { en: 'the lines of a quote', 'zh-CN': '报价单的明细行' },
  dynamic_lookup: { en: 'a lead or an account', 'zh-CN': '线索或客户' },
  user: { en: 'who looks after it', 'zh-CN': '负责跟进的人' },
  team: { en: 'Sales East', 'zh-CN': '华东销售组' },
  auto_number: both('OPP-2026-0001'),
  formula: { en: 'amount × (1 − discount)', 'zh-CN': '金额 ×（1 − 折扣）' },
  roll_up: { en: 'the sum of its orders', 'zh-CN': '其订单金额合计' },
  file: { en: 'a signed contract', 'zh-CN': '已签的合同' },
  image: { en: 'a photo of the shop', 'zh-CN': '门店照片' },
  encrypted: { en: 'a bank account', 'zh-CN': '银行账号' },
  json: { en: 'data of another system', 'zh-CN': '其他系统的数据' },
  password: { en: 'a password to sign in', 'zh-CN': '登录密码' },
}
