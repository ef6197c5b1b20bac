/** One who works with the CRM in the demo company; records refer to them by name. */
export interface DemoUser {
  readonly name: string
  readonly email: string
  readonly roles: readonly string[]
  readonly team: string
  readonly language: 'en' | 'zh-CN'
  /** Which customers fall to them. */
  readonly market: 'zh' | 'en' | undefined
}

export const TEAMS = [
  { name: '管理层', parent: undefined, leader: '沈伯年' },
  { name: '华东销售部', parent: '管理层', leader: '林晓岚' },
  { name: '华南销售部', parent: '管理层', leader: '郑可' },
  { name: 'International Sales', parent: '管理层', leader: 'Amelia Hart' },
  { name: '客户服务部', parent: '管理层', leader: '何静' },
  { name: '市场部', parent: '管理层', leader: '苏晴' },
  { name: '财务部', parent: '管理层', leader: '方文静' },
] as const

/** Which team looks after which region. */
export const TERRITORIES = [
  { name: '华东', region: 'east_china', team: '华东销售部' },
  { name: '华中', region: 'central_china', team: '华东销售部' },
  { name: '华北', region: 'north_china', team: '华东销售部' },
  { name: '东北', region: 'northeast_china', team: '华东销售部' },
  { name: '华南', region: 'south_china', team: '华南销售部' },
  { name: '西部', region: 'west_china', team: '华南销售部' },
  { name: 'Europe', region: 'europe', team: 'International Sales' },
  { name: 'North America', region: 'north_america', team: 'International Sales' },
  { name: 'Asia Pacific', region: 'asia_pacific', team: 'International Sales' },
] as const

const user = (
  name: string,
  mailbox: string,
  roles: readonly string[],
  team: string,
  market?: 'zh' | 'en',
  language: 'en' | 'zh-CN' = 'zh-CN',
): DemoUser => ({ name, email: `${mailbox}@example.com`, roles, team, language, market })

export const USERS: readonly DemoUser[] = [
  user('沈伯年', 'shen.bonian', ['executive'], '管理层'),
  user('林晓岚', 'lin.xiaolan', ['supervisor', 'sales'], '华东销售部', 'zh'),
  user('陈立', 'chen.li', ['sales'], '华东销售部', 'zh'),
  user('周沐', 'zhou.mu', ['sales'], '华东销售部', 'zh'),
  user('许一诺', 'xu.yinuo', ['sales'], '华东销售部', 'zh'),
  user('郑可', 'zheng.ke', ['supervisor', 'sales'], '华南销售部', 'zh'),
  user('梁嘉树', 'liang.jiashu', ['sales'], '华南销售部', 'zh'),
  user('Amelia Hart', 'amelia.hart', ['supervisor', 'sales'], 'International Sales', 'en', 'en'),
  user('Tom Wexley', 'tom.wexley', ['sales'], 'International Sales', 'en', 'en'),
  user('Priya Venkat', 'priya.venkat', ['sales'], 'International Sales', 'en', 'en'),
  user('何静', 'he.jing', ['service'], '客户服务部'),
  user('苏晴', 'su.qing', ['marketing'], '市场部'),
  user('方文静', 'fang.wenjing', ['finance'], '财务部'),
]

export const SERVICE = '何静'
export const MARKETING = '苏晴'

/** The sales people of a market, by name. */
export function sellersOf(market: 'zh' | 'en'): string[] {
  return USERS.filter((person) => person.market === market).map((person) => person.name)
}
