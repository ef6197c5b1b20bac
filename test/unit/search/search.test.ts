import { expect } from 'chai'
import fc from 'fast-check'
import { createSearch } from '../../../engine/search/tokens.ts'

const search = createSearch()

/** Whether a record with these texts answers the question, as the record layer decides it by tokens alone. */
function finds(question: string, ...texts: string[]): boolean {
  const tokens = new Set(search.tokensOf(texts))
  const words = search.questionOf(question)
  const isPresent = (set: readonly string[]) => set.every((token) => tokens.has(token))
  return words.length > 0 && words.every((word) => word.alternatives.some((one) => isPresent(one.tokens)))
}

const cases: readonly { text: string; by: readonly string[]; notBy?: readonly string[] }[] = [
  {
    text: '苏州华兴机械有限公司',
    by: [
      '华',
      '兴机',
      '华兴机械',
      '机械 苏州',
      '公司',
      'huaxing',
      'huax',
      'hua',
      'hu',
      'h',
      'hx',
      'hxjx',
      'xingji',
      'HuaXing',
    ],
    notBy: ['兴械', '华为', 'huawei', 'xh', 'bx', '上海'],
  },
  { text: '重庆银行', by: ['chongqing', 'cqyh', 'yinhang', '庆银'], notBy: ['zhongqing'] },
  { text: '单小雨', by: ['shan', 'sxy', 'danxiaoyu', 'dxy'], notBy: ['sx y z'] },
  { text: '吕女士', by: ['lv', 'lvnv', 'lunu', 'lns'] },
  {
    text: '0512-6281 7730',
    by: ['62817730', '7730', '0512', '051262817730', '6281 7730', '0512-6281', '628', '773', '05'],
    notBy: ['6282', '7731', '999'],
  },
  {
    text: '+86 138 0013 8000',
    by: ['13800138000', '138-0013-8000', '8613800138000', '1380'],
    notBy: ['13900138000'],
  },
  { text: '（0512）６２８１７７３０', by: ['62817730', '0512-6281'] },
  {
    text: 'Acme Holdings Ltd',
    by: ['acme', 'ACME', 'cme', 'hold', 'ac', 'l', 'ltd acme', 'oldi'],
    notBy: ['acne', 'me', 'acmes'],
  },
  { text: 'Café Zürich', by: ['cafe', 'café', 'CAFÉ', 'zurich', 'zürich', 'ca'], notBy: ['caffe'] },
  { text: 'cafe', by: ['café', 'Cafe'] },
  { text: 'Cafe\u0301', by: ['café', 'cafe'] },
  { text: 'O’Brien & Söhne', by: ['obrien', "O'Brien", 'brien', 'sohne'] },
  { text: 'ＡＢＣ貿易', by: ['abc', 'ABC', '貿易', 'maoyi'] },
  {
    text: 'lily.wang@example.com',
    by: ['lily', 'wang', 'lily.wang@example.com', 'example.com', 'wang@example'],
  },
  { text: 'https://www.acme.cn/about', by: ['acme', 'acme.cn', 'www.acme.cn', 'https://www.acme.cn/about'] },
  { text: 'Model AB-1234-X', by: ['ab', '1234', 'AB-1234-X', '123'] },
  { text: 'Привет Мир', by: ['привет', 'МИР', 'вет'] },
  { text: 'ガス会社', by: ['ガス', '会社', 'ｶﾞｽ'], notBy: ['カス'] },
  { text: '한국전력', by: ['한국', '전력', '국전'] },
  { text: '𠮷野家', by: ['𠮷', '𠮷野', '野家'] },
  { text: '😀 party', by: ['😀', 'party'] },
  { text: 'contract of 2026 for 300', by: ['2026 300', '2026', '300'] },
]

describe('search', () => {
  for (const { text, by, notBy = [] } of cases) {
    for (const question of by)
      it(`finds ${text} by ${question}`, () => expect(finds(question, text)).to.equal(true))
    for (const question of notBy) {
      it(`does not find ${text} by ${question}`, () => expect(finds(question, text)).to.equal(false))
    }
  }

  it('finds words across several texts of a record', () => {
    expect(finds('acme 华兴 7730', 'Acme', '华兴', '0512-6281 7730')).to.equal(true)
  })

  for (const question of ['', '   ', '%', '_%', '\u0000', '\ud800', '---', '!?', '"\'']) {
    it(`has nothing to look for in ${JSON.stringify(question)}`, () => {
      expect(search.questionOf(question)).to.deep.equal([])
    })
  }

  it('asks for a comparison with the text only where strangers may have the tokens', () => {
    const rechecks = ['acme', 'acm', 'ac', '华兴机', '华兴', '华', '7730', 'привет'].map((question) => [
      question,
      search.questionOf(question)[0]?.alternatives.some((one) => one.recheck),
    ])
    expect(rechecks).to.deep.equal([
      ['acme', true],
      ['acm', false],
      ['ac', false],
      ['华兴机', true],
      ['华兴', false],
      ['华', false],
      ['7730', false],
      ['привет', false], // lower() of a column in collation "C" would not fold it
    ])
  })

  it('keeps records to 300 tokens, short texts first, and questions to 20 words', () => {
    const prose = Array.from({ length: 500 }, (_, index) =>
      (index * 7919 + 46656).toString(36).repeat(2),
    ).join(' ')
    const tokens = search.tokensOf([prose, '华兴机械'])
    expect(tokens).to.have.length(300)
    expect(tokens).to.include('华兴')
    expect(search.questionOf(prose)).to.have.length(20)
  })

  it('reads a text of any length in bounded time', () => {
    for (const part of ['a', '华', '1 ', 'a1', '́', '\ud83d']) {
      expect(search.tokensOf([part.repeat(1_000_000)]).length).to.be.at.most(300)
      expect(search.questionOf(part.repeat(1_000_000)).length).to.be.at.most(20)
    }
  })

  it('gives distinct, storable tokens for any text, the same each time', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 4 }), (texts) => {
        const tokens = search.tokensOf(texts)
        expect(new Set(tokens).size).to.equal(tokens.length)
        expect(
          tokens.every((token) => token !== '' && !/\p{Surrogate}/u.test(token) && !token.includes('\u0000')),
        ).to.equal(true)
        expect(search.tokensOf(texts)).to.deep.equal(tokens)
      }),
      { seed: 12, numRuns: 300 },
    )
  })

  it('finds every short text by itself where it can be looked for at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        if (search.questionOf(text).length > 0) expect(finds(text, text)).to.equal(true)
      }),
      { seed: 12, numRuns: 500 },
    )
  })
})
