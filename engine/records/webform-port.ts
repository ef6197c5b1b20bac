import type { Registry } from '../registry/registry.ts'
import type { RequestContext } from './context.ts'

/** Web forms for those who stand beside them: scenarios send them as a visitor does. */
export interface WebformPort {
  /**
   * Takes answers with consent, past ticket and limits, which are the page's. The context gives place and time.
   * @returns the record that came of them
   * @throws AppError as a visitor is refused
   */
  submit(
    context: RequestContext,
    form: string,
    answers: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly entity: string; readonly id: string }>
}

const PORT = 'webforms'

/** app.ts fills it. */
export function setWebforms(registry: Registry, port: WebformPort): void {
  registry.ports.set(PORT, port)
}

export function webformsOf(registry: Registry): WebformPort {
  const port = registry.ports.get(PORT) as WebformPort | undefined
  if (port === undefined) throw new Error('the port of web forms is not filled; app.ts does it')
  return port
}
