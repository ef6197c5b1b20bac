import { expect } from 'chai'
import type { Entity } from '../../../runtime-ui/api/types.ts'
import { readChineseAddress } from '../../../runtime-ui/paste/chinese-address.ts'
import { fitCard, unfitted } from '../../../runtime-ui/paste/fit-card.ts'
import { type Card, readCard } from '../../../runtime-ui/paste/read-card.ts'

const NOTHING: Card = { phones: [], emails: [], urls: [], rest: [] }
const mobile = (number: string) => ({ number, kind: 'mobile' as const })
const fixed = (number: string) => ({ number, kind: 'fixed' as const })

const texts: readonly { readonly what: string; readonly text: string; readonly card: Partial<Card> }[] = [
  {
    what: 'a Chinese business card',
    text: '华兴机械制造有限公司\n王芳  采购经理\n手机：138 0013 8000\n电话：0571-8888 0001  传真：0571-8888 0002\n邮箱：wang.fang@huaxing.example\n地址：浙江省杭州市西湖区文三路 123 号 5 楼 310012\n网址：www.huaxing.example',
    card: {
      ...{ company: '华兴机械制造有限公司', name: '王芳', title: '采购经理' },
      phones: [mobile('138 0013 8000'), fixed('0571-8888 0001')],
      ...{ emails: ['wang.fang@huaxing.example'], urls: ['https://www.huaxing.example'] },
      address: {
        ...{ province: '浙江省', city: '杭州市', district: '西湖区' },
        ...{ street: '文三路 123 号 5 楼', postcode: '310012' },
      },
    },
  },
  {
    what: 'an English mail signature',
    text: 'Best regards\nMarcus Gresham\nHead of Procurement | Aldermere Electronics Ltd\nT: +44 20 7946 0142  M: +44 7700 900123\nmarcus.gresham@aldermere.example\nhttps://aldermere.example',
    card: {
      ...{ name: 'Marcus Gresham', title: 'Head of Procurement', company: 'Aldermere Electronics Ltd' },
      phones: [fixed('+44 20 7946 0142'), mobile('+44 7700 900123')],
      ...{ emails: ['marcus.gresham@aldermere.example'], urls: ['https://aldermere.example'] },
    },
  },
  {
    what: 'a message',
    text: '你好，我是李明，上海锐诚软件有限公司，电话13912345678，地址上海市浦东新区张江路88号',
    card: {
      ...{ name: '李明', company: '上海锐诚软件有限公司', phones: [mobile('13912345678')] },
      address: { province: '上海市', city: '上海市', district: '浦东新区', street: '张江路88号' },
    },
  },
  {
    what: 'an address of delivery in two lines',
    text: '收货人: 张三\n手机号码: 13800138000\n所在地区: 广东省深圳市南山区\n详细地址: 科技园南路 1 号',
    card: {
      ...{ name: '张三', phones: [mobile('13800138000')] },
      address: { province: '广东省', city: '深圳市', district: '南山区', street: '科技园南路 1 号' },
    },
  },
  {
    what: 'a name with its title and an account',
    text: '陈立，销售总监，微信：chenli88',
    card: { name: '陈立', title: '销售总监', wechat: 'chenli88' },
  },
  {
    what: 'an amount as what it is not',
    text: '合同金额 128000 元',
    card: { rest: ['合同金额', '128000', '元'] },
  },
  { what: 'nothing', text: 'hello', card: {} },
]

describe('a text about somebody', () => {
  for (const { what, text, card } of texts)
    it(`is read: ${what}`, () => {
      expect(readCard(text)).to.deep.equal({ ...NOTHING, ...card })
    })

  const addresses = [
    {
      text: '内蒙古自治区呼和浩特市赛罕区大学东路1号',
      parts: ['内蒙古自治区', '呼和浩特市', '赛罕区', '大学东路1号'],
    },
    {
      text: '湖南省湘西土家族苗族自治州凤凰县虹桥路',
      parts: ['湖南省', '湘西土家族苗族自治州', '凤凰县', '虹桥路'],
    },
    { text: '苏州市工业园区星湖街 328 号', parts: [undefined, '苏州市', '工业园区', '星湖街 328 号'] },
    { text: '北京朝阳区建国路 93 号', parts: ['北京市', '北京市', '朝阳区', '建国路 93 号'] },
  ]
  for (const { text, parts } of addresses)
    it(`holds an address: ${text}`, () => {
      const { province, city, district, street } = readChineseAddress(text) ?? {}
      expect([province, city, district, street]).to.deep.equal(parts)
    })

  for (const text of ['明天下午三点', '上海锐诚软件有限公司', '王芳'])
    it(`holds no address: ${text}`, () => {
      expect(readChineseAddress(text)).to.equal(undefined)
    })
})

describe('the fields that a text fills', () => {
  const field = (name: string, type: string, label = name) => ({ name, type, label, writable: true })
  const entity = (fields: readonly object[]) => ({ name: 'x', title: 'name', fields }) as unknown as Entity
  const card = readCard(texts[0]!.text)
  const values = (of: Entity, known = of.fields.map(({ name }) => name)) =>
    Object.fromEntries(
      fitCard(of, new Set(known), card).map((fitting) => [fitting.field.name, fitting.value]),
    )
  const reach = [
    field('phone', 'phone', '电话'),
    field('mail', 'email'),
    field('site', 'url'),
    field('place', 'address'),
  ]

  it('are the company’s where a record is one', () => {
    const account = entity([field('name', 'text', '名称'), ...reach])
    expect(values(account)).to.deep.include({ name: '华兴机械制造有限公司', phone: '138 0013 8000' })
    expect(unfitted(card, fitCard(account, new Set(['name']), card))).to.deep.equal([
      ...['王芳', '采购经理', '138 0013 8000', '0571-8888 0001'],
      ...['wang.fang@huaxing.example', 'https://www.huaxing.example'],
    ])
  })

  it('are the person’s where there are fields for a job or a company', () => {
    const lead = entity([
      ...[
        field('name', 'text', '姓名'),
        field('company', 'text', '公司'),
        field('job_title', 'text', '职务'),
      ],
      ...[field('landline', 'phone', '座机'), field('mobile', 'phone', '手机')],
    ])
    expect(values(lead)).to.deep.equal({
      ...{ name: '王芳', company: '华兴机械制造有限公司', job_title: '采购经理' },
      ...{ landline: '0571-8888 0001', mobile: '138 0013 8000' },
    })
  })

  it('are only those that the form asks for', () => {
    expect(values(entity([field('name', 'text'), ...reach]), ['mail'])).to.deep.equal({
      mail: 'wang.fang@huaxing.example',
    })
  })
})
