import { nearest } from '../../metadata/nearest.ts'
import { AppError, didYouMean, type Problem, problem, refuse } from '../errors.ts'

/** Query parameters by name; each at most once. */
export type QueryParameters = Readonly<Record<string, string>>

const NONE: QueryParameters = Object.freeze({})

/**
 * Reads the query part of an address. Unknown parameters are refused with the nearest right name: a misspelt
 * filter must not answer everything.
 * @param query what stands after `?`, '' for none
 * @param allowed the names that this call knows; absent where a deeper layer checks them
 * @throws AppError HTTP_PARAMETER_UNKNOWN, HTTP_PARAMETER_TWICE, HTTP_ADDRESS_INVALID; all at once
 */
export function parseParameters(query: string, allowed?: readonly string[]): QueryParameters {
  if (query === '') return NONE
  const values: Record<string, string> = Object.create(null)
  const problems: Problem[] = []
  for (const pair of query.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decode(equals === -1 ? pair : pair.slice(0, equals))
    const fault = faultOfName(name, allowed, values)
    if (fault === undefined) values[name] = equals === -1 ? '' : decode(pair.slice(equals + 1))
    else problems.push(fault)
  }
  if (problems.length > 0) throw new AppError(problems)
  return values
}

function faultOfName(
  name: string,
  allowed: readonly string[] | undefined,
  values: QueryParameters,
): Problem | undefined {
  if (allowed?.includes(name) === false) {
    const hint = didYouMean(nearest(name, allowed))
    return problem('HTTP_PARAMETER_UNKNOWN', `/${name}`, { params: { name }, hint })
  }
  return name in values ? problem('HTTP_PARAMETER_TWICE', `/${name}`, { params: { name } }) : undefined
}

function decode(written: string): string {
  if (!written.includes('%') && !written.includes('+')) return written
  return decodePart(written.replaceAll('+', ' '))
}

/**
 * Refuses parameters that a call does not know, of those already taken apart.
 * @throws AppError HTTP_PARAMETER_UNKNOWN, all at once
 */
export function parseNamed(parameters: QueryParameters, allowed: readonly string[]): QueryParameters {
  const problems = Object.keys(parameters).flatMap((name) => faultOfName(name, allowed, NONE) ?? [])
  if (problems.length > 0) throw new AppError(problems)
  return parameters
}

/**
 * A percent-encoded part of an address as text.
 * @throws AppError HTTP_ADDRESS_INVALID where the bytes are no UTF-8
 */
export function decodePart(written: string): string {
  if (!written.includes('%')) return written
  try {
    return decodeURIComponent(written)
  } catch {
    throw refuse('HTTP_ADDRESS_INVALID')
  }
}

/**
 * A parameter that is on or off: `1`, `true`, `0`, `false`; absent is off.
 * @throws AppError HTTP_PARAMETER_INVALID
 */
export function parseFlag(written: string | undefined, name: string): boolean {
  if (written === undefined || written === '0' || written === 'false') return false
  if (written === '1' || written === 'true') return true
  throw refuse('HTTP_PARAMETER_INVALID', `/${name}`, { params: { name } })
}
