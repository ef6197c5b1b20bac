import { expect } from 'chai'
import { translateError } from '../../../engine/db/trouble.ts'
import { type AppError, refuse } from '../../../engine/errors.ts'

function fault(code: string | undefined, message = 'x'): Error {
  return Object.assign(new Error(message), { code })
}

describe('an error of the database', () => {
  const away = [
    fault('ECONNREFUSED'),
    fault('ENOENT'),
    fault('57P01'),
    fault('57P03'),
    fault('08006'),
    fault('53300'),
    fault('53100'),
    fault('25006'),
    Object.assign(fault('55000'), { routine: 'CheckMyDatabase' }),
    fault(undefined, 'Connection terminated unexpectedly'),
    fault(undefined, 'timeout exceeded when trying to connect'),
    Object.assign(new AggregateError([fault('ECONNREFUSED'), fault('EACCES')]), { code: 'EX' }),
  ]
  for (const error of away) {
    it(`${error instanceof AggregateError ? 'of several addresses' : (Reflect.get(error, 'code') ?? error.message)} means that it is away`, () => {
      const found = translateError(error) as AppError
      expect({ code: found.code, retry: found.retryAfterSeconds, cause: found.cause }).to.deep.equal({
        code: 'HTTP_UNAVAILABLE',
        retry: 2,
        cause: error,
      })
    })
  }

  it('of a statement out of time means that it was too costly', () => {
    const found = translateError(fault('57014', 'canceling statement due to statement timeout')) as AppError
    expect(found.code).to.equal('QUERY_TOO_COSTLY')
  })

  const untouched = [
    fault('23505'),
    fault('57014', 'canceling statement due to user request'),
    refuse('RECORD_NOT_FOUND'),
    fault('55P03'),
    fault('55000'),
  ]
  for (const error of untouched) {
    it(`${Reflect.get(error, 'code')} stays as it is`, () => expect(translateError(error)).to.equal(error))
  }
})
