import type { EmbeddedDatabase } from '../../engine/db/embedded/embedded.ts'
import { SHARED_SERVER, startTestServer } from './postgres.ts'

let server: EmbeddedDatabase | undefined

/** Called by the runner before test files run side by side: they clone their databases from one server's templates. */
export async function mochaGlobalSetup(): Promise<void> {
  server = await startTestServer()
  process.env[SHARED_SERVER] = server.url
}

export async function mochaGlobalTeardown(): Promise<void> {
  await server?.stop()
}
