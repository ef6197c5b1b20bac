import { expect } from 'chai'
import { AppError } from '../../../engine/errors.ts'
import { parseParameters } from '../../../engine/http/parameters.ts'

const problemsOf = (query: string, allowed?: string[]) => {
  try {
    parseParameters(query, allowed)
    return []
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.problems.map(({ code, path, hint }) => ({ code, path, hint: hint?.en }))
  }
}

describe('parseParameters', () => {
  const cases = [
    { query: '', value: {} },
    { query: 'limit=5&sort=-name', value: { limit: '5', sort: '-name' } },
    { query: 'sort=a+b%2Bc', value: { sort: 'a b+c' } },
    { query: 'sort=%E5%95%86%E6%9C%BA', value: { sort: '商机' } },
    { query: '&&limit=&', value: { limit: '' } },
    { query: 'limit', value: { limit: '' } },
    { query: 'limit=a=b', value: { limit: 'a=b' } },
  ]
  for (const { query, value } of cases) {
    it(`reads ${query || 'nothing'}`, () =>
      expect({ ...parseParameters(query, ['limit', 'sort']) }).to.deep.equal(value))
  }

  it('refuses unknown and repeated parameters, all at once, with the nearest right name', () => {
    expect(problemsOf('limt=1&sort=a&sort=b', ['limit', 'sort'])).to.deep.equal([
      { code: 'HTTP_PARAMETER_UNKNOWN', path: '/limt', hint: 'Did you mean “limit”?' },
      { code: 'HTTP_PARAMETER_TWICE', path: '/sort', hint: undefined },
    ])
  })

  it('refuses a broken percent-encoding', () => {
    expect(problemsOf('sort=%E5%95', ['sort'])).to.deep.equal([
      { code: 'HTTP_ADDRESS_INVALID', path: '', hint: undefined },
    ])
  })

  it('takes __proto__ and constructor as plain names', () => {
    expect(problemsOf('__proto__=1&constructor=2')).to.deep.equal([])
    expect(Object.keys(parseParameters('__proto__=1&constructor=2'))).to.deep.equal([
      '__proto__',
      'constructor',
    ])
  })
})
