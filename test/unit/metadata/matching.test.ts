import { expect } from 'chai'
import { companyKey } from '../../../metadata/matching/company.ts'
import { type Comparing, keysOf, likenessOf } from '../../../metadata/matching/keys.ts'
import { NORMAL_FORMS } from '../../../metadata/matching/likeness.ts'
import { phoneKey } from '../../../metadata/matching/phone.ts'
import { scoreOf } from '../../../metadata/matching/score.ts'

/** Enough of pinyin for these names. */
const SOUNDS: Readonly<Record<string, string>> = { 兴: 'xing', 星: 'xing', 华: 'hua', 机: 'ji', 械: 'xie' }
const soundOf = (character: string) => SOUNDS[character]

describe('the normal form of a phone number', () => {
  const same = [
    '13800138000',
    '+86 138 0013 8000',
    '＋８６ １３８００１３８０００',
    '0086 138-0013-8000',
    '8613800138000',
    '138 0013 8000 转 801',
    '13800138000/13900139000',
  ]
  for (const text of same) {
    it(`of ${text} is +8613800138000`, () => expect(phoneKey(text)).to.equal('+8613800138000'))
  }
  const others = [
    { text: '(010) 6552 9988', key: '+861065529988' },
    { text: '010-65529988', key: '+861065529988' },
    { text: '+1 (415) 555-2671 ext. 12', key: '+14155552671' },
    { text: '110', key: undefined },
    { text: '00000000', key: undefined },
    { text: '1380013800', key: '+861380013800' },
  ]
  for (const { text, key } of others) {
    it(`of ${text} is ${key ?? 'none'}`, () => expect(phoneKey(text)).to.equal(key))
  }
})

describe('the normal form of a company', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    [
      '华兴机械',
      [
        '北京华兴机械有限公司',
        '华兴机械（北京）股份有限公司',
        '华兴机械(中国)有限责任公司',
        '【深圳】华兴机械',
        '广东省深圳市华兴机械有限公司',
        ' 华 兴 机 械 ',
      ],
    ],
    [
      'huaxingmachinery',
      [
        'Huaxing Machinery Co., Ltd.',
        'HUAXING MACHINERY INC',
        'Ｈｕａｘｉｎｇ Machinery (Shanghai) Company Limited',
        'Shanghai Huaxing Machinery Corp.',
        'The Huaxing Machinery L.L.C.',
      ],
    ],
    ['muller', ['Müller GmbH', 'Muller AG']],
    ['上海银行', ['上海银行股份有限公司']],
    ['南京大学', ['南京大学']],
    ['阿里巴巴', ['阿里巴巴（中国）有限公司']],
    ['有限公司', ['有限公司']],
    ['华为上海分公司', ['华为上海分公司']],
  ]
  for (const [key, texts] of cases) {
    for (const text of texts) it(`of ${text} is ${key}`, () => expect(companyKey(text)).to.equal(key))
  }
  it('is none where there is no letter', () => expect(companyKey('——')).to.equal(undefined))
})

describe('the normal form', () => {
  const cases = [
    { as: 'email', text: ' LI.Wei@QQ.com ', key: 'li.wei@qq.com' },
    { as: 'email', text: 'none', key: undefined },
    { as: 'credit_code', text: '9111 0108-ma01abcd2x', key: '91110108MA01ABCD2X' },
    { as: 'credit_code', text: '无', key: undefined },
    { as: 'credit_code', text: '12345', key: undefined },
    { as: 'person', text: 'Wang, Lily', key: 'lilywang' },
    { as: 'person', text: 'Ms. Lily Wang', key: 'lilywang' },
    { as: 'person', text: '王丽女士', key: '王丽' },
    { as: 'person', text: '女士', key: '女士' },
    { as: 'text', text: 'Ａ-1 / b', key: 'a1b' },
    { as: 'text', text: '…', key: undefined },
  ] as const
  for (const { as, text, key } of cases) {
    it(`of “${text}” as ${as} is ${key ?? 'none'}`, () => expect(NORMAL_FORMS[as](text)).to.equal(key))
  }
})

describe('the likeness of two names', () => {
  const scores = [
    ['华兴机械', '华兴机械', 1],
    ['华兴机械', '华星机械', 0.875],
    ['华兴机械', '华大机械', 0.75],
    ['华兴机械', '华机兴械', 0.75],
    ['acme', 'acmes', 0.8],
    ['', 'a', 0],
  ] as const
  for (const [one, other, score] of scores) {
    it(`is ${score} of ${one || 'nothing'} and ${other}, either way`, () => {
      expect([scoreOf(one, other, soundOf), scoreOf(other, one, soundOf)]).to.deep.equal([score, score])
    })
  }

  const company: Comparing = { as: 'company', similar: 0.85 }
  const pairs = [
    { one: '北京华兴机械有限公司', other: '华星机械', is: 0.875 },
    { one: 'Acme Trading Ltd', other: 'Acme Tradinng Inc', is: 11 / 12 },
    { one: 'Plant 1', other: 'Plant 2', is: undefined },
    { one: '第一中学', other: '第二中学', is: undefined },
    { one: '华兴机械', other: '宏大机械', is: undefined },
  ]
  for (const { one, other, is } of pairs) {
    it(`counts ${one} and ${other} ${is === undefined ? 'for two' : 'for one'}, and they share a key then`, () => {
      expect(likenessOf(company, one, other, soundOf)).to.equal(is)
      const keys = new Set(keysOf(company, one, soundOf))
      const shared = keysOf(company, other, soundOf).some((key) => keys.has(key))
      if (is !== undefined) expect(shared).to.equal(true)
    })
  }

  it('finds every slip of one character by a key', () => {
    const name = 'huaxingmachinery'
    const keys = new Set(keysOf(company, name, soundOf))
    const slips = [...name].flatMap((_, at) => [
      `${name.slice(0, at)}${name.slice(at + 1)}`,
      `${name.slice(0, at)}q${name.slice(at)}`,
      `${name.slice(0, at)}q${name.slice(at + 1)}`,
      `${name.slice(0, at)}${name[at + 1] ?? ''}${name[at]}${name.slice(at + 2)}`,
    ])
    const missed = slips.filter((slip) => !keysOf(company, slip, soundOf).some((key) => keys.has(key)))
    expect(missed).to.deep.equal([])
  })

  it('finds a name with another word, and several characters that sound the same', () => {
    const share = (one: string, other: string) => {
      const keys = new Set(keysOf(company, one, soundOf))
      return keysOf(company, other, soundOf).some((key) => keys.has(key))
    }
    expect(share('Great Wall Industries', 'Great Wall Industry')).to.equal(true)
    expect(share('华兴华兴机械', '华星华星机械')).to.equal(true)
    expect(share('华兴机械', '宏大电子')).to.equal(false)
  })
})
