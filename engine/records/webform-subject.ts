import type { RequestContext } from './context.ts'

const WEBFORM = 'webform/'

/** Which form a write came by, as its audit row tells it. Plans are kept by role, and a form has one of its own. */
export function subjectOf({ actor }: Pick<RequestContext, 'actor'>): { readonly subject?: string } {
  return actor.kind === 'webform' ? { subject: WEBFORM + actor.name } : {}
}

/** The name of the form in an audit row's subject, as it was then. */
export function webformIn(subject: string | null): string | undefined {
  return subject?.startsWith(WEBFORM) === true ? subject.slice(WEBFORM.length) : undefined
}
