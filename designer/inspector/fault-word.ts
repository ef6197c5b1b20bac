import type { TFunction } from 'i18next'
import { isObject } from '../store/json-value.ts'

/** What is told of a call that fails, and what goes for all of them. */
const KNOWN = ['any', 'CALL_REFUSED', 'CALL_TIMED_OUT', 'CALL_UNREACHABLE', 'CALL_FAILED'] as const
type Known = (typeof KNOWN)[number]

const isKnown = (code: string): code is Known => (KNOWN as readonly string[]).includes(code)

/** What a way for a step that fails is called: when it is gone. Codes of the other side stand as it writes them. */
export const faultWord = (t: TFunction, code: string): string =>
  isKnown(code) ? t(`steps.fault.${code}`) : t('steps.fault.own', { code })

/** The ways that a step may have and has not yet. */
export function faultsToAdd(step: unknown): readonly string[] {
  const there = isObject(step) && isObject(step.onError) ? Object.keys(step.onError) : []
  const all: readonly string[] = isObject(step) && step.do === 'call' ? KNOWN : ['any']
  return all.filter((code) => !there.includes(code))
}

/**
 * The code that the engine makes of what the other side writes: `signer.unknown` is SIGNER_UNKNOWN; undefined where it makes
 * none of it.
 */
export function faultCode(written: string): string | undefined {
  const code = written
    .trim()
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase()
  return /^[A-Z][A-Z0-9_]{2,79}$/.test(code) ? code : undefined
}
